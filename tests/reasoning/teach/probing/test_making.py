"""Probes ask for what the graph says, in wordings that no text has."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from extractors.entigraph.synthesising import synthesise
from extractors.entigraph.view import GraphView
from extractors.worlds.bios import BiosWorld
from extractors.worlds.bios.telling import said
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact, Literal, Polarity
from reasoning.teach.probing.making import chain_probes, fact_probes
from reasoning.teach.probing.open_book import look_up
from reasoning.teach.probing.probe import Probe
from reasoning.teach.probing.wording import head_question, tail_questions

ADA, BO = Entity.named("Ada", "Person"), Entity.named("Bo", "Person")
ROME, ITALY = Entity.named("Rome", "City"), Entity.named("Italy", "Country")
FACTS = [
    Fact(ADA, "LIKES", ROME),
    Fact(ADA, "LIKES", ITALY),
    Fact(BO, "LIVES_AT", ROME),
    Fact(ROME, "PART_OF", ITALY),
    Fact(BO, "AGED", Literal(40, "integer")),
    Fact(BO, "LIKES", ITALY, polarity=Polarity.NEGATIVE),
]


def test_every_head_and_relation_is_asked_once_with_all_answers() -> None:
    probes = fact_probes(FACTS)
    assert [(p.relation, p.answers) for p in probes] == [
        ("LIKES", ("Rome", "Italy")),
        ("LIVES_AT", ("Rome",)),
        ("PART_OF", ("Italy",)),
        ("AGED", ("40",)),
    ]
    assert probes[0].candidates == ("Italy", "Rome")
    assert "Ada" in probes[0].question
    assert probes[0].question in probes[0].prompt


def test_chains_go_over_two_facts_with_one_tail_each() -> None:
    (probe,) = chain_probes(FACTS)
    assert probe.answers == ("Italy",)
    assert "Bo" in probe.question
    assert probe.facts == (FACTS[2].id, FACTS[3].id)
    assert chain_probes(FACTS, most=0) == []


def test_candidates_without_the_right_answer_are_refused() -> None:
    with pytest.raises(InputError, match="no candidate; add it"):
        fact_probes(FACTS, candidates={"LIVES_AT": ["Oslo"]})


def test_no_generated_text_has_a_wording_of_a_probe() -> None:
    world = BiosWorld.make(3, people=30)
    corpus = synthesise(GraphView.of(world.facts), tokens=30_000)
    names = sorted(
        {f.head.name for f in world.facts} | {said(f.tail) for f in world.facts}, key=len
    )
    whole = "\n".join([*(t.text for t in corpus), *(d.text for d in world.documents)])
    for name in reversed(names):
        whole = whole.replace(name, "_")
    forms = {form for fact in world.facts for form in tail_questions(fact.relation)}
    forms |= {head_question(fact.relation) for fact in world.facts}
    for form in forms:
        blank = form.replace("{h's}", "_'s").replace("{h}", "_").replace("{t}", "_")
        assert blank not in whole


@dataclass(frozen=True)
class Found:
    text: str


def test_an_open_book_is_read_for_the_value_that_it_names() -> None:
    probe = fact_probes(FACTS)[1]
    other = replace(probe, candidates=("Rome", "New Rome"))
    assert look_up(lambda question: "Bo lives in Rome.", [probe])[0].right
    assert look_up(lambda question: Found("in ROME"), [probe])[0].right
    assert not look_up(lambda question: "New Rome it is", [other])[0].right
    assert not look_up(lambda question: "I do not know.", [probe])[0].right
    with pytest.raises(InputError, match="has no question"):
        look_up(lambda question: "x", [Probe("a", ("b",))])
    with pytest.raises(InputError, match="expected a text"):
        look_up(lambda question: 3, [probe])
