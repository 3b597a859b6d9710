from __future__ import annotations

import pytest
from hypothesis import given, settings

from kgkit.errors import QueryError
from kgkit.schema import Schema
from reasoning.logic.checking import check
from reasoning.logic.forms import Program
from reasoning.logic.reading import parse
from reasoning.logic.run import run
from reasoning.logic.vocabulary import Vocabulary
from tests.reasoning.logic.films import FACTS, SOURCE
from tests.reasoning.logic.forms import PROGRAMS

_FILMS = Vocabulary.of_facts(FACTS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("retrieve(?d, DIRECTD, ?f)", "relation 'DIRECTD' is not known; did you mean DIRECTED?"),
        ("retrieve(?d:Persn, DIRECTED, ?f)", "type 'Persn' is not known; did you mean Person?"),
        ("retrieve(?d:Film, DIRECTED, ?f)", "facts of DIRECTED begin with Person, not Film"),
        ("retrieve(?d, DIRECTED, 1979)", "end in Film, not"),
        (
            "retrieve(?p, DIRECTED, ?f); retrieve(?f, DIRECTED, ?x)",
            "facts of DIRECTED begin with Person, not Film",
        ),
        ("retrieve(?x, ^DIRECTED, ?y:Film)", "end in Person, not Film"),
        ('filter(contains(?x, "a"))', "is not bound; what is bound: nothing"),
        ("retrieve(?p, BORN_ON, ?t); ?x = ?t + ?p", "holds Person; expected a number or a time"),
        ("retrieve(?p, BORN_ON, ?t); ?x = yer(?t)", "did you mean year"),
        ("retrieve(?p, BORN_ON, ?t); ?x = years(?t)", "has 1 arguments; it takes 2"),
        ("retrieve(?p, BORN_ON, ?t); ?x = years(?p, ?t)", "holds Person"),
        ("filter(1 + 2)", "expected true or false"),
        ("retrieve(?p, BORN_ON, ?t); ?n = sum(?p)", "holds Person"),
        ("retrieve(?p, BORN_ON, ?t); output(?x)", r"what is bound: \?p, \?t"),
        ("union { retrieve(?p, BORN_ON, ?t) } { retrieve(?p, DIRECTED, _) }; output(?t)", "bound"),
    ],
)
def test_what_cannot_be_right_is_said(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        check(parse(text), _FILMS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('retrieve("Ridley Scott", DIRECTED, ?f)', {"f": "Film"}),
        ("retrieve(?f, RELEASED_ON, ?t)", {"f": "Film", "t": "date or gYear"}),
        ("retrieve(?x, ^DIRECTED, ?y)", {"x": "Film", "y": "Person"}),
        ("retrieve(?x, ?r, ?y)", {"x": "any entity", "r": "string", "y": "anything"}),
        ("retrieve(?p, DIRECTED, ?f); ?n = count(?f) by ?p", {"p": "Person", "n": "decimal"}),
        ("retrieve(?p, LIVED_IN, ?c, valid_from = ?t); output(?t)", {"t": "anything"}),
        ("retrieve(?p, lived_in, _)", {"p": "Person"}),
    ],
)
def test_what_variables_hold(text: str, kinds: dict[str, str]) -> None:
    assert {name: str(kind) for name, kind in check(parse(text), _FILMS).items()} == kinds


def test_a_schema_is_a_vocabulary_too() -> None:
    schema = Schema.parse("(Person)-[DIRECTED]->(Film)\n(Film)-[RELEASED_ON]->(date)")
    vocabulary = Vocabulary.of_schema(schema)
    assert vocabulary.types == ("Film", "Person")
    check(parse("retrieve(?p, DIRECTED, ?f); retrieve(?f, RELEASED_ON, ?t)"), vocabulary)


@settings(max_examples=100, deadline=None)
@given(PROGRAMS)
def test_any_program_is_checked_and_run_or_refused_in_a_sentence(program: Program) -> None:
    for act in (lambda: check(program, _FILMS), lambda: run(program, SOURCE, timeout=5)):
        try:
            act()
        except QueryError as error:
            assert str(error).endswith((".", "?")) or "..." in str(error)  # noqa: PT017
