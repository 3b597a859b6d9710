"""What each literal fact adds to its head, so that it can be taken back by the fact's id alone.

Several facts may give one property its values. A node `:KgkitFact` for each of them keeps the
head, the property and the value; they are joined to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kgkit.facts import Fact
from stores.neo4j.rows import run
from stores.neo4j.schema import FACT
from stores.neo4j.values import to_parameter
from stores.property_graph.shape import LiteralValue, property_value

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = ["Slot", "add", "properties_of", "withdraw"]

#: An entity and the name of one of its properties.
Slot = tuple[str, str]

_READERS = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def withdraw(tx: ManagedTransaction, ids: Sequence[str]) -> dict[str, Slot]:
    """Take literal facts out; return, for each id that was there, what loses a value."""
    found = run(
        tx,
        f"UNWIND $rows AS id MATCH (f:{FACT} {{id: id}}) "
        "WITH f, f.id AS id, f.kgkit_head AS head, f.kgkit_property AS name "
        "DELETE f RETURN id, head, name",
        ids,
    )
    return {row["id"]: (row["head"], row["name"]) for row in found}


def add(tx: ManagedTransaction, literals: Iterable[tuple[Fact, LiteralValue]]) -> set[Slot]:
    """Record literal facts, also those that are recorded; return what gains a value.

    Raises `InputError` for a value that no graph holds.
    """
    rows = [
        {
            "id": fact.id,
            "kgkit_head": fact.head.id,
            "kgkit_property": value.name,
            "kgkit_value": _dump(value),
        }
        for fact, value in literals
    ]
    run(tx, f"UNWIND $rows AS r MERGE (f:{FACT} {{id: r.id}}) SET f = r", rows)
    return {(row["kgkit_head"], row["kgkit_property"]) for row in rows}


def properties_of(tx: ManagedTransaction, slots: Iterable[Slot]) -> dict[str, dict[str, Any]]:
    """Return, for each entity, the properties that its recorded facts make now; none is None."""
    values: dict[Slot, list[LiteralValue]] = {slot: [] for slot in sorted(slots)}
    found = run(
        tx,
        f"UNWIND $rows AS r MATCH (f:{FACT} {{kgkit_head: r.head}}) "
        "WHERE f.kgkit_property = r.name "
        "RETURN f.kgkit_head AS head, f.kgkit_property AS name, f.kgkit_value AS value",
        [{"head": head, "name": name} for head, name in values],
    )
    for row in found:
        values[row["head"], row["name"]].append(_load(row["value"]))
    made: dict[str, dict[str, Any]] = {}
    for (head, name), own in values.items():
        empty = {name: None, f"{name}_unit": None}
        made.setdefault(head, {}).update(empty, **(property_value(own) if own else {}))
    return made


def _dump(literal: LiteralValue) -> str:
    value = to_parameter(literal.value)
    plain = value.isoformat() if isinstance(value, date) else value
    return json.dumps([literal.name, literal.datatype, type(value).__name__, plain, literal.unit])


def _load(text: str) -> LiteralValue:
    name, datatype, kind, value, unit = json.loads(text)
    return LiteralValue(name, datatype, _READERS.get(kind, lambda v: v)(value), unit)
