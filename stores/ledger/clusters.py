"""Merges: which identity keys are shown as one entity, and which never are.

A cluster joins the keys that live merge decisions connect, even over keys that are not live;
it is shown under its least live key. So the same live records and decisions give the same
entities whatever the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, or_, select, update

from kgkit.errors import InputError
from kgkit.facts import Entity
from stores.ledger.decisions import By, Decision, live_decisions, record, withdraw
from stores.ledger.relation_names import shown_names, shown_under
from stores.ledger.rows import fact_keys, fact_value
from stores.ledger.splitting import split_pairs
from stores.ledger.sql import ChangeLog, insert_new, pages
from stores.ledger.tables import (
    ClusterRow,
    DecisionRow,
    EntityRow,
    FactRow,
    MentionRow,
    ParticipantRow,
)
from stores.ledger.withholding import settle_withheld

__all__ = [
    "forbid_merge",
    "merge",
    "regroup_around",
    "reshow_facts",
    "settle_around",
    "shown_ids",
    "unmerge",
]

# Built once: these two are asked for every document.
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_SHOWN = select(EntityRow.key, EntityRow.shown_id).where(EntityRow.key.in_(_KEYS))
_ROOTS = select(ClusterRow.root).where(ClusterRow.key.in_(_KEYS)).distinct()


def shown_ids(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the id under which each live key is shown."""
    shown: dict[str, str] = {}
    for page in pages(keys):
        shown.update((row[0], row[1]) for row in connection.execute(_SHOWN, {"keys": page}))
    return shown


def merge(connection: Connection, log: ChangeLog, a: str, b: str, by: By) -> str:
    """Record that two keys name one entity; return the id of the decision.

    Raises `InputError` when both are the same, one is not live, or a decision forbids it.
    """
    pair = _pair(connection, a, b, "merged with")
    members = {*pair, *(key for group in _groups(connection, pair) for key in group)}
    for decision in live_decisions(connection, "forbid"):
        if members.issuperset(decision.about):
            raise InputError(
                f"{a!r} and {b!r} cannot be merged, because {decision.about[0]!r} and "
                f"{decision.about[1]!r} are to stay apart: withdraw {decision.id!r} first"
            )
    id, is_new = record(connection, "merge", pair, by)
    if is_new:
        _regroup(connection, log, members, [sorted(members)])
    return id


def unmerge(connection: Connection, log: ChangeLog, decision: Decision, by: By) -> None:
    """Withdraw a merge that is in force."""
    withdraw(connection, decision.id, by)
    members = {key for group in _groups(connection, decision.about) for key in group}
    regroup_around(connection, log, members)


def regroup_around(connection: Connection, log: ChangeLog, keys: Iterable[str]) -> None:
    """Group these keys, and all that are grouped with them, by the live decisions anew."""
    grouped = [key for group in _groups(connection, keys) for key in group]
    members = {*keys, *grouped}
    pairs = [pair for pair in _live_pairs(connection) if members.issuperset(pair)]
    _regroup(connection, log, members, _components(members, pairs))


def forbid_merge(connection: Connection, a: str, b: str, by: By) -> str:
    """Record that two keys are never one entity; return the id of the decision.

    Raises `InputError` when both are the same, one is not live, or they are one now.
    """
    pair = _pair(connection, a, b, "told from")
    if any(set(pair) <= set(group) for group in _groups(connection, pair)):
        raise InputError(f"{a!r} and {b!r} are merged now: unmerge them first")
    id, _ = record(connection, "forbid", pair, by)
    return id


def _pair(connection: Connection, a: str, b: str, done: str) -> list[str]:
    if a == b:
        raise InputError(f"entity {a!r} cannot be {done} itself: give two different ids")
    live = shown_ids(connection, (a, b))
    for id in (a, b):
        if id not in live:
            raise InputError(
                f"there is no entity {id!r}: look its id up, for example with "
                "MATCH (e:Entity {name: 'NAME'}) RETURN e.id"
            )
    return sorted((a, b))


