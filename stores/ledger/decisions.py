"""Decisions of people: records that are made and withdrawn, never edited, and their log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from kgkit.ids import content_id
from stores.ledger.rows import dump
from stores.ledger.sql import insert_new
from stores.ledger.tables import DecisionLogRow, DecisionRow, DecisionSubjectRow

__all__ = [
    "By",
    "Decision",
    "LogEntry",
    "decision_id",
    "find_decision",
    "live_decisions",
    "live_subjects",
    "read_log",
    "record",
    "withdraw",
]

#: Who decided, and when (an ISO 8601 date); both may be empty.
By = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on the records with the ids `about`.

    `kind` is "merge" or "forbid" (about two entities), "split" (about entities, and documents by
    the hash of their address), "rename" (about a relation and its name), "reject" (about a fact
    under each of its ids) or "assert" (about a fact and the evidence that it got). `when` is an
    ISO 8601 date; it and `who` are empty where they were not given.
    """

    id: str
    kind: str
    about: tuple[str, ...]
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A decision was made or, when `withdrawn`, taken back; the decision says by whom."""

    seq: int
    decision: Decision
    withdrawn: bool


def decision_id(kind: str, about: Sequence[str]) -> str:
    """Return the id that a decision of this kind on these ids has (32 hex digits)."""
    return content_id("decision", kind, list(about))


def record(connection: Connection, kind: str, about: Sequence[str], by: By) -> tuple[str, bool]:
    """Make a decision; return its id and whether it was not in force already."""
    id = decision_id(kind, about)
    withdrawn = connection.scalar(select(DecisionRow.withdrawn).where(DecisionRow.id == id))
    if withdrawn is False:
        return id, False
    row = {"id": id, "kind": kind, "payload": dump(list(about)), "withdrawn": False}
    insert_new(connection, DecisionRow, [row])
    subjects = [{"decision_id": id, "subject_id": one} for one in dict.fromkeys(about)]
    insert_new(connection, DecisionSubjectRow, subjects)
    _set(connection, id, withdrawn=False, by=by)
    return id, True


def withdraw(connection: Connection, id: str, by: By) -> None:
    """Take back a decision that is in force."""
    _set(connection, id, withdrawn=True, by=by)


def find_decision(connection: Connection, id: str) -> Decision | None:
    """Return the decision with this id if it is in force, without who made it."""
    query = select(DecisionRow.kind, DecisionRow.payload)
    row = connection.execute(query.where(DecisionRow.id == id, ~DecisionRow.withdrawn)).first()
    return None if row is None else Decision(id, row.kind, tuple(json.loads(row.payload)))


def live_decisions(connection: Connection, kind: str | None = None) -> list[Decision]:
    """Return the decisions in force, of one kind or all, in the order they were made in."""
    query = _entries().where(~DecisionRow.withdrawn, ~DecisionLogRow.withdrawn)
    if kind is not None:
        query = query.where(DecisionRow.kind == kind)
    last = {row.id: row for row in connection.execute(query)}
    return [_decision(row) for row in sorted(last.values(), key=lambda row: row.seq)]


def read_log(connection: Connection) -> list[LogEntry]:
    """Return every decision made or withdrawn, in order."""
    rows = connection.execute(_entries())
    return [LogEntry(row.seq, _decision(row), row.undone) for row in rows]


def live_subjects(kind: str) -> Select[str]:
    """Return the query for the ids that live decisions of a kind are about."""
    return (
        select(DecisionSubjectRow.subject_id)
        .join(DecisionRow, DecisionRow.id == DecisionSubjectRow.decision_id)
        .where(DecisionRow.kind == kind, ~DecisionRow.withdrawn)
    )


def _set(connection: Connection, id: str, *, withdrawn: bool, by: By) -> None:
    change = update(DecisionRow).where(DecisionRow.id == id).values(withdrawn=withdrawn)
    connection.execute(change)
    who, at = by
    entry = {"decision_id": id, "withdrawn": withdrawn, "who": who, "at": at}
    connection.execute(insert(DecisionLogRow), [entry])


def _entries() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DecisionLogRow.seq,
            DecisionLogRow.withdrawn.label("undone"),
            DecisionLogRow.who,
            DecisionLogRow.at,
            DecisionRow.id,
            DecisionRow.kind,
            DecisionRow.payload,
        )
        .join(DecisionRow, DecisionRow.id == DecisionLogRow.decision_id)
        .order_by(DecisionLogRow.seq)
    )


def _decision(row: Any) -> Decision:
    return Decision(row.id, row.kind, tuple(json.loads(row.payload)), row.who, row.at)
