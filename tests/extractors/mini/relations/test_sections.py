"""Sections that did not change are not read again, and give what a fresh reading gives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mini.pieces import Row
from extractors.mini.relations.cases import Place, case_of
from extractors.mini.relations.reader import Related
from extractors.mini.relations.sections import Noted, key_of, load_sections, sections

rows = st.builds(
    lambda pieces: Row(tuple((piece,) for piece in pieces), (1,) * len(pieces)),
    st.lists(st.integers(1000, 9000), min_size=1, max_size=200),
)


def made(numbers: Sequence[int]) -> list[Row]:
    return [Row(((1000 + n,),) * (20 + n % 60), (1,) * (20 + n % 60)) for n in numbers]


@given(st.lists(rows, max_size=40))
def test_sections_cover_a_document_and_are_neither_too_long_nor_too_short(
    document: list[Row],
) -> None:
    found = list(sections(document))
    assert [first for first, _ in found] == [0, *(end for _, end in found)][: len(found)]
    assert (found[-1][1] if found else 0) == len(document)
    lengths = [sum(row.length for row in document[first:end]) for first, end in found]
    assert all(length <= 892 for length in lengths)
    assert all(length >= 446 for length in lengths[:-1])
    assert all(a + b > 892 for a, b in pairwise(lengths))


def test_a_short_document_is_one_section() -> None:
    assert list(sections(made(range(10)))) == [(0, 10)]


def test_sections_behind_an_edit_stay_as_they_were() -> None:
    before = made(range(400))
    after = [*before[:3], *made([977, 978]), *before[5:]]
    old = {tuple(map(repr, before[first:end])) for first, end in sections(before)}
    new = {tuple(map(repr, after[first:end])) for first, end in sections(after)}
    assert len(old) > 12
    assert len(new - old) <= 3


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=120),
    st.integers(0, 119),
    st.lists(st.integers(300, 600), max_size=3),
)
def test_a_reading_with_notes_is_a_fresh_reading(
    numbers: list[int], place: int, instead: list[int]
) -> None:
    changed = [*numbers[:place], *instead, *numbers[place + 1 :]]

    def read(document: Sequence[int], noted: Noted) -> list[tuple[Related, ...]]:
        said = []
        built = made(document)
        for first, end in sections(built):
            places = [Place(i, 0, 1, i % 3, 0) for i in range(min(3, end - first))]
            case = case_of(built[first:end], places)
            seen = Related(0, 1, sum(case.pieces) % 96, round(1 / len(case.pieces), 4))
            said.append(noted.or_read(key_of(case), lambda seen=seen: [seen]))  # type: ignore[misc]
        return said

    old, fresh = Noted(), Noted()
    read(numbers, old)
    again = load_sections(old.dump())
    assert again.before == old.now
    assert read(changed, again) == read(changed, fresh)
    assert again.dump() == fresh.dump()


def test_what_is_noted_is_not_read() -> None:
    noted = Noted({"k": (Related(0, 1, 2, 0.5),)})

    def never() -> list[Related]:
        raise AssertionError

    assert noted.or_read("k", never) == (Related(0, 1, 2, 0.5),)
    assert noted.now == noted.before


@pytest.mark.parametrize("text", ["", "x", "not notes", "0000000000", "\u00e9"])
def test_damaged_notes_say_nothing(text: str) -> None:
    assert load_sections(text) == Noted()
