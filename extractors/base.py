"""The contract of whatever turns a document into mentions and facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kgkit.facts import Chunk, Document, Fact, Mention

if TYPE_CHECKING:
    from kgkit.models.lm import CallCache, Estimate

__all__ = ["Calling", "Extraction", "Extractor", "Rereader"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: where it names things, and the facts it states, denies or hedges.

    `notes` are what a `Rereader` wants back when the document has changed: they are kept with
    the document and erased with it. `rejected` holds the reason, in a word or two to count by,
    of each row that the extractor was given and did not believe.
    """

    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: str = ""
    rejected: tuple[str, ...] = ()


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


@runtime_checkable
class Rereader(Extractor, Protocol):
    """An extractor that need not read all of a changed document again."""

    def extract_again(self, document: Document, chunks: Sequence[Chunk], notes: str) -> Extraction:
        """Return exactly what `extract` returns; `notes` are those of an earlier version."""


@runtime_checkable
class Calling(Extractor, Protocol):
    """An extractor that asks a language model."""

    def keep_calls(self, calls: CallCache) -> None:
        """Look for replies here from now on, and keep them here."""

    def estimate(self, documents: Iterable[Document], *, sample: int = 0) -> Estimate:
        """Return what reading these documents would use; `sample` chunks are asked for it."""
