"""What others wrote, by where it came from: listing it, and taking it out again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from kgkit.evidence import ImportEvidence
from stores.ledger.removal import prune, remove_document
from stores.ledger.rows import dump
from stores.ledger.sql import ChangeLog
from stores.ledger.tables import AnchorRow, DocumentRow, EvidenceRow, RunRow

__all__ = ["EXTRACTOR", "SOURCE", "ImportRecord", "read_imports", "remove_import"]

#: What the name of the extractor of imported documents begins with.
EXTRACTOR = "import:"
#: The parameter of its runs that says which source they read.
SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """A source that was imported: how many documents came with it, and how many facts it states.

    >>> str(ImportRecord("facts.csv", documents=0, facts=12))
    'facts.csv: 0 documents, 12 facts'
    """

    source: str
    documents: int
    facts: int

    def __str__(self) -> str:
        return f"{self.source}: {self.documents} documents, {self.facts} facts"


def read_imports(connection: Connection) -> list[ImportRecord]:
    """Return the sources that live records come from, in order; a folder stands for its files."""
    runs = _runs(connection)
    documents: Counter[str] = Counter()
    for run_id, count in connection.execute(
        select(DocumentRow.run_id, func.count())
        .where(DocumentRow.run_id.in_(runs))
        .group_by(DocumentRow.run_id)
    ):
        documents[runs[run_id]] += count
    facts: dict[str, set[str]] = {source: set() for source in documents}
    query = select(EvidenceRow.payload, EvidenceRow.fact_id, DocumentRow.run_id)
    query = query.outerjoin(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
    imported = EvidenceRow.kind == ImportEvidence.kind
    for payload, fact_id, run_id in connection.execute(query.where(imported)):
        stated = json.loads(payload)[0]
        source = runs.get(run_id) or _folder(stated, documents)
        facts.setdefault(source, set()).add(fact_id)
    return [ImportRecord(name, documents[name], len(facts[name])) for name in sorted(facts)]


def remove_import(connection: Connection, log: ChangeLog, source: str) -> bool:
    """Take out what rests on a source alone, or on files of a folder; return if it was there."""
    runs = [run_id for run_id, name in _runs(connection).items() if _is_of(name, source)]
    documents = list(
        connection.scalars(
            select(DocumentRow.id).where(DocumentRow.run_id.in_(runs)).order_by(DocumentRow.id)
        )
    )
    for document_id in documents:
        remove_document(connection, log, document_id)
    of_source = (
        EvidenceRow.kind == ImportEvidence.kind,
        EvidenceRow.document_id.is_(None),
        or_(*map(_begins, _prefixes(source))),
    )
    facts = set(connection.scalars(select(EvidenceRow.fact_id).where(*of_source)))
    on = (AnchorRow.fact_id == EvidenceRow.fact_id) & (AnchorRow.evidence_id == EvidenceRow.id)
    anchored = select(AnchorRow.entity_key).join(EvidenceRow, on).where(*of_source)
    keys = set(connection.scalars(anchored))
    connection.execute(delete(EvidenceRow).where(*of_source))
    prune(connection, log, facts, keys)
    log.erased = log.erased or bool(facts)
    return bool(documents or facts)


def _runs(connection: Connection) -> dict[str, str]:
    """Return the source of each run of an import, by its id."""
    query = select(RunRow.id, RunRow.parameters).where(RunRow.extractor.startswith(EXTRACTOR))
    found = (
        (id, json.loads(parameters).get(SOURCE)) for id, parameters in connection.execute(query)
    )
    return {id: source for id, source in found if source}


def _folder(stated: str, folders: Counter[str]) -> str:
    """Return the folder, of those that were imported as one, that a file is in, or the file."""
    above = (parent.as_posix() for parent in PurePosixPath(stated).parents)
    return next((folder for folder in above if folder in folders), stated)


def _is_of(name: str, source: str) -> bool:
    folder = source.rstrip("/")
    return name == source or bool(folder and name.startswith(f"{folder}/"))


def _prefixes(source: str) -> list[str]:
    """Return what the evidence of a source, or of a file in a folder, begins with as JSON."""
    folder = source.rstrip("/")
    inside = [dump([f"{folder}/"]).removesuffix('"]')] if folder else []
    return [f"{dump([source]).removesuffix(']')},", *inside]


def _begins(prefix: str) -> ColumnElement[bool]:
    # Not LIKE, to which "%" and "_" are signs and, in SQLite, case is none.
    column: Any = EvidenceRow.payload
    return func.substr(column, 1, len(prefix)) == prefix
