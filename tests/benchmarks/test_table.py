"""The table that every store loads."""

from __future__ import annotations

from collections import Counter

from benchmarks.table import RELATIONS, as_facts, entity_id, rows


def test_the_same_seed_gives_the_same_rows() -> None:
    assert list(rows(50)) == list(rows(50)) != list(rows(50, seed=1))


def test_few_entities_are_in_most_rows() -> None:
    table = list(rows(5000))
    assert {n for head, _, tail in table for n in (head, tail)} <= set(range(1000))
    heads = Counter(head for head, _, _ in table)
    most = sum(count for _, count in heads.most_common(100))
    assert 25 < 100 * most / len(table) < 50
    assert {relation for _, relation, _ in table} == set(range(len(RELATIONS)))


def test_a_row_becomes_a_fact_that_rests_on_it() -> None:
    (fact,) = as_facts(iter([(3, 2, 4)]))
    assert str(fact) == "(entity 3)-[RELATION_02]->(entity 4)"
    assert (fact.head.id, fact.head.type) == (entity_id(3), "Work")
    assert [(piece.kind, *piece_of(piece)) for piece in fact.evidence] == [("import", "table", "0")]


def piece_of(piece: object) -> tuple[object, object]:
    """Return source and row of evidence."""
    return getattr(piece, "source", None), getattr(piece, "row", None)