def _live_pairs(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of keys that merges join now, or that a split took together, in order."""
    query = select(DecisionRow.payload).where(DecisionRow.kind == "merge", ~DecisionRow.withdrawn)
    pairs = (json.loads(payload) for payload in connection.scalars(query))
    return sorted([*((a, b) for a, b in pairs), *split_pairs(connection)])


def settle_around(connection: Connection, log: ChangeLog, keys: Iterable[str]) -> None:
    """Show the clusters of these keys under their least live key, after keys came or went."""
    _settle(connection, log, _groups(connection, keys))


def _groups(connection: Connection, keys: Iterable[str]) -> list[list[str]]:
    roots: set[str] = set()
    for page in pages(keys):
        roots.update(connection.scalars(_ROOTS, {"keys": page}))
    groups: dict[str, list[str]] = {}
    for page in pages(sorted(roots)):
        query = select(ClusterRow.root, ClusterRow.key).where(ClusterRow.root.in_(page))
        for root, key in connection.execute(query.order_by(ClusterRow.key)):
            groups.setdefault(root, []).append(key)
    return list(groups.values())


def _components(keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    group_of = {key: [key] for key in keys}
    for a, b in pairs:
        if group_of[a] is not group_of[b]:
            group_of[a].extend(group_of[b])
            group_of.update((key, group_of[a]) for key in group_of[b])
    return list({id(group): sorted(group) for group in group_of.values()}.values())


def _regroup(
    connection: Connection, log: ChangeLog, members: Iterable[str], groups: Sequence[list[str]]
) -> None:
    for page in pages(members):
        connection.execute(delete(ClusterRow).where(ClusterRow.key.in_(page)))
    joined = [group for group in groups if len(group) > 1]
    rows = [{"key": key, "root": group[0]} for group in joined for key in group]
    insert_new(connection, ClusterRow, rows)
    _settle(connection, log, groups)


def _settle(connection: Connection, log: ChangeLog, groups: Iterable[list[str]]) -> None:
    moved: list[str] = []
    for group in groups:
        live = shown_ids(connection, group)
        if live:
            shown = min(live)
            log.touch("entity", [shown, *live.values()])
            moving = sorted(key for key in live if live[key] != shown)
            for page in pages(moving):
                connection.execute(
                    update(EntityRow).where(EntityRow.key.in_(page)).values(shown_id=shown)
                )
            moved += moving
    _reshow_mentions(connection, log, moved)
    reshow_facts(connection, log, _facts_of(connection, moved))


def _reshow_mentions(connection: Connection, log: ChangeLog, keys: Iterable[str]) -> None:
    for page in pages(keys):
        query = select(MentionRow.chunk_id).where(MentionRow.entity_key.in_(page)).distinct()
        log.touch("chunk", connection.scalars(query))


def reshow_facts(connection: Connection, log: ChangeLog, ids: Iterable[str]) -> None:
    """Show facts, given by the ids they are recorded under, as the live decisions have it."""
    for page in pages(ids):
        rows = connection.execute(select(FactRow.__table__).where(FactRow.id.in_(page))).all()
        shown = shown_ids(connection, (key for row in rows for key in fact_keys(row)))
        entities = {key: Entity(id, "") for key, id in shown.items()}
        names = shown_names(connection, {row.relation for row in rows})
        new = {row.id: shown_under(names, fact_value(row, entities)).id for row in rows}
        changed = [row for row in rows if row.shown_id != new[row.id]]
        log.touch("fact", (row.shown_id for row in changed))
        log.touch("fact", (new[row.id] for row in changed))
        moved = {id for row in changed for id in (row.shown_id, new[row.id])}
        if changed:
            table = FactRow.__table__
            connection.execute(
                update(FactRow)
                .where(table.c.id == bindparam("of"))
                .values(shown_id=bindparam("to")),
                [{"of": row.id, "to": new[row.id]} for row in changed],
            )
            settle_withheld(connection, log, sorted(moved))


def _facts_of(connection: Connection, keys: Iterable[str]) -> list[str]:
    found: set[str] = set()
    for page in pages(keys):
        own = or_(FactRow.head_key.in_(page), FactRow.tail_key.in_(page))
        found.update(connection.scalars(select(FactRow.id).where(own)))
        others = select(ParticipantRow.fact_id).where(ParticipantRow.entity_key.in_(page))
        found.update(connection.scalars(others))
    return sorted(found)
