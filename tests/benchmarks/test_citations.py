"""Planted citations are drawn in equal parts and counted by kind; annotated pages are read."""

from __future__ import annotations

from random import Random

from benchmarks.citations import chosen, figures
from benchmarks.scoring.citations_pages import page_of
from extractors.worlds import World
from kgkit.facts import Entity
from reasoning.citations.train import plant
from reasoning.citations.train.negating import FORMS
from reasoning.citations.train.worlds import BESIDE, SYMMETRIC, mentions_of, stated_in

RECORD = {
    "title": "Ada Brook",
    "sents": [
        ["Ada", "Brook", "founded", "Lumen", "Works", "."],
        ["She", "died", "in", "Valeport", "."],
    ],
    "vertexSet": [
        [{"name": "Ada Brook", "sent_id": 0, "pos": [0, 2], "type": "PER"}],
        [{"name": "Lumen Works", "sent_id": 0, "pos": [3, 5], "type": "ORG"}],
        [{"name": "Valeport", "sent_id": 1, "pos": [3, 4], "type": "LOC"}],
    ],
    "labels": [
        {"h": 1, "t": 0, "r": "P112", "evidence": [0]},
        {"h": 0, "t": 2, "r": "P20", "evidence": [0, 1]},
    ],
}
LABELS = {"P112": {"label": "founded by"}, "P20": {"label": "place of death"}}


def test_kinds_are_drawn_in_equal_parts_and_counted() -> None:
    world = World.make(23, people=5, templates="held_out")
    stated = stated_in(world)[:12]
    rng = Random(0)
    planted = plant(
        stated, mentions_of(world), BESIDE["held_out"], rng, FORMS["held_out"], SYMMETRIC
    )
    cases = chosen(list(planted), 8, 0)
    kinds = [case.kind for case in cases]
    assert kinds.count("good") == 4
    assert kinds.count("roles") == kinds.count("relation") == kinds.count("span") == 2
    found = figures(cases)
    assert found["good"] == 4
    assert found["refused_span"] == 100.0
    assert 0.0 <= found["refused_bad"] <= 100.0


def test_annotated_sentences_that_state_a_fact_alone() -> None:
    page = page_of(0, RECORD, LABELS)
    assert page.document.text == "Ada Brook founded Lumen Works. She died in Valeport."
    ((fact, span),) = page.stated
    assert (fact.head.name, fact.relation) == ("Lumen Works", "FOUNDED_BY")
    assert isinstance(fact.tail, Entity)
    assert page.document.text[span[0] : span[1]] == "Ada Brook founded Lumen Works."
    assert len(page.true) == 2
    assert all(page.document.text[m.start : m.end] == m.text for m in page.mentions)
