"""The canonical export: the same live records give the same lines, whatever the history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from kgkit.facts import Entity, Fact, Literal
from stores.ledger.clusters import shown_ids
from stores.ledger.decisions import Decision, decision_id, live_decisions
from stores.ledger.forms import form_id, merged_forms
from stores.ledger.queries import read_entities, read_facts
from stores.ledger.relation_names import KIND as RENAME
from stores.ledger.rows import dump, ends, evidence_row
from stores.ledger.splitting import split_keys
from stores.ledger.sql import PAGE
from stores.ledger.tables import (
    Base,
    ChunkRow,
    DocumentRow,
    EntityRow,
    FactRow,
    MentionRow,
    RunRow,
)

__all__ = ["export_lines"]

_Record = dict[str, Any]


def export_lines(connection: Connection) -> Iterator[str]:
    """Yield one JSON object a live record, in order of kind and id, without line ends."""
    for kind, records in (
        ("chunk", _plain(connection, ChunkRow, _chunk)),
        ("decision", _decisions(connection)),
        ("document", _plain(connection, DocumentRow, _document)),
        ("entity", _entities(connection)),
        ("fact", _facts(connection)),
        ("form", _forms(connection)),
        ("mention", _mentions(connection)),
        ("rejected", _facts(connection, withheld=True)),
        ("run", _runs(connection)),
    ):
        for record in records:
            yield dump({"kind": kind, **record})


def _pages(connection: Connection, table: Any, key: Any) -> Iterator[list[Any]]:
    last = ""
    query = select(table).order_by(key).distinct().limit(PAGE)
    while rows := list(connection.execute(query.where(key > last))):
        yield rows
        last = getattr(rows[-1], key.name)


def _plain(
    connection: Connection, table: type[Base], record: Callable[[Any], _Record]
) -> Iterator[_Record]:
    columns = table.__table__
    for rows in _pages(connection, columns, columns.c.id):
        yield from (record(row) for row in rows)


def _chunk(row: Any) -> _Record:
    span = {"ordinal": row.ordinal, "start": row.start, "end": row.end}
    sentences = json.loads(row.sentences)
    return {"id": row.id, "document": row.document_id, **span, "sentences": sentences}


def _document(row: Any) -> _Record:
    named = {"uri": row.uri, "title": row.title, "media_type": row.media_type}
    metadata = json.loads(row.metadata)
    return {"id": row.id, **named, "text": row.text, "metadata": metadata, "run": row.run_id}


def _decisions(connection: Connection) -> Iterator[_Record]:
    found: dict[str, _Record] = {}
    for decision in live_decisions(connection):
        if _bears(connection, decision):
            by = {"who": decision.who, "when": decision.when}
            said = {name: value for name, value in by.items() if value}
            about = _shown_about(connection, decision)
            id = decision_id(decision.kind, about)
            found[id] = {"id": id, "decision": decision.kind, "about": about, **said}
    yield from (found[id] for id in sorted(found))


def _shown_about(connection: Connection, decision: Decision) -> list[str]:
    """Return what a decision is about, facts by the ids that they have in what is exported."""
    if decision.kind not in ("assert", "reject"):
        return list(decision.about)
    query = select(FactRow.__table__).where(FactRow.id.in_(decision.about))
    rows = {row.id: row for row in connection.execute(query)}
    if decision.kind == "reject":
        return sorted({row.shown_id for row in rows.values()})
    return [form_id(connection, rows[id]) if id in rows else id for id in decision.about]


def _bears(connection: Connection, decision: Decision) -> bool:
    """Return whether a decision bears on live records; others wait for theirs."""
    if decision.kind == RENAME:
        return False  # facts are exported under the names that they are shown under
    if decision.kind in ("merge", "forbid"):
        return len(shown_ids(connection, decision.about)) == len(decision.about)
    if decision.kind == "split":
        return bool(shown_ids(connection, split_keys(decision).values()))
    found = select(FactRow.id).where(FactRow.id.in_(decision.about)).limit(1)
    return connection.scalar(found) is not None


def _entities(connection: Connection) -> Iterator[_Record]:
    for rows in _pages(connection, EntityRow.shown_id, EntityRow.shown_id):
        ids = [row.shown_id for row in rows]
        keys: dict[str, list[str]] = {}
        query = select(EntityRow.key, EntityRow.shown_id).where(EntityRow.shown_id.in_(ids))
        for key, shown_id in connection.execute(query.order_by(EntityRow.key)):
            keys.setdefault(shown_id, []).append(key)
        entities = read_entities(connection, ids)
        yield from ({**_entity(entities[id]), "keys": keys[id]} for id in ids)


def _entity(entity: Entity) -> _Record:
    names = {"name": entity.name, "type": entity.type, "aliases": list(entity.aliases)}
    return {"id": entity.id, **names}


def _facts(connection: Connection, *, withheld: bool = False) -> Iterator[_Record]:
    for rows in _pages(connection, FactRow.shown_id, FactRow.shown_id):
        facts, _ = read_facts(connection, [row.shown_id for row in rows], withheld=withheld)
        yield from (_fact(id, facts[id]) for id in sorted(facts))


def _forms(connection: Connection) -> Iterator[_Record]:
    for id, shown_id, fact in merged_forms(connection):
        named = {entity.id: _entity(entity) for entity in ends(fact)}
        yield {**_fact(shown_id, fact), "id": id, "fact": shown_id, "entities": named}


def _fact(fact_id: str, fact: Fact) -> _Record:
    said = {"head": fact.head.id, "relation": fact.relation, "tail": _value(fact.tail)}
    roles = [[qualifier.role, _value(qualifier.value)] for qualifier in fact.qualifiers]
    manner = {"polarity": fact.polarity, "modality": fact.modality, "predicate": fact.predicate}
    rows = (evidence_row(fact, fact_id, piece, None) for piece in fact.evidence)
    evidence = [[row["kind"], *json.loads(row["payload"])] for row in rows]
    shown = {"qualifiers": roles, "confidence": fact.confidence, "evidence": evidence}
    return {"id": fact_id, **said, **manner, **shown}


def _value(value: Entity | Literal) -> _Record:
    if isinstance(value, Entity):
        return {"entity": value.id}
    _, datatype, shown, unit = value.canonical()
    return {"value": shown, "datatype": datatype, "unit": unit, "text": value.text}


def _mentions(connection: Connection) -> Iterator[_Record]:
    table = MentionRow.__table__
    for rows in _pages(connection, table, table.c.id):
        shown = shown_ids(connection, (row.entity_key for row in rows))
        for row in rows:
            at = {"chunk": row.chunk_id, "start": row.start, "end": row.end, "text": row.text}
            named = {"entity": shown[row.entity_key], "key": row.entity_key}
            as_ = {"name": row.name, "type": row.type, "said_by": row.kind, "score": row.score}
            yield {"id": row.id, "document": row.document_id, **at, **named, **as_}


def _runs(connection: Connection) -> Iterator[_Record]:
    used = select(DocumentRow.run_id)
    query = select(RunRow.__table__).where(RunRow.id.in_(used)).order_by(RunRow.id)
    for row in connection.execute(query):
        setting = {"extractor": row.extractor, "version": row.version, "seed": row.seed}
        yield {"id": row.id, **setting, "parameters": json.loads(row.parameters)}
