"""A prompt in piece numbers: what stands before, between and after its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Pieces
    from extractors.harvest.probe.vocabulary import Vocabulary
    from extractors.harvest.prompt import Prompt

__all__ = ["Template", "compiled"]

_ANCHOR = "a"


@dataclass(frozen=True, slots=True)
class Template:
    """`parts` are the pieces before, between and after the slots of `order`."""

    parts: tuple[Pieces, ...]
    order: tuple[int, ...]

    def splice(self, contents: Mapping[int, Sequence[int]]) -> tuple[list[int], dict[int, int]]:
        """Return all pieces with each slot's contents in place, and where each slot begins.

        Stops before the first slot that has no contents.
        """
        ids = list(self.parts[0])
        begins: dict[int, int] = {}
        for slot, part in zip(self.order, self.parts[1:], strict=True):
            begins[slot] = len(ids)
            if slot not in contents:
                break
            ids += contents[slot]
            ids += part
        return ids, begins


def compiled(
    vocabulary: Vocabulary, prompt: Prompt, *, special: bool, lead: Pieces = ()
) -> Template:
    """Return the prompt's template; `special` adds the tokenizer's own marks at both ends, `lead`
    stands before everything.

    A slot is always read as a new word: at the beginning of the sentence and after a sign such as
    an opening bracket as well, so that an entity has the same pieces in every prompt. Raises
    `InputError` when the tokenizer does not keep a slot apart from the words beside it.
    """
    text, spans = "", []
    if vocabulary.marker and not prompt.parts[0]:
        text = " "
    for place, part in enumerate(prompt.parts):
        text += part
        if place < prompt.arity:
            spans.append((len(text), len(text) + len(_ANCHOR)))
            text += _ANCHOR
    read = vocabulary.tokenizer.encode(text, add_special_tokens=special)
    parts: list[list[int]] = [list(lead)]
    begins = {begin for begin, _ in spans}
    inside = -1
    offsets = zip(read.ids, read.offsets, read.special_tokens_mask, strict=True)
    for number, (start, end), mark in offsets:
        slot = _slot_at(spans, start, end) if not mark else -1
        if slot < 0 and not mark and end in begins and not text[start:end].strip():
            continue  # the space before a slot, which its entity brings with it
        if slot < 0:
            parts[-1].append(number)
        elif text[start:end].strip() != _ANCHOR:
            raise InputError(
                f"the tokenizer joins slot {prompt.order[slot]} of {prompt.text!r} with the words "
                "beside it; put spaces around the slot"
            )
        elif slot != inside:
            parts.append([])
            inside = slot
    if len(parts) != prompt.arity + 1:
        raise InputError(f"the tokenizer loses a slot of {prompt.text!r}; word it otherwise")
    return Template(tuple(map(tuple, parts)), prompt.order)


def _slot_at(spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
    for place, (begin, stop) in enumerate(spans):
        if start < stop and end > begin:
            return place
    return -1
