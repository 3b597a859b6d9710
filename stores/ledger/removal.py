"""Removing: evidence is withdrawn, and what rests on nothing goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, exists, select

from stores.ledger.calls import forget_calls
from stores.ledger.clusters import settle_around, shown_ids
from stores.ledger.conclusions import withdraw_conclusions, withdraw_resting
from stores.ledger.decisions import live_decisions, withdraw
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
from stores.ledger.withholding import settle_withheld

__all__ = ["prune", "remove_conclusions", "remove_document", "remove_facts"]


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
    forget_calls(connection, document_id)
    prune(connection, log, facts, keys)
    return True


def remove_facts(connection: Connection, log: ChangeLog, ids: Iterable[str]) -> int:
    """Remove facts, given by the ids they are shown under, with all their evidence.

    What people asserted of them is withdrawn. Returns how many there were.
    """
    facts: dict[str, str] = {}
    keys: set[str] = set()
    for page in pages(ids):
        query = select(FactRow.id, FactRow.shown_id).where(FactRow.shown_id.in_(page))
        facts.update((raw, shown) for raw, shown in connection.execute(query))
    for decision in live_decisions(connection, "assert"):
        if decision.about[0] in facts:
            withdraw(connection, decision.id, ("", ""))
    for page in pages(facts):
        anchored = select(AnchorRow.entity_key).where(AnchorRow.fact_id.in_(page))
        keys.update(connection.scalars(anchored))
        connection.execute(delete(EvidenceRow).where(EvidenceRow.fact_id.in_(page)))
    prune(connection, log, facts, keys)
    log.erased = log.erased or bool(facts)
    return len(set(facts.values()))


def remove_conclusions(connection: Connection, log: ChangeLog, rules: Collection[str]) -> int:
    """Remove what rests on these rules alone; return how many facts they had concluded."""
    facts, keys = withdraw_conclusions(connection, rules)
    prune(connection, log, facts, keys)
    log.erased = log.erased or bool(facts)
    return len(facts)


def prune(connection: Connection, log: ChangeLog, facts: Iterable[str], keys: set[str]) -> None:
    """Drop those of the facts and identity keys that nothing rests on any more, and what rules
    concluded from them."""
    facts, keys = withdraw_resting(connection, facts, keys)
    log.touch("entity", shown_ids(connection, keys).values())
    shown: set[str] = set()
    for page in pages(sorted(facts)):
        query = select(FactRow.shown_id).where(FactRow.id.in_(page))
        shown.update(connection.scalars(query))
        log.touch("fact", shown)
        resting = exists().where(EvidenceRow.fact_id == FactRow.id)
        connection.execute(delete(FactRow).where(FactRow.id.in_(page), ~resting))
    for page in pages(sorted(keys)):
        named = exists().where(MentionRow.entity_key == EntityRow.key)
        anchored = exists().where(AnchorRow.entity_key == EntityRow.key)
        connection.execute(delete(EntityRow).where(EntityRow.key.in_(page), ~named, ~anchored))
    settle_around(connection, log, keys)
    settle_withheld(connection, log, sorted(shown))
