"""Counting what facts join: head type, relation, and tail type or datatype.

Only keys and relations are read; no fact, name or evidence is.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, func, select, union_all

from stores.ledger.relation_names import shown_names
from stores.ledger.rows import load
from stores.ledger.tables import AnchorRow, EntityRow, FactRow, MentionRow

__all__ = ["count_patterns"]

#: How many rows are fetched at once.
_ROWS = 10_000


def count_patterns(connection: Connection) -> dict[tuple[str, str, str, bool], int]:
    """Return how many shown facts there are of each head type, relation, tail type or datatype,
    and whether the tail is an entity; whatever has a unit is a quantity."""
    types = _types(connection)
    query = select(
        FactRow.shown_id, FactRow.head_key, FactRow.relation, FactRow.tail_key, FactRow.literal
    ).where(~FactRow.withheld)
    stated: Counter[tuple[str, str, str, bool]] = Counter()
    seen: set[str] = set()
    for rows in connection.execute(query).partitions(_ROWS):
        for id, head, relation, tail, literal in rows:
            # Facts that merges or names make one are shown as one: the first stands for all.
            if id not in seen:
                seen.add(id)
                kind = _kind(literal or "") if tail is None else types[tail]
                stated[types[head], relation, kind, tail is not None] += 1
    names = shown_names(connection, sorted({relation for _, relation, _, _ in stated}))
    found: Counter[tuple[str, str, str, bool]] = Counter()
    for (begin, relation, end, is_entity), count in stated.items():
        name = names.get(relation)
        if name is not None and name.turned and is_entity:
            begin, end = end, begin
        # Facts about values are not turned round and keep their name.
        is_named = name is not None and (is_entity or not name.turned)
        found[begin, name.name if name and is_named else relation, end, is_entity] += count
    return {pattern: found[pattern] for pattern in sorted(found)}


def _kind(literal: str) -> str:
    _, datatype, _, unit = load(literal)
    return "quantity" if unit else str(datatype)


def _types(connection: Connection) -> dict[str, str]:
    """Return the type of every identity key as it is shown, as `read_entities` gives it."""
    used = [
        select(EntityRow.shown_id.label("id"), row.type.label("type")).join(
            row, row.entity_key == EntityRow.key
        )
        for row in (MentionRow, AnchorRow)
    ]
    each = union_all(*used).subquery()
    query = select(each.c.id, each.c.type, func.count()).group_by(each.c.id, each.c.type)
    best: dict[str, tuple[bool, int, int, str]] = {}
    for id, kind, count in connection.execute(query):
        # "Thing" only where nothing else is said; then the most frequent, the longest, the first.
        rank = (kind == "Thing", -count, -len(kind), kind)
        best[id] = min(best.get(id, rank), rank)
    keys = connection.execute(select(EntityRow.key, EntityRow.shown_id))
    return {key: best[id][3] for key, id in keys}
