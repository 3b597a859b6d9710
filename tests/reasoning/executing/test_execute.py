"""Running plans: facts first, texts second, the chain decides."""

from __future__ import annotations

from datetime import date

import pytest

from kgkit.facts import Entity, Literal, Polarity, Qualifier
from reasoning.executing.budget import Budget
from reasoning.executing.execute import execute
from reasoning.executing.making import READ_BY
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Condition
from reasoning.logic.source import MemoryFacts
from reasoning.logic.times import time_of
from reasoning.planning.plan import plan_of
from tests.reasoning.answers.small import Small, person, place, thing
from tests.reasoning.executing.graphs import SetReader, finder_of, names, ran

ADA, BEN, CARL = (person(n) for n in ("Ada Brook", "Ben Brook", "Carl Stone"))
TIDE, SALT = thing("Tide"), thing("Salt")
VALEPORT, LISBON = place("Valeport"), place("Lisbon")


@pytest.fixture
def films() -> Small:
    graph = Small()
    tide = graph.add("Tide", "Tide is a film. Ada Brook directed Tide.", ADA, TIDE)
    graph.fact(tide, "Ada Brook directed Tide", ADA, "DIRECT", TIDE)
    salt = graph.add("Salt", "Salt is a film that was directed by Carl Stone.", CARL, SALT)
    graph.fact(salt, "Salt is a film that was directed by Carl Stone", CARL, "DIRECT", SALT)
    for who, day, year in ((ADA, 2, 1901), (CARL, 3, 1890)):
        clause = f"{who.name} was born on {day} May {year}"
        life = graph.add(who.name, f"{clause} in Valeport.", who, VALEPORT)
        born = Literal(date(year, 5, day), "date", f"{day} May {year}")
        graph.fact(life, clause, who, "BORN_ON", born)
    return graph


def test_two_steps_over_facts(films: Small) -> None:
    outcome = ran(
        finder_of(films),
        'retrieve("Tide", director, ?who); retrieve(?who, `born on`, ?when); output(?when)',
        "Who is the director of Tide?",
        "When was {who} born?",
    )
    assert names(outcome) == ["2 May 1901"]
    assert [fact.relation for fact in outcome.table.rows[0].facts] == ["DIRECT", "BORN_ON"]
    assert 0.5 < outcome.score <= 1
    assert outcome.failure is None


def test_a_text_gives_what_no_fact_does(films: Small) -> None:
    reader = SetReader({"Where was Ada Brook born?": ("Valeport", 0.8)})
    outcome = ran(
        finder_of(films, reader),
        'retrieve("Tide", director, ?who); retrieve(?who, `born in`, ?where); output(?where)',
        "Who is the director of Tide?",
        "Where was {who} born?",
    )
    assert names(outcome)[0] == "Valeport"
    last = outcome.table.rows[0].facts[-1]
    assert [getattr(piece, "extractor", "") for piece in last.evidence] == [READ_BY]
    piece = last.evidence[0]
    document = next(d for d in films.documents if d.title == "Ada Brook")
    assert document.text[piece.start : piece.end] == "Valeport"  # type: ignore[union-attr]


def test_fact_and_text_together_are_surer_than_either(films: Small) -> None:
    program, ask = 'retrieve("Salt", director, ?who); output(?who)', "Who directed Salt?"
    alone = ran(finder_of(films), program, ask)
    both = ran(finder_of(films, SetReader({ask: ("Carl Stone", 0.6)})), program, ask)
    assert names(alone) == names(both)[:1] == ["Carl Stone"]
    assert both.score >= alone.score


def test_a_later_step_overturns_an_earlier_one() -> None:
    graph = Small()
    abel = person("Abel Lind")
    text = "Abel Lind directed Tide with Ada Brook, who directed Tide later."
    tide = graph.add("Tide", text, TIDE, ADA, abel)
    graph.fact(tide, "Abel Lind directed Tide", abel, "DIRECT", TIDE)
    graph.fact(tide, "Ada Brook, who directed Tide later", ADA, "DIRECT", TIDE)
    life = graph.add("Ada Brook", "Ada Brook was born in Valeport.", ADA, VALEPORT)
    graph.fact(life, "Ada Brook was born in Valeport", ADA, "BORN_IN", VALEPORT)
    graph.add("Abel Lind", "Abel Lind likes tea.", abel)
    first = 'retrieve("Tide", director, ?who); '
    outcome = ran(finder_of(graph), f"{first}output(?who)", "Who directed Tide?")
    assert sorted(names(outcome)) == ["Abel Lind", "Ada Brook"]
    chain = f"{first}retrieve(?who, `born in`, ?where); output(?where)"
    outcome = ran(finder_of(graph), chain, "Who directed Tide?", "Where was {who} born?")
    assert names(outcome)[0] == "Valeport"


@pytest.mark.parametrize(("function", "film"), [("argmin", "Salt"), ("argmax", "Tide")])
def test_comparison_of_two_chains(films: Small, function: str, film: str) -> None:
    outcome = ran(
        finder_of(films),
        f'retrieve(?film "Tide"|"Salt", director, ?who); retrieve(?who, `born on`, ?when); '
        f"{function}(?when); output(?film)",
        "Who is the director of {film}?",
        "When was {who} born?",
        kind="thing",
    )
    assert names(outcome) == [film]
    assert {fact.relation for fact in outcome.beside} == {"DIRECT", "BORN_ON"}
    assert len(outcome.beside) == 4


