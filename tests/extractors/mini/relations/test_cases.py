"""Documents as the relation head sees them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.pieces import Row
from extractors.mini.relations.cases import Place, case_of
from extractors.mini.relations.layout import cuts, lay
from extractors.mini.relations.network import gap_of
from kgkit.models.bert import MAX_PIECES

ROWS = [Row(((5, 6), (7,), (8,)), (2, 1, 1)), Row(((9,), (10, 11)), (1, 2))]
PLACES = [
    Place(0, 0, 1, 0, 0),
    Place(0, 2, 3, 1, 2),
    Place(1, 0, 2, 2, 1),
    Place(1, 1, 2, 0, 0),
]


def test_a_case_counts_pieces_of_the_whole_document() -> None:
    case = case_of(ROWS, PLACES)
    assert case.pieces == (5, 6, 7, 8, 9, 10, 11)
    assert case.casing == (2, 2, 1, 1, 1, 2, 2)
    assert list(zip(case.firsts, case.ends, strict=True)) == [(0, 2), (3, 4), (4, 7), (5, 7)]
    assert case.bounds == (0, 4, 7)
    assert case.kinds == (0, 2, 1)


def test_marks_show_where_mentions_begin_and_the_shorter_of_two_that_overlap() -> None:
    assert case_of(ROWS, PLACES).marks == (1, 2, 0, 5, 3, 1, 2)


def test_the_gap_is_that_of_the_nearest_mentions() -> None:
    gaps = gap_of(case_of(ROWS, PLACES))
    assert gaps.tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]


@given(st.integers(1, 3000))
def test_windows_cover_a_document_and_overlap(length: int) -> None:
    found = cuts(length)
    assert (found[0][0], found[-1][1]) == (0, length)
    assert all(0 < end - first <= MAX_PIECES - 2 for first, end in found)
    assert all(b[0] + 128 <= a[1] for a, b in pairwise(found))


def test_hidden_pieces_are_masked_and_windows_know_their_rows() -> None:
    case = case_of(ROWS, PLACES)
    laid = lay([case, case], [frozenset({1}), frozenset()])
    first, second = laid.packed.pieces[:9].tolist(), laid.packed.pieces[9:].tolist()
    assert first == [101, 5, 103, 7, 8, 9, 10, 11, 102]
    assert second == [101, 5, 6, 7, 8, 9, 10, 11, 102]
    assert [(cut.case, cut.row) for cut in laid.cuts] == [(0, 1), (1, 10)]
    assert laid.casing.shape == laid.marks.shape == laid.packed.pieces.shape


def test_an_entity_has_the_type_of_most_of_its_mentions() -> None:
    places = [Place(0, 0, 1, 0, 3), Place(0, 1, 2, 0, 1), Place(0, 2, 3, 0, 3)]
    assert case_of(ROWS, places).kinds == (3,)


def test_mentions_outside_of_the_document_are_refused() -> None:
    with pytest.raises(IndexError):
        case_of(ROWS, [Place(0, 2, 5, 0, 0)])
