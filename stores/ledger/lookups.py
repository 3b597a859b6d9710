"""Finding records by what they bear on: facts by entity, relation and chunk, entities by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, select

from kgkit.evidence import TextEvidence
from stores.ledger.relation_names import shown_names
from stores.ledger.sql import pages
from stores.ledger.tables import (
    AnchorRow,
    ChunkRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
    ParticipantRow,
)

__all__ = [
    "fact_ids_about",
    "fact_ids_in",
    "fact_ids_of",
    "read_ends",
    "read_names",
    "read_relations",
]

#: Where the payload of a text's evidence keeps the chunk.
_CHUNK_ID = TextEvidence.__slots__.index("chunk_id")


def fact_ids_about(connection: Connection, entity_ids: Iterable[str]) -> list[str]:
    """Return the ids of the facts that have any of these entities as an end or in a role."""
    found: set[str] = set()
    for page in pages(entity_ids):
        keys = select(EntityRow.key).where(EntityRow.shown_id.in_(page))
        for column in (FactRow.head_key, FactRow.tail_key):
            found.update(connection.scalars(select(FactRow.shown_id).where(column.in_(keys))))
        in_role = (
            select(FactRow.shown_id)
            .join(ParticipantRow, ParticipantRow.fact_id == FactRow.id)
            .where(ParticipantRow.entity_key.in_(keys))
        )
        found.update(connection.scalars(in_role))
    return sorted(found)


def fact_ids_in(connection: Connection, chunk_ids: Iterable[str]) -> list[str]:
    """Return the ids of the facts that these chunks are evidence of."""
    found: set[str] = set()
    for page in pages(chunk_ids):
        wanted = set(page)
        owners = select(ChunkRow.document_id).where(ChunkRow.id.in_(page))
        query = (
            select(FactRow.shown_id, EvidenceRow.payload)
            .join(EvidenceRow, EvidenceRow.fact_id == FactRow.id)
            .where(EvidenceRow.kind == "text", EvidenceRow.document_id.in_(owners))
        )
        for shown_id, payload in connection.execute(query):
            if json.loads(payload)[_CHUNK_ID] in wanted:
                found.add(shown_id)
    return sorted(found)


def fact_ids_of(
    connection: Connection, relations: Iterable[str] | None, *, values: bool = False
) -> list[str]:
    """Return the ids of the facts of these relations, as recorded, or of all, in order; with
    `values` only of those whose tail is a value."""
    query = select(FactRow.shown_id).where(~FactRow.withheld)
    if values:
        query = query.where(FactRow.tail_key.is_(None))
    if relations is None:
        return sorted(set(connection.scalars(query)))
    found: set[str] = set()
    for page in pages(relations):
        found.update(connection.scalars(query.where(FactRow.relation.in_(page))))
    return sorted(found)


def read_ends(connection: Connection, entity_ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (entity id, fact id, relation as recorded) of every fact that one of these is an end
    of, in no order."""
    for page in pages(entity_ids):
        for column in (FactRow.head_key, FactRow.tail_key):
            query = (
                select(EntityRow.shown_id, FactRow.shown_id, FactRow.relation)
                .join(FactRow, column == EntityRow.key)
                .where(EntityRow.shown_id.in_(page), ~FactRow.withheld)
            )
            yield from ((row[0], row[1], row[2]) for row in connection.execute(query))


def read_relations(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the names that the facts of each relation, as recorded, are shown under: one, or two
    where facts about values keep theirs because the others are turned round."""
    recorded = sorted(connection.scalars(select(FactRow.relation).distinct()))
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in recorded}
    for name, shown in shown_names(connection, recorded).items():
        found[name] = (shown.name, name) if shown.turned else (shown.name,)
    return found


def read_names(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Yield (entity id, name, times used) of every name and surface form, in no order."""
    shown = EntityRow.shown_id
    for name in (MentionRow.name, MentionRow.text):
        query = (
            select(shown, name, func.count())
            .join(MentionRow, MentionRow.entity_key == EntityRow.key)
            .where(MentionRow.kind == "name")
            .group_by(shown, name)
        )
        for row in connection.execute(query):
            yield row[0], row[1], row[2]
    anchored = select(shown, AnchorRow.name, AnchorRow.aliases, func.count()).join(
        AnchorRow, AnchorRow.entity_key == EntityRow.key
    )
    grouped = anchored.group_by(shown, AnchorRow.name, AnchorRow.aliases)
    for id, own, aliases, count in connection.execute(grouped):
        for alias in (own, *json.loads(aliases)):
            yield id, alias, count
