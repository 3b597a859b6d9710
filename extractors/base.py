"""The contract of whatever turns a document into mentions and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kgkit.facts import Chunk, Document, Fact, Mention

__all__ = ["Extraction", "Extractor"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: where it names things, and the facts it states, denies or hedges."""

    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()


class Extractor(Protocol):
    """A part that reads a document; its result depends on that document alone, and several
    threads may ask at once.

    `name` and `version` are kept with every run, so that a graph says what built it and a
    rebuilt document is read again only when the extractor changed.
    """

    @property
    def name(self) -> str:
        """The name it is chosen by, "mini"."""

    @property
    def version(self) -> str:
        """What changes whenever its results may."""

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts; every span lies in one of the chunks."""
