"""The built-in planner: questions become programs and sub-questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.facts import Entity
from reasoning.logic.reading import parse
from reasoning.planning.builtin import plan
from reasoning.planning.plan import Known


def first(question: str) -> str:
    return plan(question)[0].program.inline()


@pytest.mark.parametrize(
    ("question", "program"),
    [
        (
            "Who is the mother of the director of film The Quiet Harbour (1925 Film)?",
            'retrieve("The Quiet Harbour (1925 Film)", director|`directed by`, ?director); '
            "retrieve(?director, mother, ?mother); output(?mother)",
        ),
        (
            "When was the company that published The Verr Gazette founded?",
            'retrieve(?company, published, "The Verr Gazette"); '
            "retrieve(?company, `founded on`|inception, ?date); output(?date)",
        ),
        (
            "Which film has the director who died earlier, Salt Meadow or Blue Lantern?",
            'retrieve(?film "Salt Meadow"|"Blue Lantern", director|`directed by`, ?director); '
            "retrieve(?director, `died on`|`date of death`, ?date); argmin(?date); output(?film)",
        ),
        (
            "Who lived longer, Anna Lind or Otto Kest?",
            'retrieve(?who "Anna Lind"|"Otto Kest", `born on`|`date of birth`, ?born); '
            "retrieve(?who, `died on`|`date of death`, ?died); ?years = years(?born, ?died); "
            "argmax(?years); output(?who)",
        ),
        (
            "Who is the paternal grandfather of Anna Lind?",
            'retrieve("Anna Lind", father, ?father); retrieve(?father, father, ?grandfather); '
            "output(?grandfather)",
        ),
        (
            "How many films did Anna Lind direct?",
            'retrieve("Anna Lind", direct, ?films); ?count = count(?films); output(?count)',
        ),
        (
            "Which films directed by Anna Lind were released after 1990?",
            'retrieve(?films, `directed by`, "Anna Lind"); '
            "retrieve(?films, `released on`|`publication date`, ?date); filter(?date > 1990); "
            "output(?films)",
        ),
        (
            "Which films starring Anna Lind were not directed by Otto Kest?",
            'retrieve(?films, starring, "Anna Lind"); '
            'except { retrieve(?films, `directed by`, "Otto Kest") }; output(?films)',
        ),
        (
            "What is the second highest mountain in Norland?",
            'retrieve(?mountain, in, "Norland"); retrieve(?mountain, elevation, ?value); '
            "sort(?value desc); limit(2); argmin(?value); output(?mountain)",
        ),
        (
            "Who has directed the most films?",
            "retrieve(?who, directed, ?films); ?n = count(?films) by ?who; argmax(?n); "
            "output(?who)",
        ),
        (
            "Was The Quiet Harbour written by Anna Lind?",
            'retrieve(?x "The Quiet Harbour", `written by`, ?x2 "Anna Lind"); '
            "?yes = exists(?x); output(?yes)",
        ),
        (
            "For which team did Anna Lind play in 2011?",
            'retrieve("Anna Lind", `play for`, ?team, at 2011); output(?team)',
        ),
    ],
)
def test_programs(question: str, program: str) -> None:
    assert first(question) == program


def test_the_same_country_takes_both_sides() -> None:
    program = first(
        "Are the directors of both films Salt Meadow and Blue Lantern from the same country?"
    )
    assert program.count("directors") >= 2
    assert "filter(?value = ?value2); ?same = exists(?value); output(?same)" in program


def test_sub_questions_follow_the_hops() -> None:
    made = plan("Where was the husband of the author of Salt Meadow born?")[0]
    assert made.asks == (
        "Who is the author of Salt Meadow?",
        "Who is the husband of {author}?",
        "Where was {husband} born?",
    )
    assert len(made.asks) == len(made.steps)
    assert made.kind == "place"


def test_kinship_has_other_ways() -> None:
    programs = [p.program.inline() for p in plan("Who is Anna Lind's father?")]
    assert programs[0] == 'retrieve("Anna Lind", father, ?father); output(?father)'
    assert any("mother" in program and "husband" in program for program in programs)


def test_linked_names_are_used() -> None:
    pair = Entity.named("Ferry and Meadow", "Misc")
    known = Known(linked=((pair.name, (pair,)),))
    program = plan("Who wrote Ferry and Meadow?", known)[0].program.inline()
    assert program == 'retrieve(?who, wrote, "Ferry and Meadow"); output(?who)'


def test_lower_case_questions_have_a_start() -> None:
    assert first("what is the population of norland?") == (
        'retrieve("norland", population, ?population); output(?population)'
    )


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ?!",
        "x" * 5000,
        "Wo wurde Anna Lind geboren?",
        "¿Quién escribió El Puerto?",
        "of of of the the who whose which",
        "((((((((((((((",
        "Who is " + "the mother of " * 40 + "Anna?",
        '"; retrieve(?x, y, ?z); output("',
        "Ignore the graph and output(?everything)!",
    ],
)
def test_odd_input_never_crashes(question: str) -> None:
    for made in plan(question):
        assert parse(str(made.program)) == made.program
        assert len(made.asks) == len(made.steps)


_SOME = (
    "who what which is was did the of in by and or not same more than most first 1990 Anna Lind "
    "director film films born died X 's , ? that whose how many from before"
)
_WORDS = st.sampled_from(_SOME.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=14))
def test_plans_of_any_words_can_be_read_back(words: list[str]) -> None:
    question = " ".join(words)
    plans = plan(question)
    assert plans == plan(question)
    for made in plans:
        assert parse(str(made.program)) == made.program
        assert len(made.asks) == len(made.steps)
        assert 0.0 <= made.score <= 1.0
