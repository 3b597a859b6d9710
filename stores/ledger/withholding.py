"""Which facts are withheld: those that a live decision rejects, whatever evidence they have.

A fact that merges made of several is rejected when the decision names it or any of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from stores.ledger.decisions import live_subjects
from stores.ledger.sql import ChangeLog, pages
from stores.ledger.tables import DecisionRow, FactRow

__all__ = ["settle_withheld", "withheld_among"]

_REJECTED = live_subjects("reject")
_EVER = select(DecisionRow.id).where(DecisionRow.kind == "reject").limit(1)


def withheld_among(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of the ids, which facts are shown under, that a live decision rejects."""
    found: set[str] = set()
    for page in pages(ids):
        own = _REJECTED.where(_REJECTED.selected_columns.subject_id.in_(page))
        found.update(connection.scalars(own))
        parts = select(FactRow.shown_id).where(
            FactRow.shown_id.in_(page), FactRow.id.in_(_REJECTED)
        )
        found.update(connection.scalars(parts))
    return found


def settle_withheld(connection: Connection, log: ChangeLog, ids: Iterable[str]) -> None:
    """Withhold or show the facts shown under these ids, as the live decisions have it."""
    if connection.scalar(_EVER) is None:
        return
    for page in pages(ids):
        rejected = withheld_among(connection, page)
        for withheld, group in ((True, rejected), (False, set(page) - rejected)):
            wrong = FactRow.shown_id.in_(sorted(group)) & (FactRow.withheld != withheld)
            changed = set(connection.scalars(select(FactRow.shown_id).where(wrong)))
            if changed:
                log.touch("fact", changed)
                connection.execute(update(FactRow).where(wrong).values(withheld=withheld))
