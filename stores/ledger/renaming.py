"""Decisions that the facts of one relation are shown under the name of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from kgkit.facts import Fact
from stores.ledger.clusters import reshow_facts, shown_ids
from stores.ledger.decisions import By, live_decisions, record, withdraw
from stores.ledger.queries import read_entities
from stores.ledger.relation_names import KIND, RelationName, about, name_in, relation_in
from stores.ledger.rows import fact_keys, fact_value
from stores.ledger.sql import ChangeLog, pages
from stores.ledger.tables import FactRow

__all__ = ["read_stated", "rename_relations", "show_anew"]


def rename_relations(
    connection: Connection, log: ChangeLog, names: Mapping[str, RelationName], by: By
) -> int:
    """Make these the names that someone gave relations; return how many relations changed.

    Names that the same one gave before and does not give now are withdrawn. A relation that
    someone else has named keeps that name.
    """
    wanted = {relation: name for relation, name in names.items() if name.name != relation}
    changed = []
    for decision in live_decisions(connection, KIND):
        relation = relation_in(decision)
        if decision.who != by[0] or wanted.get(relation) == name_in(decision):
            wanted.pop(relation, None)
        else:
            withdraw(connection, decision.id, by)
            changed.append(relation)
    for relation, name in sorted(wanted.items()):
        record(connection, KIND, about(relation, name), by)
        changed.append(relation)
    show_anew(connection, log, changed)
    return len(set(changed))


def show_anew(connection: Connection, log: ChangeLog, relations: Iterable[str]) -> None:
    """Show the facts of these relations, as recorded, as the live decisions have it."""
    facts: list[str] = []
    for page in pages(relations):
        facts += connection.scalars(select(FactRow.id).where(FactRow.relation.in_(page)))
    reshow_facts(connection, log, sorted(facts))


def read_stated(connection: Connection, ids: Sequence[str]) -> dict[str, Fact]:
    """Return facts, by the ids that they are recorded under, with the relations of their sources.

    They name the entities as they are shown, without evidence; what is withheld is left out.
    """
    query = select(FactRow.__table__).where(FactRow.id.in_(ids), ~FactRow.withheld)
    rows = connection.execute(query).all()
    shown = shown_ids(connection, (key for row in rows for key in fact_keys(row)))
    entities = read_entities(connection, sorted(set(shown.values())))
    by_key = {key: entities[id] for key, id in shown.items()}
    return {row.id: fact_value(row, by_key) for row in rows}
