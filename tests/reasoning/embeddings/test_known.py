"""Known facts: the same answers as sets of tuples give."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.embeddings.known import KnownFacts

ENTITIES, RELATIONS = 6, 2
ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 5)), min_size=1, max_size=30
)


def both_ways(rows: list[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    return set(rows) | {(t, r + RELATIONS, h) for h, r, t in rows}


@given(ROWS, ROWS)
def test_they_agree_with_sets(
    rows: list[tuple[int, int, int]], asked: list[tuple[int, int, int]]
) -> None:
    known = KnownFacts.of(torch.tensor(rows), ENTITIES, RELATIONS)
    truth = both_ways(rows)
    heads, relations, tails = torch.tensor(asked).unbind(1)
    expected = [row in truth for row in asked]
    assert known.contains(heads, relations, tails).tolist() == expected
    found = {
        (asked[i][0], asked[i][1], t)
        for i, t in zip(*map(torch.Tensor.tolist, known.tails(heads, relations)), strict=True)
    }
    assert found == {row for row in truth if row[:2] in {a[:2] for a in asked}}


@given(ROWS, ROWS, st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_shared_candidates_are_told_as_own_ones_are(
    rows: list[tuple[int, int, int]], asked: list[tuple[int, int, int]], drawn: list[int]
) -> None:
    known = KnownFacts.of(torch.tensor(rows), ENTITIES, RELATIONS)
    heads, relations, _ = torch.tensor(asked).unbind(1)
    candidates = torch.tensor(drawn)
    shared = known.among(heads, relations, candidates)
    own = known.among(heads, relations, candidates.expand(len(asked), -1))
    assert torch.equal(shared, own)


@given(ROWS)
def test_queries_hold_every_fact(rows: list[tuple[int, int, int]]) -> None:
    known = KnownFacts.of(torch.tensor(rows), ENTITIES, RELATIONS)
    queries, begins, tails = known.queries()
    found = {
        (*queries[q].tolist(), t)
        for q in range(len(queries))
        for t in tails[begins[q] : begins[q + 1]].tolist()
    }
    assert found == both_ways(rows)


def test_too_large_a_graph_is_said() -> None:
    with pytest.raises(InputError, match="64-bit"):
        KnownFacts.of(torch.empty(0, 3, dtype=torch.int64), 2**31, 2)


def test_nothing_known_is_fine() -> None:
    known = KnownFacts.of(torch.empty(0, 3, dtype=torch.int64), 4, 1)
    ids = torch.tensor([0, 1])
    assert not known.contains(ids, ids * 0, ids).any()
    assert not known.among(ids, ids * 0, torch.tensor([2, 2, 3])).any()
