"""Following the ledger: its change log, and batches of current values for projections."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from kgkit.facts import Entity
from stores.ledger.batch import Batch, Change
from stores.ledger.queries import (
    read_chunks,
    read_documents,
    read_entities,
    read_facts,
    read_mentions,
)
from stores.ledger.tables import ChangeRow

__all__ = ["read_batch", "read_changes", "sequence"]

_Value = TypeVar("_Value")


def sequence(connection: Connection) -> int:
    """Return the number of the last change, 0 before the first."""
    return connection.scalar(select(func.max(ChangeRow.seq))) or 0


def read_changes(connection: Connection, since: int, size: int) -> list[Change]:
    """Return the next changes after `since`, at most `size`, in order."""
    query = select(ChangeRow.seq, ChangeRow.kind, ChangeRow.id).where(ChangeRow.seq > since)
    rows = connection.execute(query.order_by(ChangeRow.seq).limit(size))
    return [Change(row.seq, row.kind, row.id) for row in rows]


def read_batch(connection: Connection, changes: list[Change], told: dict[str, Entity]) -> Batch:
    """Return the current values of what changed; `told` are entities that are known and current."""
    dirty: dict[str, list[str]] = {"document": [], "chunk": [], "entity": [], "fact": []}
    for change in changes:
        if change.id not in told:
            dirty[change.kind].append(change.id)
    chunks = read_chunks(connection, dirty["chunk"])
    owners = {chunk.document_id for chunk in chunks.values()}
    documents = read_documents(connection, sorted({*dirty["document"], *owners}))
    facts, entities = read_facts(connection, dirty["fact"], told)
    mentions = read_mentions(connection, chunk_ids=chunks)
    named = {*dirty["entity"], *(mention.entity.id for mention in mentions)} - entities.keys()
    entities.update({id: told[id] for id in named if id in told})
    entities.update(read_entities(connection, sorted(named - told.keys())))
    live: dict[str, dict[str, Any]] = {
        "document": documents,
        "chunk": chunks,
        "entity": entities,
        "fact": facts,
    }
    gone = {(kind, id) for kind, ids in dirty.items() for id in ids if id not in live[kind]}
    return Batch(
        changes[-1].seq,
        _in_order(documents),
        _in_order(chunks),
        tuple(mentions),
        _in_order(entities),
        _in_order(facts),
        tuple(sorted(gone)),
    )


def _in_order(values: dict[str, _Value]) -> tuple[_Value, ...]:
    return tuple(values[id] for id in sorted(values))