def test_a_comparison_that_lacks_a_side_is_trusted_less(films: Small) -> None:
    program = (
        'retrieve(?who "Ada Brook"|"Otto Lind", `born on`, ?when); argmin(?when); output(?who)'
    )
    whole = program.replace("Otto Lind", "Carl Stone")
    lacking = ran(finder_of(films), program, "When was {who} born?")
    assert lacking.score < 0.5 * ran(finder_of(films), whole, "When was {who} born?").score


def test_same_country_by_name_and_people() -> None:
    graph = Small()
    graph.add("Tide", "Tide is a 1931 Norwegian film.", TIDE)
    graph.add("Salt", "Salt is a film from Norway.", SALT)
    asks = ("Which country is Tide from?", "Which country is Salt from?")
    reader = SetReader({asks[0]: ("Norwegian", 0.7), asks[1]: ("Norway", 0.7)})
    program = (
        'retrieve("Tide", country, ?a); retrieve("Salt", country, ?b); filter(?a = ?b); '
        "?same = exists(?a); output(?same)"
    )
    outcome = ran(finder_of(graph, reader), program, *asks, kind="yesno")
    assert [cell.value for cell in outcome.table.rows[0].cells] == [True]  # type: ignore[union-attr]


def test_counting_takes_all_values() -> None:
    graph = Small()
    text = "Ada Brook and Ben Brook are children of Carl Stone."
    document = graph.add("Carl Stone", text, ADA, BEN, CARL)
    for child in (ADA, BEN):
        graph.fact(document, text.rstrip("."), child, "CHILD_OF", CARL)
    program = 'retrieve("Carl Stone", children, ?who); ?n = count(?who); output(?n)'
    outcome = ran(finder_of(graph), program, "Who are the children of Carl Stone?")
    assert names(outcome) == ["2"]


def test_the_graphs_own_relation_is_followed_exactly(films: Small) -> None:
    finder = finder_of(films, SetReader(), source=MemoryFacts(films.facts))
    outcome = ran(finder, 'retrieve(?film, ^DIRECT, "Ada Brook"); output(?film)')
    assert names(outcome) == ["Tide"]
    backwards = ran(finder, 'retrieve("Ada Brook", DIRECT, ?film); output(?film)')
    assert names(backwards) == ["Tide"]


def test_validity_in_time() -> None:
    graph = Small()
    text = "Ada Brook led Salt until 1980. Ben Brook led Salt from 1981."
    document = graph.add("Salt", text, ADA, BEN, SALT)
    until = Qualifier("valid_to", Literal(1980, "gYear", "1980"))
    since = Qualifier("valid_from", Literal(1981, "gYear", "1981"))
    graph.fact(document, "Ada Brook led Salt until 1980", ADA, "LEAD", SALT, qualifiers=(until,))
    graph.fact(document, "Ben Brook led Salt from 1981", BEN, "LEAD", SALT, qualifiers=(since,))
    plan = plan_of("Who led Salt?", 'retrieve(?who:Person, led, "Salt"); output(?who)')
    for year, leader in ((1975, "Ada Brook"), (1990, "Ben Brook")):
        time = time_of(year)
        assert time is not None
        at = Condition("at", "=", Constant(time))
        assert names(execute(plan, finder_of(graph), conditions=(at,))) == [leader]


def test_a_step_without_a_value_is_a_failure(films: Small) -> None:
    outcome = ran(finder_of(films), 'retrieve("Tide", composer, ?who); output(?who)', "")
    assert outcome.failure is not None
    assert outcome.failure.step.startswith('retrieve("Tide", composer')
    assert outcome.failure.reason
    assert not len(outcome.table)
    assert outcome.score == 0.0


def test_denied_facts_are_not_followed() -> None:
    graph = Small()
    document = graph.add("Ada Brook", "Ada Brook did not direct Tide.", ADA, TIDE)
    clause = "Ada Brook did not direct Tide"
    graph.fact(document, clause, ADA, "DIRECT", TIDE, polarity=Polarity.NEGATIVE)
    reader = SetReader({"Who directed Tide?": ("Ada Brook", 0.9)})
    outcome = ran(
        finder_of(graph, reader),
        'retrieve("Tide", director, ?who); output(?who)',
        "Who directed Tide?",
    )
    assert outcome.failure is not None


def test_budget_of_texts_is_kept(films: Small) -> None:
    reader = SetReader()
    finder = finder_of(films, reader, budget=Budget(texts=1))
    chain = 'retrieve("Tide", composer, ?who); output(?who)'
    ran(finder, chain, "Who composed Tide?")
    ran(finder, chain.replace("Tide", "Salt"), "Who composed Salt?")
    assert len(reader.asked) == 1


def test_set_operations(films: Small) -> None:
    program = (
        'union { retrieve("Tide", director, ?who) } { retrieve("Salt", director, ?who) }; '
        "output(?who)"
    )
    asks = ("Who is the director of Tide?", "Who is the director of Salt?")
    assert sorted(names(ran(finder_of(films), program, *asks))) == ["Ada Brook", "Carl Stone"]


def test_same_input_same_outcome(films: Small) -> None:
    program = 'retrieve("Tide", director, ?who); output(?who)'
    first, second = (ran(finder_of(films), program, "Who directed Tide?") for _ in range(2))
    assert first.table.rows == second.table.rows
    assert isinstance(first.table.rows[0].cells[0], Entity)
