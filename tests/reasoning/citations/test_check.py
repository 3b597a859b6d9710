"""A citation holds when its sentence says the claim, and no other does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.facts import Entity, Literal, Polarity, Qualifier
from reasoning.citations import Fault, check
from tests.reasoning.citations.stories import (
    citation_of,
    claim,
    day,
    mention,
    person,
    place,
    story,
    thing,
    year,
)

ADA, BEN, CARA = person("Ada Brook"), person("Ben Stone"), person("Cara Lund")
LUMEN = Entity.named("Lumen Works", "Organization")
VALEPORT, NORLAND = place("Valeport"), place("Norland")
TIDE = thing("The Slow Tide")

HOLD = [
    (ADA, "FOUNDED", LUMEN, "Ada Brook founded Lumen Works in 1921."),
    (ADA, "FOUNDED", LUMEN, "Lumen Works was founded by Ada Brook."),
    (ADA, "FOUNDER_OF", LUMEN, "The founder of Lumen Works is Ada Brook."),
    (TIDE, "DIRECTED_BY", BEN, "The Slow Tide is a 1962 drama film directed by Ben Stone."),
    (BEN, "DIRECT", TIDE, "The Slow Tide is a 1962 drama film directed by Ben Stone."),
    (ADA, "BORN_IN", VALEPORT, "Ada Brook was born on 3 May 1890 in Valeport."),
    (ADA, "DATE_OF_BIRTH", day(1890, 5, 3), "Ada Brook was born on 3 May 1890 in Valeport."),
    (ADA, "BORN_ON", year(1890), "Ada Brook was born on May 3, 1890 in Valeport."),
    (VALEPORT, "CAPITAL_OF", NORLAND, "Valeport is the capital of Norland."),
    (ADA, "CHILD_OF", CARA, "Ada Brook was the daughter of Cara Lund."),
    (CARA, "PARENT_OF", ADA, "Ada Brook was the daughter of Cara Lund."),
    (ADA, "MARRIED_TO", BEN, "In 1912 Ben Stone married Ada Brook."),
    (ADA, "WORKS_FOR", LUMEN, "Lumen Works employs Ada Brook."),
    (LUMEN, "FOUNDED_ON", year(1921), "Lumen Works was established in 1921."),
]
FAIL: list[tuple[Entity, str, Entity | Literal, str, set[Fault]]] = [
    (ADA, "FOUNDED", LUMEN, "Ada Brook did not found Lumen Works.", {"denied"}),
    (ADA, "FOUNDED", LUMEN, "Ada Brook never founded Lumen Works.", {"denied"}),
    (ADA, "FOUNDED", LUMEN, "Lumen Works was not founded by Ada Brook.", {"denied"}),
    (
        ADA,
        "FOUNDED",
        LUMEN,
        "It is not true that Ada Brook founded Lumen Works.",
        {"denied", "hedged"},
    ),
    (ADA, "FOUNDED", LUMEN, "Ada Brook denied that she founded Lumen Works.", {"denied", "hedged"}),
    (ADA, "FOUNDED", LUMEN, "Ada Brook may have founded Lumen Works.", {"hedged"}),
    (ADA, "FOUNDED", LUMEN, "Ada Brook allegedly founded Lumen Works.", {"hedged"}),
    (ADA, "FOUNDED", LUMEN, "Did Ada Brook found Lumen Works?", {"hedged"}),
    (ADA, "FOUNDED", LUMEN, "Ada Brook sued Lumen Works in 1921.", {"relation"}),
    (ADA, "BORN_IN", VALEPORT, "Ada Brook died in Valeport.", {"relation"}),
    (BEN, "WRITE", TIDE, "The Slow Tide is a drama film directed by Ben Stone.", {"relation"}),
    (LUMEN, "FOUNDED", ADA, "Ada Brook founded Lumen Works.", {"roles", "relation"}),
    (CARA, "CHILD_OF", ADA, "Ada Brook was the daughter of Cara Lund.", {"roles", "relation"}),
    (NORLAND, "CAPITAL_OF", VALEPORT, "Valeport is the capital of Norland.", {"roles"}),
    (
        BEN,
        "FOUNDED",
        LUMEN,
        "Ada Brook founded Lumen Works, and Ben Stone moved to Norland.",
        {"relation"},
    ),
    (ADA, "FOUNDED", LUMEN, "Ada Brook moved to Valeport.", {"names"}),
    (ADA, "BORN_ON", day(1890, 5, 4), "Ada Brook was born on 3 May 1890.", {"value"}),
    (ADA, "BORN_ON", day(1890, 5, 3), "Ada Brook was born in 1890.", {"value"}),
]


@pytest.mark.parametrize(("head", "relation", "tail", "text"), HOLD)
def test_a_sentence_that_says_it_holds(
    head: Entity, relation: str, tail: Entity | Literal, text: str
) -> None:
    document = story(text)
    verdict = check(claim(head, relation, tail), citation_of(document), document)
    assert verdict.held, verdict
    assert verdict.fault == ""


@pytest.mark.parametrize(("head", "relation", "tail", "text", "faults"), FAIL)
def test_a_sentence_that_does_not_say_it_fails(
    head: Entity, relation: str, tail: Entity | Literal, text: str, faults: set[Fault]
) -> None:
    document = story(text)
    verdict = check(claim(head, relation, tail), citation_of(document), document)
    assert not verdict.held, verdict
    assert verdict.fault in faults, verdict
    assert verdict.reason


def test_a_denial_is_cited_by_a_sentence_that_denies() -> None:
    denied = claim(ADA, "FOUNDED", LUMEN, polarity=Polarity.NEGATIVE)
    document = story("Ada Brook did not found Lumen Works. Ada Brook founded Lumen Works.")
    assert check(denied, citation_of(document), document).held
    assert check(denied, citation_of(document, 1), document).fault == "denied"


def test_a_pronoun_counts_by_its_mention() -> None:
    document = story("Ada Brook came to Valeport. She founded Lumen Works there.")
    founded = claim(ADA, "FOUNDED", LUMEN)
    assert check(founded, citation_of(document, 1), document).fault == "names"
    she = mention(document, "She", ADA)
    assert check(founded, citation_of(document, 1), document, [she]).held


def test_a_pronoun_counts_for_what_the_document_is_about() -> None:
    document = story("She founded Lumen Works.", title="Ada Brook")
    assert check(claim(ADA, "FOUNDED", LUMEN), citation_of(document), document).held
    other = mention(document, "She", CARA)
    verdict = check(claim(ADA, "FOUNDED", LUMEN), citation_of(document), document, [other])
    assert verdict.fault == "names"


def test_qualifiers_are_looked_for() -> None:
    document = story("Ada Brook founded Lumen Works in 1921.")
    right = claim(ADA, "FOUNDED", LUMEN, qualifiers=(Qualifier("time", year(1921)),))
    wrong = claim(ADA, "FOUNDED", LUMEN, qualifiers=(Qualifier("time", year(1922)),))
    assert check(right, citation_of(document), document).held
    assert check(wrong, citation_of(document), document).fault == "value"


@settings(max_examples=40, deadline=None)
@given(st.integers(-60, 120), st.integers(-60, 120))
def test_a_moved_span_fails(start: int, end: int) -> None:
    document = story("Cara Lund sailed. Ada Brook founded Lumen Works. Ben Stone stayed there.")
    right = citation_of(document, 1)
    moved = replace(right, start=start, end=end)
    verdict = check(claim(ADA, "FOUNDED", LUMEN), moved, document)
    if (start, end) != (right.start, right.end):
        assert verdict.fault == "span"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 80), st.integers(0, 80))
def test_a_quote_of_other_words_fails(start: int, end: int) -> None:
    document = story("Cara Lund sailed. Ada Brook founded Lumen Works. Ben Stone stayed there.")
    right = citation_of(document, 1)
    quote = document.text[start:end]
    cut = replace(right, start=start, end=end, quote=quote)
    verdict = check(claim(ADA, "FOUNDED", LUMEN), cut, document)
    assert verdict.held <= (right.quote in quote)


def test_the_same_claim_gets_the_same_verdict() -> None:
    document = story("Ada Brook set Lumen Works going with money of her aunt's.")
    founded = claim(ADA, "FOUNDED", LUMEN)
    one = check(founded, citation_of(document), document)
    assert one == check(founded, citation_of(document), document)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20), st.sampled_from(["", "R", "OF_BY", "A" * 70]))
def test_any_text_gets_a_verdict(text: str, name: str, relation: str) -> None:
    document = story(f"{name} {text}".strip() or "x")
    bounds = (0, len(document.text))
    citation = replace(citation_of(story("x")), start=0, end=bounds[1], quote=document.text)
    verdict = check(claim(thing(name or "x"), relation, ADA), citation, document)
    assert 0.0 <= verdict.score <= 1.0
