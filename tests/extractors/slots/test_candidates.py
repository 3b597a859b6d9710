"""What an answer can be, and which of several answers fills a slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from extractors.slots import Slot, chosen, fact_of, may_answer
from extractors.slots.candidates import Source
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Literal
from kgkit.schema import Pattern
from tests.extractors.slots.worlds import IDA, source

AARHUS = Entity.named("Aarhus", "Location")
TEXT = "Ida Vale was born on 3 March 1921 in Aarhus. The lake there is 300 metres deep."


@dataclass
class Answer:
    """A span."""

    start: int
    end: int
    score: float = 0.9


def answered(at: Source, words: str, pattern: str, score: float = 0.9) -> Fact | None:
    slot = Slot(IDA, Pattern.parse(pattern), "?")
    start = at.passage.text.index(words)
    return fact_of(slot, at, Answer(start, start + len(words), score), "reader/1")


def test_a_name_that_is_mentioned_is_its_entity() -> None:
    fact = answered(
        source(TEXT, ("Ida Vale", IDA), ("Aarhus", AARHUS)), "Aarhus", "(Person)-[BORN_IN]->(City)"
    )
    assert fact is not None
    assert fact.tail == AARHUS
    (piece,) = fact.evidence
    assert isinstance(piece, TextEvidence)
    assert TEXT[piece.start : piece.end] == "Ida Vale was born on 3 March 1921 in Aarhus."


def test_other_words_are_a_new_entity() -> None:
    fact = answered(source(TEXT), "The lake", "(Person)-[LIKED]->(Lake)")
    assert fact is not None
    assert fact.tail == Entity.named("lake", "Lake")


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ("Ida Vale", "(Person)-[MARRIED]->(Person)"),  # nobody is their own
        ("Aarhus", "(Person)-[MARRIED]->(Person)"),  # a place is nobody
        ("lake there", "(Person)-[BORN_IN]->(City)"),  # no name
        ("in Aarhus. The lake", "(Person)-[LIKED]->(Lake)"),  # no one sentence says it
        ("Aarhus", "(Person)-[BORN_ON]->(date)"),
        ("3 March 1921 in Aarhus", "(Person)-[BORN_IN]->(City)"),  # more than the name
    ],
)
def test_what_no_value_can_be_is_left(words: str, pattern: str) -> None:
    assert answered(source(TEXT, ("Ida Vale", IDA), ("Aarhus", AARHUS)), words, pattern) is None


def test_values_are_typed() -> None:
    born = answered(source(TEXT), "3 March 1921", "(Person)-[BORN_ON]->(date)")
    assert born is not None
    assert born.tail == Literal(date(1921, 3, 3), "date", "3 March 1921")
    deep = answered(source(TEXT), "300 metres", "(Person)-[DEPTH]->(quantity)")
    assert deep is not None
    assert isinstance(deep.tail, Literal)
    assert (deep.tail.value, deep.tail.unit) == (300, "m")


def test_the_surest_answer_wins_and_rests_on_all_that_agree() -> None:
    slot = Slot(IDA, Pattern.parse("(Person)-[BORN_IN]->(City)"), "?")
    oslo = Entity.named("Oslo", "Location")
    first = source("Ida Vale was born in Aarhus.", ("Aarhus", AARHUS))
    second = source("Vale, born in Aarhus, sang.", ("Aarhus", AARHUS))
    third = source("Ida Vale came from Oslo.", ("Oslo", oslo))
    pattern = str(slot.pattern)
    found = [
        answered(first, "Aarhus", pattern, 0.7),
        answered(second, "Aarhus", pattern, 0.8),
        answered(third, "Oslo", pattern, 0.75),
    ]
    facts = [fact for fact in found if fact is not None]
    (best,) = chosen(slot, facts)
    assert best.tail == AARHUS
    assert [piece.score for piece in best.evidence] in ([0.7, 0.8], [0.8, 0.7])
    several = Slot(IDA, slot.pattern, "?", several=True)
    assert [f.tail for f in chosen(several, facts)] == [AARHUS, oslo]
    assert chosen(slot, facts) == chosen(slot, facts[::-1])


def test_a_passage_without_any_name_of_the_type_is_not_asked() -> None:
    slot = Slot(IDA, Pattern.parse("(Person)-[BORN_IN]->(City)"), "?")
    assert not may_answer(slot, source(TEXT, ("Ida Vale", IDA)))
    assert may_answer(slot, source(TEXT, ("Aarhus", AARHUS)))
    dated = Slot(IDA, Pattern.parse("(Person)-[BORN_ON]->(date)"), "?")
    assert may_answer(dated, source(TEXT))
    assert not may_answer(dated, source("Ida Vale sang."))
