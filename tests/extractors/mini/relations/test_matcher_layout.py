"""Sentences and relations in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.pieces import Row
from extractors.mini.relations.matcher_layout import (
    Asked,
    Sheet,
    asked_of,
    grouped,
    lay_questions,
    marks_of,
)
from extractors.mini.relations.prompts import Prompt, prompts_of
from kgkit.models.encoder import load_encoder
from kgkit.schema import Schema

ROW = Row(((1001, 1002), (1003,)), (5, 1))


def test_relations_and_types_are_read_as_words() -> None:
    schema = Schema.parse("(Person)-[PLACE_OF_BIRTH]->(Thing)\nPLACE_OF_BIRTH: where one is born")
    (prompt,) = prompts_of(schema)
    assert prompt == Prompt("place of birth: where one is born", "person", "")
    ((name, head, tail),) = asked_of(load_encoder().tokenizer, [prompt])
    assert (len(name), len(head), len(tail)) == (8, 1, 0)


def test_a_sheet_is_the_sentence_and_then_what_it_is_asked() -> None:
    asked: tuple[Asked, ...] = (((11, 12), (13,), ()), ((14,), (), (15,)))
    laid = lay_questions([Sheet(ROW, (1, 2), asked)])
    assert laid.packed.pieces.tolist() == [101, 1001, 1002, 1003, 102, 11, 12, 13, 102, 14, 15, 102]
    assert laid.roles.tolist() == [0, 0, 0, 0, 0, 1, 1, 2, 0, 1, 3, 0]
    assert laid.marks.tolist()[1:4] == [1, 1, 2]
    assert laid.casing.tolist()[1:4] == [5, 5, 1]
    assert (laid.firsts.tolist(), laid.lasts.tolist()) == ([1, 3], [2, 3])
    rows, owners = laid.parts[0]
    assert (rows.tolist(), owners.tolist()) == ([5, 6, 9], [0, 0, 1])
    assert Sheet(ROW, (1, 2), asked).length == len(laid.packed.pieces)


@given(st.lists(st.integers(1, 30), max_size=40), st.integers(40, 200))
def test_groups_hold_every_relation_once_and_fit(sizes: list[int], room: int) -> None:
    asked: list[Asked] = [((7,) * size, (), ()) for size in sizes]
    found = list(grouped(asked, room))
    assert [i for first, end in found for i in range(first, end)] == list(range(len(sizes)))
    for first, end in found:
        assert end - first <= 12
        assert sum(1 + size for size in sizes[first:end]) <= room


def test_names_are_marked_by_type() -> None:
    assert marks_of(4, [(0, 1, "Misc"), (2, 4, "Person")]) == (11, 0, 1, 2)


def test_what_is_too_long_is_an_error() -> None:
    with pytest.raises(ValueError, match="at most 512"):
        lay_questions([Sheet(Row(((7,),) * 600, (0,) * 600), (0,) * 600, ())])
