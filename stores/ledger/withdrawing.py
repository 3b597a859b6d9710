"""Withdrawing what a part read or predicted, where other evidence may say the same."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, or_, select

from kgkit.evidence import evidence_id
from kgkit.facts import Fact
from stores.ledger.removal import prune
from stores.ledger.sql import ChangeLog
from stores.ledger.tables import AnchorRow, EvidenceRow, FactRow

__all__ = ["withdraw_readings"]


def withdraw_readings(connection: Connection, log: ChangeLog, facts: Iterable[Fact]) -> int:
    """Take from facts the evidence that they are given with; return how many had any of it.

    A fact is found under its own id or the one it is shown under. One that nothing else supports
    is removed, and so are entities that nothing else names.
    """
    count = 0
    touched: set[str] = set()
    keys: set[str] = set()
    for fact in facts:
        pieces = [evidence_id(e) for e in fact.evidence]
        forms = select(FactRow.id).where(or_(FactRow.id == fact.id, FactRow.shown_id == fact.id))
        raw = list(connection.scalars(forms))
        ours = EvidenceRow.fact_id.in_(raw) & EvidenceRow.id.in_(pieces)
        held = set(connection.scalars(select(EvidenceRow.fact_id).where(ours)))
        anchored = AnchorRow.fact_id.in_(raw) & AnchorRow.evidence_id.in_(pieces)
        keys.update(connection.scalars(select(AnchorRow.entity_key).where(anchored)))
        connection.execute(delete(EvidenceRow).where(ours))
        touched |= held
        count += bool(held)
    prune(connection, log, touched, keys)
    return count
