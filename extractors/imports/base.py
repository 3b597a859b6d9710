"""What an importer yields: facts, documents with what others found in them, and refused rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from extractors.base import Extraction
from kgkit.facts import Chunk, Document, Fact

__all__ = [
    "Imported",
    "ImportedDecision",
    "ImportedDocument",
    "ImportedRun",
    "Importer",
    "RefusedRow",
]


@dataclass(frozen=True, slots=True)
class ImportedRun:
    """The setting of the extractor that read a document, where the source knows it."""

    extractor: str
    version: str
    parameters: Mapping[str, object]
    seed: int


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A text that came along, cut into chunks, with the mentions and facts that rest on it.

    Without a `run` the import itself counts as what read it.
    """

    document: Document
    chunks: tuple[Chunk, ...]
    found: Extraction
    run: ImportedRun | None = None


@dataclass(frozen=True, slots=True)
class ImportedDecision:
    """A decision (`stores.ledger.decisions`) on what came before it; `row` says where it stands."""

    kind: str
    about: tuple[str, ...]
    who: str
    when: str
    row: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was passed over: where it stands and, in one sentence, why.

    >>> print(RefusedRow("films.csv", "3", "it has 2 cells, where the header has 3"))
    films.csv, row 3: it has 2 cells, where the header has 3
    """

    source: str
    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, row {self.row}: {self.reason}"


#: What an importer yields, in the order of its source.
Imported = Fact | ImportedDecision | ImportedDocument | RefusedRow

#: A function (path, **options) -> iterator of `Imported`, lazy and in bounded memory. Its keyword
#: parameters are the options that callers may give; it raises `ReadError` for a source that is
#: not what it should be, and `MissingExtra`.
Importer = Callable[..., Iterator[Imported]]
