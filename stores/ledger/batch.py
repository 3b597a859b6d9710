"""What a projection is told: the changes of a ledger, in order, as current values."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.facts import Chunk, Document, Entity, Fact, Mention

__all__ = ["Batch", "Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """The record `id` of `kind` (document, chunk, entity or fact) came, went or changed."""

    seq: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The current values of what changed up to sequence number `upto`.

    `mentions` are all those of `chunks`; `documents` holds every document of `chunks`, and
    `entities` every entity that `mentions` and `facts` name, changed or not; `gone` lists
    (kind, id) of what is no longer live, which a projection may never have seen. Each tuple is
    in order of id.
    """

    upto: int
    documents: tuple[Document, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
