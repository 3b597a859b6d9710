"""Which facts are left out of ranks: for validation the training and validation facts, for the
test all of them, so that no test fact ever takes part in choosing a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.known import KnownFacts

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Split", "known_facts", "split_of", "unseen"]

Split = Literal["valid", "test"]


def split_of(triples: Triples, split: Split) -> Tensor:
    """Return the triples [n, 3] of a split; raises `InputError` for one that there is not."""
    if split not in ("valid", "test"):
        raise InputError(f"no split is named {split!r}; give 'valid' or 'test'")
    return triples.valid if split == "valid" else triples.test


def known_facts(triples: Triples, split: Split) -> KnownFacts:
    """Return the facts to leave out when this split is ranked."""
    if split == "test":
        return triples.known(triples.train, triples.valid, triples.test)
    return triples.known(triples.train, triples.valid)


def unseen(triples: Triples, split: Split) -> Tensor:
    """Return a mask [n] of the split's triples with an entity that no training fact has."""
    return ~triples.seen[split_of(triples, split)[:, [0, 2]]].all(1)
