from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import QueryError
from reasoning.logic.forms import Combine, Link, Path, Program, Retrieve, Term
from reasoning.logic.reading import parse
from tests.reasoning.logic.forms import PROGRAMS


@settings(max_examples=150, deadline=None)
@given(PROGRAMS)
def test_a_program_is_read_as_it_is_written(program: Program) -> None:
    assert parse(str(program)) == program


@settings(max_examples=150, deadline=None)
@given(st.text('?xy:|"`(),;{}[]<>=+-*/^_#abc 019\n', max_size=60))
def test_any_text_is_a_program_or_a_query_error(text: str) -> None:
    with suppress(QueryError):
        parse(text)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_broken_program_is_a_query_error(data: st.DataObject) -> None:
    text = 'retrieve(?f:Film "Alien", RELEASED_ON, ?t, at 1990); ?y = years(?t, 2000-01-01) * 2'
    place = data.draw(st.integers(0, len(text)))
    other = data.draw(st.characters() | st.sampled_from(list('"`({?')))
    with suppress(QueryError):
        parse(text[:place] + other + text[place + data.draw(st.integers(0, 3)) :])


def test_blanks_lines_and_comments_do_not_matter() -> None:
    text = 'retrieve ( ?x ,\n A , "b" ) # what\n;; filter(?x = "b")'.replace(";;", ";")
    assert parse(text) == parse('retrieve(?x, A, "b"); filter(?x = "b")')


def test_one_block_is_taken_from_the_table() -> None:
    program = parse("except { retrieve(?x, A, _) }")
    assert program.steps == (
        Combine("except", None, Program((Retrieve(Term("x"), Path((Link("A"),)), Term()),))),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("retrieve(?x, A)", r"line 1:15 .*found '\)', expected ','"),
        ("retrive(?x, A, ?y)", "line 1:1 .*found 'retrive"),
        ("filter(?x <", "at the end .*found nothing, expected"),
        ("limit(-1)", "keeps fewer than no rows"),
        ("retrieve(?x, A, 1990-02-30)", "no such day"),
        ('retrieve(?x, A, "\\q")', "is no text"),
        ("(" * 60, "60 levels of brackets"),
        ("?x = " + "9" * 5000, "too many digits"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse(text)


def test_nothing_is_an_empty_program() -> None:
    assert parse(" \n# nothing\n") == Program()
