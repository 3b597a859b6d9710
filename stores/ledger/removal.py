"""Removing: evidence is withdrawn, and what rests on nothing goes with it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, select

from stores.ledger.clusters import settle_around, shown_ids
from stores.ledger.sql import ChangeLog, pages
from stores.ledger.tables import (
    AnchorRow,
    ChunkRow,
    DocumentRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
)

__all__ = ["remove_document", "remove_facts"]


def remove_document(connection: Connection, log: ChangeLog, document_id: str) -> bool:
    """Erase a document with all that came from it; return whether it was there."""
    if connection.scalar(select(DocumentRow.id).where(DocumentRow.id == document_id)) is None:
        return False
    of_document = EvidenceRow.document_id == document_id
    facts = set(connection.scalars(select(EvidenceRow.fact_id).where(of_document)))
    named = select(MentionRow.entity_key).where(MentionRow.document_id == document_id)
    on = (AnchorRow.fact_id == EvidenceRow.fact_id) & (AnchorRow.evidence_id == EvidenceRow.id)
    anchored = select(AnchorRow.entity_key).join(EvidenceRow, on).where(of_document)
    keys = {*connection.scalars(named), *connection.scalars(anchored)}
    chunks = connection.scalars(select(ChunkRow.id).where(ChunkRow.document_id == document_id))
    log.touch("document", [document_id])
    log.touch("chunk", chunks)
    log.erased = True
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    _prune(connection, log, facts, keys)
    return True


def remove_facts(connection: Connection, log: ChangeLog, ids: Iterable[str]) -> int:
    """Remove facts, given by the ids they are shown under, with all their evidence.

    Returns how many there were.
    """
    facts: dict[str, str] = {}
    keys: set[str] = set()
    for page in pages(ids):
        query = select(FactRow.id, FactRow.shown_id).where(FactRow.shown_id.in_(page))
        facts.update((raw, shown) for raw, shown in connection.execute(query))
    for page in pages(facts):
        anchored = select(AnchorRow.entity_key).where(AnchorRow.fact_id.in_(page))
        keys.update(connection.scalars(anchored))
        connection.execute(delete(EvidenceRow).where(EvidenceRow.fact_id.in_(page)))
    _prune(connection, log, facts, keys)
    log.erased = log.erased or bool(facts)
    return len(set(facts.values()))


def _prune(connection: Connection, log: ChangeLog, facts: Iterable[str], keys: set[str]) -> None:
    log.touch("entity", shown_ids(connection, keys).values())
    for page in pages(sorted(facts)):
        query = select(FactRow.shown_id).where(FactRow.id.in_(page))
        log.touch("fact", connection.scalars(query))
        resting = exists().where(EvidenceRow.fact_id == FactRow.id)
        connection.execute(delete(FactRow).where(FactRow.id.in_(page), ~resting))
    for page in pages(sorted(keys)):
        named = exists().where(MentionRow.entity_key == EntityRow.key)
        anchored = exists().where(AnchorRow.entity_key == EntityRow.key)
        connection.execute(delete(EntityRow).where(EntityRow.key.in_(page), ~named, ~anchored))
    settle_around(connection, log, keys)
