"""What models were asked for, by harvest: listing it, and taking one out again.

A harvest signs its evidence "model#run"; evidence of a model without a run is its own harvest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, delete, func, select

from kgkit.evidence import ModelEvidence
from stores.ledger.removal import prune
from stores.ledger.rows import dump
from stores.ledger.sql import ChangeLog
from stores.ledger.tables import AnchorRow, EvidenceRow

if TYPE_CHECKING:
    from stores.ledger.ledger import Ledger

__all__ = ["HarvestRecord", "read_harvests", "remove_harvest", "withdraw_harvest"]


@dataclass(frozen=True, slots=True)
class HarvestRecord:
    """A harvest that is in a graph: its name, "model#run", and how many facts it bears.

    >>> str(HarvestRecord("mini#capital-of-1f0c2a9b", 100))
    'mini#capital-of-1f0c2a9b: 100 facts'
    """

    name: str
    facts: int

    def __str__(self) -> str:
        return f"{self.name}: {self.facts} facts"


def read_harvests(ledger: Ledger) -> list[HarvestRecord]:
    """Return the harvests that live facts rest on, by name."""
    facts: dict[str, set[str]] = {}
    query = select(EvidenceRow.payload, EvidenceRow.fact_id)
    with ledger._reading() as connection:
        for payload, fact_id in connection.execute(
            query.where(EvidenceRow.kind == ModelEvidence.kind, EvidenceRow.document_id.is_(None))
        ):
            facts.setdefault(json.loads(payload)[0], set()).add(fact_id)
    return [HarvestRecord(name, len(facts[name])) for name in sorted(facts)]


def withdraw_harvest(ledger: Ledger, name: str) -> bool:
    """Remove what rests on a harvest alone; return whether there was one.

    `name` is as `read_harvests` lists it, or a model for all of its harvests. What other evidence
    supports stays, with a recomputed confidence.
    """
    with ledger._writing() as (connection, log):
        was_there = remove_harvest(connection, log, name)
    if was_there:
        ledger.scrub()
    return was_there


def remove_harvest(connection: Connection, log: ChangeLog, name: str) -> bool:
    """Take out the evidence of a harvest, or of all harvests of a model; return if there was."""
    ours = (
        EvidenceRow.kind == ModelEvidence.kind,
        EvidenceRow.document_id.is_(None),
        _begins(f"{dump([name]).removesuffix(']')},") | _begins(dump([f"{name}#"])[:-2]),
    )
    facts = set(connection.scalars(select(EvidenceRow.fact_id).where(*ours)))
    on = (AnchorRow.fact_id == EvidenceRow.fact_id) & (AnchorRow.evidence_id == EvidenceRow.id)
    keys = set(connection.scalars(select(AnchorRow.entity_key).join(EvidenceRow, on).where(*ours)))
    connection.execute(delete(EvidenceRow).where(*ours))
    prune(connection, log, facts, keys)
    log.erased = log.erased or bool(facts)
    return bool(facts)


def _begins(prefix: str) -> ColumnElement[bool]:
    # Not LIKE, to which "%" and "_" are signs and, in SQLite, case is none.
    column: Any = EvidenceRow.payload
    return func.substr(column, 1, len(prefix)) == prefix
