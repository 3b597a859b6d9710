"""Facts as their sources give them, where merges show them under other entities.

An export shows each fact once, as the merges have it. What merges took together is beside it,
one form for each piece of evidence, so that a ledger that is made of the export can part it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from kgkit.facts import Entity, Fact
from stores.ledger.clusters import shown_ids
from stores.ledger.relation_names import shown_names, shown_under
from stores.ledger.rows import evidence_value, fact_keys, fact_value, normal
from stores.ledger.sql import PAGE, pages
from stores.ledger.tables import AnchorRow, EvidenceRow, FactRow, MentionRow

__all__ = ["form_id", "merged_forms"]


def merged_forms(connection: Connection) -> Iterator[tuple[str, str, Fact]]:
    """Yield id, id of the fact as it is shown, and the fact as one piece of evidence gives it.

    Only of facts that merges changed; in order of the first.
    """
    moved = select(FactRow.shown_id).where(FactRow.id != FactRow.shown_id).distinct()
    last = ""
    while ids := list(
        connection.scalars(
            moved.where(FactRow.shown_id > last).order_by(FactRow.shown_id).limit(PAGE)
        )
    ):
        last = ids[-1]
        yield from _of_page(connection, ids)


def form_id(connection: Connection, row: Any) -> str:
    """Return the id that a row of `FactRow` has in its form: of its own entities, renamed."""
    names = shown_names(connection, {row.relation})
    fact = fact_value(row, {key: Entity(key, "") for key in fact_keys(row)})
    return normal(shown_under(names, fact)).id


def _of_page(connection: Connection, ids: list[str]) -> Iterator[tuple[str, str, Fact]]:
    query = select(FactRow.__table__).where(FactRow.shown_id.in_(ids))
    every = {row.id: row for row in connection.execute(query)}
    shown = shown_ids(connection, (key for row in every.values() for key in fact_keys(row)))
    merged = {r.shown_id for r in every.values() if any(shown[key] != key for key in fact_keys(r))}
    rows = {id: row for id, row in every.items() if row.shown_id in merged}
    names = shown_names(connection, {row.relation for row in rows.values()})
    of_rows = select(EvidenceRow.__table__).where(EvidenceRow.fact_id.in_(sorted(rows)))
    pieces = connection.execute(of_rows).all()
    anchored = _anchored(connection, rows)
    mentioned = _mentioned(connection, {piece.document_id for piece in pieces if piece.document_id})
    found = []
    for piece in pieces:
        row = rows[piece.fact_id]
        own = anchored.get((row.id, piece.id), {})
        entities = {
            key: own.get(key) or mentioned.get((piece.document_id, key)) or Entity(key, "")
            for key in fact_keys(row)
        }
        fact = shown_under(names, fact_value(row, entities, piece.surface))
        id = f"{row.shown_id}/{row.id}/{piece.id}"
        found.append((id, row.shown_id, fact.with_evidence(evidence_value(piece))))
    yield from sorted(found, key=lambda form: form[0])


def _anchored(
    connection: Connection, rows: Mapping[str, Any]
) -> dict[tuple[str, str], dict[str, Entity]]:
    """Return the entities that evidence of these facts names by itself, by fact and evidence."""
    found: dict[tuple[str, str], dict[str, Entity]] = {}
    query = select(AnchorRow.__table__).where(AnchorRow.fact_id.in_(sorted(rows)))
    for row in connection.execute(query):
        entity = Entity(row.entity_key, row.name, row.type, tuple(json.loads(row.aliases)))
        found.setdefault((row.fact_id, row.evidence_id), {})[row.entity_key] = entity
    return found


def _mentioned(connection: Connection, documents: set[str]) -> dict[tuple[str, str], Entity]:
    """Return the entities that these documents name, by document and key."""
    found: dict[tuple[str, str], Entity] = {}
    query = select(MentionRow.document_id, MentionRow.entity_key, MentionRow.name, MentionRow.type)
    for page in pages(sorted(documents)):
        own = query.where(MentionRow.document_id.in_(page)).distinct()
        for document_id, key, name, type in connection.execute(
            own.order_by(MentionRow.name, MentionRow.type)
        ):
            found.setdefault((document_id, key), Entity(key, name, type))
    return found
