"""Training and validation texts that share no document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.entigraph.text import Text
from kgkit.errors import InputError

__all__ = ["Split", "split_by_document"]


@dataclass(frozen=True, slots=True)
class Split:
    """Texts to learn from, texts to validate on, and those that rest on documents of both."""

    train: tuple[Text, ...]
    validation: tuple[Text, ...]
    mixed: tuple[Text, ...]


def split_by_document(texts: Iterable[Text], *, share: float = 0.1, seed: int = 0) -> Split:
    """Return the texts parted so that no document stands behind both sides.

    About `share` of the documents are for validation, chosen by the hash of their id; a text that
    rests on no document is parted by its own id. Raises `InputError` for a share outside [0, 1].

    >>> texts = [Text.of(f"text {i}", "x", documents=(f"d{i % 3}",)) for i in range(9)]
    >>> parted = split_by_document(texts, share=0.5)
    >>> {d for t in parted.train for d in t.documents} & {
    ...     d for t in parted.validation for d in t.documents}
    set()
    """
    if not 0.0 <= share <= 1.0:
        raise InputError(f"share={share} is no share; give one from 0 to 1")
    sides: dict[str, list[Text]] = {"train": [], "validation": [], "mixed": []}
    for text in texts:
        held = {_held(id, share, seed) for id in text.documents or (text.id,)}
        side = "mixed" if len(held) > 1 else ("validation" if held.pop() else "train")
        sides[side].append(text)
    return Split(tuple(sides["train"]), tuple(sides["validation"]), tuple(sides["mixed"]))


def _held(id: str, share: float, seed: int) -> bool:
    digest = hashlib.sha256(f"{seed}/{id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
