"""Merges: which identity keys are shown as one entity.

A cluster joins the keys that live merge decisions connect, even over keys that are not live;
it is shown under its least live key. So the same live records and decisions give the same
entities whatever the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, or_, select, update

from kgkit.errors import InputError
from kgkit.facts import Entity
from kgkit.ids import content_id
from stores.ledger.rows import dump, fact_keys, fact_value
from stores.ledger.sql import ChangeLog, insert_new, pages
from stores.ledger.tables import (
    ClusterRow,
    DecisionRow,
    EntityRow,
    FactRow,
    MentionRow,
    ParticipantRow,
)

__all__ = ["live_pairs", "merge", "settle_around", "shown_ids", "unmerge"]

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


def merge(connection: Connection, log: ChangeLog, a: str, b: str) -> str:
    """Record that two keys name one entity; return the id of the decision.

    Raises `InputError` when both are the same.
    """
    if a == b:
        raise InputError(f"entity {a!r} cannot be merged with itself: give two different ids")
    pair = sorted((a, b))
    decision_id = content_id("decision", "merge", pair)
    withdrawn = connection.scalar(
        select(DecisionRow.withdrawn).where(DecisionRow.id == decision_id)
    )
    if withdrawn is False:
        return decision_id
    last = connection.scalar(select(func.max(DecisionRow.seq))) or 0
    connection.execute(delete(DecisionRow).where(DecisionRow.id == decision_id))
    row = {"id": decision_id, "kind": "merge", "payload": dump(pair), "withdrawn": False}
    insert_new(connection, DecisionRow, [{**row, "seq": last + 1}])
    members = {*pair, *(key for group in _groups(connection, pair) for key in group)}
    _regroup(connection, log, members, [sorted(members)])
    return decision_id


def unmerge(connection: Connection, log: ChangeLog, decision_id: str) -> bool:
    """Withdraw a merge; return whether there was a live one."""
    row = connection.execute(
        select(DecisionRow.payload).where(
            DecisionRow.id == decision_id, DecisionRow.kind == "merge", ~DecisionRow.withdrawn
        )
    ).first()
    if row is None:
        return False
    connection.execute(
        update(DecisionRow).where(DecisionRow.id == decision_id).values(withdrawn=True)
    )
    members = {key for group in _groups(connection, json.loads(row.payload)) for key in group}
    pairs = [pair for pair in live_pairs(connection) if pair[0] in members]
    _regroup(connection, log, members, _components(members, pairs))
    return True


def live_pairs(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of keys that merges join now, in order."""
    query = select(DecisionRow.payload).where(DecisionRow.kind == "merge", ~DecisionRow.withdrawn)
    pairs = (json.loads(payload) for payload in connection.scalars(query))
    return sorted((a, b) for a, b in pairs)


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
    _reshow_facts(connection, log, moved)


def _reshow_mentions(connection: Connection, log: ChangeLog, keys: Iterable[str]) -> None:
    for page in pages(keys):
        query = select(MentionRow.chunk_id).where(MentionRow.entity_key.in_(page)).distinct()
        log.touch("chunk", connection.scalars(query))


def _reshow_facts(connection: Connection, log: ChangeLog, keys: Iterable[str]) -> None:
    for page in _fact_pages(connection, keys):
        rows = connection.execute(select(FactRow.__table__).where(FactRow.id.in_(page))).all()
        shown = shown_ids(connection, (key for row in rows for key in fact_keys(row)))
        entities = {key: Entity(id, "") for key, id in shown.items()}
        new = {row.id: fact_value(row, entities).id for row in rows}
        changed = [row for row in rows if row.shown_id != new[row.id]]
        log.touch("fact", (row.shown_id for row in changed))
        log.touch("fact", (new[row.id] for row in changed))
        if changed:
            table = FactRow.__table__
            connection.execute(
                update(FactRow)
                .where(table.c.id == bindparam("of"))
                .values(shown_id=bindparam("to")),
                [{"of": row.id, "to": new[row.id]} for row in changed],
            )


def _fact_pages(connection: Connection, keys: Iterable[str]) -> Iterator[list[str]]:
    found: set[str] = set()
    for page in pages(keys):
        own = or_(FactRow.head_key.in_(page), FactRow.tail_key.in_(page))
        found.update(connection.scalars(select(FactRow.id).where(own)))
        others = select(ParticipantRow.fact_id).where(ParticipantRow.entity_key.in_(page))
        found.update(connection.scalars(others))
    return pages(sorted(found))
