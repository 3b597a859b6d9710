"""What an importer yields on its way into the ledger: in batches, counted, the unusable refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.imports.base import Imported, ImportedDecision, ImportedDocument, RefusedRow
from kgkit.errors import InputError
from kgkit.evidence import Evidence, ImportEvidence, TextEvidence
from kgkit.facts import Entity, Fact
from kgkit.ids import check_id
from kgkit.importing_report import ImportStatus
from stores.ledger.imports import EXTRACTOR, SOURCE

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["Recorder"]

#: Facts that are recorded in one transaction.
_BATCH = 5000
#: Refused rows that a report shows in full, for each source.
_SHOWN = 20


@dataclass(slots=True)
class Recorder:
    """Puts what an importer yields into the ledger, and counts."""

    ledger: Ledger
    name: str = "table"
    path: Path | None = None
    format: str = "table"
    told: Callable[[int], None] | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    documents: int = 0
    taken: int = 0
    refused: int = 0
    refusals: list[str] = field(default_factory=list)
    _batch: list[Fact] = field(default_factory=list)
    _run_id: str = ""
    _texts: dict[str, bool] = field(default_factory=dict)

    def record(self, items: Iterable[Imported]) -> None:
        """Record all of it; what came before an error is kept."""
        try:
            self._take_all(items)
        finally:
            self._flush()

    def status(self, path: str, facts: int, error: str | None = None) -> ImportStatus:
        """Return what became of the source, which added so many facts."""
        if error is None and self.refused and not self.documents and not self.taken:
            error = f"{path} has no row that could be used; see the refused rows"
        counts = (self.documents, facts, self.refused, tuple(self.refusals))
        return ImportStatus(path, self.format, "failed" if error else "imported", *counts, error)

    def _take_all(self, items: Iterable[Imported]) -> None:
        for item in items:
            match item:
                case Fact():
                    self._take(item)
                case ImportedDocument():
                    self._flush()
                    self._add_document(item)
                case ImportedDecision():
                    self._flush()
                    self._decide(item)
                case RefusedRow():
                    self._refuse(item)

    def _take(self, fact: Fact) -> None:
        try:
            _check_ids(fact)
        except InputError as error:
            self._refuse(RefusedRow(self.name, _row_of(fact), str(error)))
            return
        self._batch.append(self._grounded(fact))
        if len(self._batch) >= _BATCH:
            self._flush()

    def _refuse(self, row: RefusedRow) -> None:
        self.refused += 1
        if len(self.refusals) < _SHOWN:
            self.refusals.append(str(row))

    def _decide(self, item: ImportedDecision) -> None:
        try:
            _make(self.ledger, item)
        except InputError as error:
            self._refuse(RefusedRow(self.name, item.row, str(error)))

    def _grounded(self, fact: Fact) -> Fact:
        """Return the fact, resting on the source itself where its text is not in the ledger."""
        evidence = tuple(map(self._standing, fact.evidence))
        return fact if evidence == fact.evidence else fact.with_evidence(*dict.fromkeys(evidence))

    def _standing(self, piece: Evidence) -> Evidence:
        if not isinstance(piece, TextEvidence) or self._is_there(piece.document_id):
            return piece
        place = f"text {piece.document_id} {piece.start}-{piece.end}"
        return ImportEvidence(self.name, place, piece.score)

    def _is_there(self, document_id: str) -> bool:
        if document_id not in self._texts:
            self._texts[document_id] = self.ledger.document(document_id) is not None
        return self._texts[document_id]

    def _run_of(self, item: ImportedDocument) -> str:
        if item.run is not None:
            run = item.run
            return self.ledger.add_run(run.extractor, run.version, run.parameters, run.seed)
        if not self._run_id:
            # The content is part of the run: a source that says something new about an old text
            # replaces what it said before.
            options = repr(sorted(self.options.items()))
            setting = {SOURCE: self.name, "options": options, "content": _digest(self.path)}
            self._run_id = self.ledger.add_run(f"{EXTRACTOR}{self.format}", "1", setting, 0)
        return self._run_id

    def _add_document(self, item: ImportedDocument) -> None:
        found, run_id = item.found, self._run_of(item)
        self.ledger.add_document(item.document, item.chunks, found.mentions, found.facts, run_id)
        self._texts[item.document.id] = True
        self.documents += 1
        self._count(len(found.facts))

    def _flush(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self.ledger.add_facts(batch)
            self._count(len(batch))

    def _count(self, facts: int) -> None:
        self.taken += facts
        if self.told is not None:
            self.told(self.taken)


def _digest(path: Path | None) -> str:
    """Return the SHA-256 of a file, or of the files in a folder."""
    files = [path] if path is None or path.is_file() else sorted(path.iterdir())
    digest = hashlib.sha256()
    for file in files:
        if file is not None and file.is_file():
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def _make(ledger: Ledger, item: ImportedDecision) -> None:
    """Make a decision again. Raises `InputError` for one that cannot be made here."""
    by = {"who": item.who, "when": item.when}
    match item.kind, item.about:
        case "merge", (one, other):
            ledger.merge(one, other, **by)
        case "forbid", (one, other):
            ledger.forbid_merge(one, other, **by)
        case ("split" | "assert") as kind, about:
            ledger.repeat(kind, about, **by)
        case "reject", (fact_id,):
            ledger.reject_fact(fact_id, **by)
        case _:
            raise InputError(f"a decision to {item.kind} is not taken over; make it again")


def _check_ids(fact: Fact) -> None:
    """Raise `InputError` for an id that the ledger would refuse, with all that came with it."""
    for value in (fact.head, fact.tail, *(qualifier.value for qualifier in fact.qualifiers)):
        if isinstance(value, Entity):
            check_id(value.id)


def _row_of(fact: Fact) -> str:
    rows = (piece.row for piece in fact.evidence if isinstance(piece, ImportEvidence))
    return next(rows, "?")
