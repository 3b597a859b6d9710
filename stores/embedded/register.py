"""What each fact became in the graph, so that it can be taken back by its id alone.

The records stand beside the graph and Cypher does not see them: the id of the fact and of its
head, and for a literal fact the property and the value it adds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kgkit.facts import Fact
from stores.embedded import engine
from stores.property_graph.shape import LiteralValue

__all__ = ["add", "rows_of", "values_of", "withdraw"]

_READERS = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def add(database: Any, facts: Sequence[Fact], literals: Mapping[str, LiteralValue]) -> None:
    """Record facts that are in the graph; `literals` holds, by fact, what the literal ones add."""
    database.insert_many(engine.FACTS, rows_of(facts, literals))


def rows_of(facts: Sequence[Fact], literals: Mapping[str, LiteralValue]) -> list[dict[str, Any]]:
    """Return the records of facts; `literals` is as in `add`."""
    rows = []
    for fact in facts:
        value = literals.get(fact.id)
        row = {"id": fact.id, "head": fact.head.id, "roles": len(fact.qualifiers)}
        if value is not None:
            row |= {"slot": _slot(fact.head.id, value.name), "value": _dump(value)}
        rows.append(row)
    return rows


def withdraw(database: Any, ids: Iterable[str]) -> set[tuple[str, str]]:
    """Take facts and their records out; return the (entity, property) that literals leave.

    Ids of facts that are not in the graph are passed over.
    """
    edges: dict[str, list[str]] = {}
    statements: list[str] = []
    slots: set[tuple[str, str]] = set()
    for id in ids:
        for record in engine.lookup(database, engine.FACTS, "id", id):
            row = record.asDocument()
            head = str(row.get("head"))
            if row.get("value") is None:
                edges.setdefault(head, []).append(id)
            else:
                slots.add((head, _load(str(row.get("value"))).name))
            if int(row.get("roles")):
                statements.append(id)
            record.delete()
    rows = [{"head": head, "ids": found} for head, found in edges.items()]
    match = "MATCH (h:Entity {id: r.head})-[e]->() WHERE e.id IN r.ids"
    engine.run(database, f"UNWIND $rows AS r {match} DELETE e", rows)
    text = "UNWIND $rows AS id MATCH (s:Statement {id: id}) DETACH DELETE s"
    engine.run(database, text, statements)
    return slots


def values_of(database: Any, entity: str, name: str) -> list[LiteralValue]:
    """Return the values that the recorded facts of an entity give to a property."""
    found = engine.lookup(database, engine.FACTS, "slot", _slot(entity, name))
    return [_load(str(record.asDocument().get("value"))) for record in found]


def _slot(entity: str, name: str) -> str:
    return f"{entity} {name}"


def _dump(literal: LiteralValue) -> str:
    value = literal.value
    plain = value.isoformat() if isinstance(value, date) else value
    return json.dumps([literal.name, literal.datatype, type(value).__name__, plain, literal.unit])


def _load(text: str) -> LiteralValue:
    name, datatype, kind, value, unit = json.loads(text)
    return LiteralValue(name, datatype, _READERS.get(kind, lambda v: v)(value), unit)
