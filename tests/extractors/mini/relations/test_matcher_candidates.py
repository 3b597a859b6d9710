"""Between which spans a relation is looked for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.pieces import Row
from extractors.mini.relations.matcher_candidates import candidates
from extractors.mini.relations.matcher_layout import Sheet, marks_of, names_of

WORDS = 6
SHEET = Sheet(
    Row(((7,),) * WORDS, (1,) * WORDS),
    marks_of(WORDS, [(0, 2, "Person"), (4, 5, "Location")]),
    (((7,), (), ()), ((8,), (), ())),
)


def scores(*spans: tuple[int, int, int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Tag scores [2, 6, 9] in which words of (prompt, first word, tag, words) stand out."""
    tags = np.zeros((2, WORDS, 9), dtype=np.float32)
    tags[..., 0] = 4.0
    for prompt, word, tag, count in spans:
        tags[prompt, word : word + count, tag] = 9.0
    return tags


def test_tagged_spans_and_names_are_tried_with_what_they_are_worth() -> None:
    # Word 3 is tagged as an object of one word; no name stands there.
    found = list(candidates(SHEET, scores((0, 3, 8, 1)), np.array([1.0, -9.0], np.float32)))
    assert {c.prompt for c in found} == {0}
    assert {(c.subject, c.object) for c in found} == {
        ((0, 2), (3, 4)),
        ((4, 5), (3, 4)),
        ((0, 2), (4, 5)),
        ((4, 5), (0, 2)),
    }
    assert all(c.worth <= 0 for c in found)


def test_what_is_surely_not_stated_is_not_looked_for() -> None:
    assert not list(candidates(SHEET, scores(), np.array([-9.0, -9.0], np.float32)))


@given(st.integers(0, 2**32 - 1))
def test_ends_never_overlap_and_lie_in_the_sentence(seed: int) -> None:
    chance = np.random.default_rng(seed)
    tags = (4 * chance.normal(size=(2, WORDS, 9))).astype(np.float32)
    for c in candidates(SHEET, tags, np.zeros(2, np.float32)):
        (a, b), (x, y) = c.subject, c.object
        assert b <= x or y <= a
        assert 0 <= min(a, x) < max(b, y) <= WORDS


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3)), max_size=3))
def test_names_are_read_back_from_marks(drawn: list[tuple[int, int]]) -> None:
    spans, end = [], 0
    for gap, length in drawn:
        spans.append((end + gap, end + gap + length))
        end += gap + length
    assert names_of(marks_of(end, [(a, b, "Misc") for a, b in spans])) == spans
