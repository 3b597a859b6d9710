"""Under which name the facts of a relation are shown: what live decisions to rename say.

A fact is recorded under the relation of its source. What it is shown under, and so its id in every
projection, follows the decisions; several relations that are shown under one name can make one
fact of several, as merges of entities do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import BindParameter, Connection, bindparam, select

from kgkit.facts import Entity, Fact
from stores.ledger.decisions import Decision
from stores.ledger.sql import pages
from stores.ledger.tables import DecisionRow, DecisionSubjectRow

__all__ = ["KIND", "RelationName", "about", "name_in", "relation_in", "shown_names", "shown_under"]

#: The kind of these decisions.
KIND = "rename"

_PREFIX, _TURNED = "relation:", "turned"
_EVER = select(DecisionRow.id).where(DecisionRow.kind == KIND).limit(1)
_SUBJECTS: BindParameter[list[str]] = bindparam("subjects", expanding=True)
_LIVE = (
    select(DecisionRow.payload)
    .join(DecisionSubjectRow, DecisionSubjectRow.decision_id == DecisionRow.id)
    .where(DecisionRow.kind == KIND, ~DecisionRow.withdrawn)
    .where(DecisionSubjectRow.subject_id.in_(_SUBJECTS))
)


@dataclass(frozen=True, slots=True)
class RelationName:
    """The name a relation is shown under; `turned` where head and tail change places."""

    name: str
    turned: bool = False


def about(relation: str, name: RelationName) -> tuple[str, ...]:
    """Return what a decision to show a relation under a name is about."""
    return (f"{_PREFIX}{relation}", name.name, *([_TURNED] if name.turned else []))


def relation_in(decision: Decision) -> str:
    """Return the relation that a decision to rename is about."""
    return decision.about[0].removeprefix(_PREFIX)


def name_in(decision: Decision) -> RelationName:
    """Return the name that a decision to rename gives."""
    return RelationName(decision.about[1], decision.about[2:] == (_TURNED,))


def shown_names(connection: Connection, relations: Iterable[str]) -> dict[str, RelationName]:
    """Return the names of those of the relations that are shown under another one."""
    if connection.scalar(_EVER) is None:
        return {}
    found: dict[str, RelationName] = {}
    for page in pages(f"{_PREFIX}{relation}" for relation in relations):
        for payload in connection.scalars(_LIVE, {"subjects": page}):
            made = Decision("", KIND, tuple(json.loads(payload)))
            found[relation_in(made)] = name_in(made)
    return found


def shown_under(names: Mapping[str, RelationName], fact: Fact) -> Fact:
    """Return the fact as it is shown; `predicate` keeps the name that the source gives it.

    A literal has no facts of its own, so a fact whose tail is one is never turned round.
    """
    name = names.get(fact.relation)
    if name is None or (name.turned and not isinstance(fact.tail, Entity)):
        return fact
    shown = replace(fact, relation=name.name, predicate=fact.predicate or fact.relation)
    if name.turned and isinstance(fact.tail, Entity):
        shown = replace(shown, head=fact.tail, tail=fact.head)
    return shown
