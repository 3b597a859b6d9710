"""Checking a ledger: that the database is whole, and that its records are what they claim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, exists, inspect, select, union

from kgkit.evidence import TextEvidence, evidence_id
from kgkit.facts import Document, Entity
from kgkit.ids import content_id
from stores.ledger.rows import document_value, evidence_value, fact_keys, fact_value
from stores.ledger.sql import PAGE
from stores.ledger.tables import (
    AnchorRow,
    Base,
    ChunkRow,
    DocumentRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
)

__all__ = ["CHECKS", "Problem", "find_problems"]

#: What is wrong: the name of the check, and a sentence.
Problem = tuple[str, str]

#: The checks in the order in which they are made, with what each holds.
CHECKS = {
    "integrity": "the database reports no damage",
    "references": "every record points at records that are there",
    "ids": "every id is the hash of its record",
    "spans": "every span lies in its document and has its words",
    "evidence": "every fact rests on evidence",
    "entities": "every entity is named by a mention or by evidence",
}


def find_problems(connection: Connection) -> Iterator[Problem]:
    """Yield every problem of the database and its records; a sound ledger has none."""
    yield from (("integrity", said) for said in _damage(connection))
    yield from (("references", said) for said in _dangling(connection))
    for rows in _pages(connection, DocumentRow):
        documents = {row.id: document_value(row) for row in rows}
        for id, document in documents.items():
            if document.id != id:
                yield "ids", f"document {id} at {document.uri!r} has other text than its id says"
        yield from _parts(connection, documents)
    for rows in _pages(connection, FactRow):
        yield from _facts(connection, rows)
    yield from _unnamed(connection)


def _damage(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (str(line) for line in found if line != "ok")


def _dangling(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"record {row} of {table} points at a {parent} that is not there"
        return
    # A server holds its references itself, unless their constraints were dropped.
    inspector = inspect(connection)
    for table in Base.metadata.sorted_tables:
        held = len(inspector.get_foreign_keys(table.name))
        if held != len(table.foreign_key_constraints):
            wanted = len(table.foreign_key_constraints)
            yield f"table {table.name} has {held} of {wanted} references"


def _parts(connection: Connection, documents: dict[str, Document]) -> Iterator[Problem]:
    """Yield what is wrong with the chunks, mentions and text evidence of these documents."""
    of = list(documents)
    chunks: dict[str, set[str]] = {}
    for row in connection.execute(select(ChunkRow.__table__).where(ChunkRow.document_id.in_(of))):
        chunks.setdefault(row.document_id, set()).add(row.id)
        if row.id != content_id("chunk", row.document_id, row.start, row.end):
            yield "ids", f"chunk {row.id} has another span than its id says"
        length = len(documents[row.document_id].text)
        spans = [(row.start, row.end), *json.loads(row.sentences)]
        if not all(0 <= start <= end <= length for start, end in spans):
            yield "spans", f"chunk {row.id} or a sentence of it lies outside of its document"
    mentions = select(MentionRow.__table__).where(MentionRow.document_id.in_(of))
    for row in connection.execute(mentions):
        span = (row.document_id, row.start, row.end)
        if row.id != content_id("mention", *span, row.entity_key):
            yield "ids", f"mention {row.id} has another span or entity than its id says"
        if documents[row.document_id].text[row.start : row.end] != row.text:
            yield "spans", f"mention {row.id} has other words than its document has there"
    evidence = select(EvidenceRow.__table__).where(EvidenceRow.document_id.in_(of))
    for row in connection.execute(evidence.where(EvidenceRow.kind == "text")):
        piece = evidence_value(row)
        assert isinstance(piece, TextEvidence)
        inside = 0 <= piece.start <= piece.end <= len(documents[row.document_id].text)
        if not inside or piece.document_id != row.document_id:
            yield "spans", f"evidence {row.id} lies outside of its document"
        elif piece.chunk_id not in chunks.get(row.document_id, ()):
            yield "spans", f"evidence {row.id} names a chunk that is not there"


def _facts(connection: Connection, rows: list[Any]) -> Iterator[Problem]:
    resting: set[str] = set()
    of = [row.id for row in rows]
    for row in connection.execute(select(EvidenceRow.__table__).where(EvidenceRow.fact_id.in_(of))):
        resting.add(row.fact_id)
        if row.id.partition("@")[0] != evidence_id(evidence_value(row)):
            yield "ids", f"evidence {row.id} of fact {row.fact_id} says other than its id"
    for row in rows:
        if row.id not in resting:
            yield "evidence", f"fact {row.id} ({row.relation}) rests on nothing"
        entities = {key: Entity(key, "") for key in fact_keys(row)}
        if fact_value(row, entities).id != row.id:
            yield "ids", f"fact {row.id} says other than its id"


def _unnamed(connection: Connection) -> Iterator[Problem]:
    mentioned = exists().where(MentionRow.entity_key == EntityRow.key)
    anchored = exists().where(AnchorRow.entity_key == EntityRow.key)
    for key in connection.scalars(select(EntityRow.key).where(~mentioned, ~anchored)):
        yield "entities", f"nothing names entity {key}"
    used = union(
        select(MentionRow.entity_key), select(FactRow.head_key), select(FactRow.tail_key)
    ).subquery()
    known = select(EntityRow.key)
    missing = select(used.c[0]).where(used.c[0].is_not(None), used.c[0].not_in(known))
    for key in connection.scalars(missing):
        yield "entities", f"entity {key} is used and not recorded"


def _pages(connection: Connection, table: type[Base]) -> Iterator[list[Any]]:
    columns = table.__table__
    query, last = select(columns).order_by(columns.c.id).limit(PAGE // 5), ""
    while rows := list(connection.execute(query.where(columns.c.id > last))):
        yield rows
        last = rows[-1].id
