"""What counts as a right fact between entities, told and found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.base import Extraction
from extractors.mini.relations.names import Property
from extractors.mini.train.relations_judging import annotated, judged, known_names
from kgkit.facts import Entity, Fact, Literal, Mention, Modality

DOCUMENT = {
    "title": "Mary Smith",
    "sents": [
        ["Mary", "Smith", "was", "born", "in", "the", "United", "States", "in", "1900", "."],
        ["Smith", "'s", "brother", "was", "John", "."],
    ],
    "vertexSet": [
        [
            {"type": "PER", "pos": [0, 2], "sent_id": 0},
            {"type": "PER", "pos": [0, 1], "sent_id": 1},
        ],
        [{"type": "LOC", "pos": [5, 8], "sent_id": 0}],
        [{"type": "TIME", "pos": [9, 10], "sent_id": 0}],
        [{"type": "PER", "pos": [4, 5], "sent_id": 1}],
    ],
    "labels": [
        {"h": 0, "t": 1, "r": "P27", "evidence": [0]},
        {"h": 0, "t": 2, "r": "P569", "evidence": []},
        {"h": 3, "t": 1, "r": "P27", "evidence": []},
    ],
}
NAMES = {
    "CITIZEN_OF": Property("CITIZEN_OF"),
    "BORN_ON": Property("BORN_ON"),
    "COUNTRY_OF_CITIZENSHIP": Property("CITIZEN_OF"),
    "HAS_CITIZEN": Property("CITIZEN_OF", turned=True),
}
MARY, STATES, JOHN = (
    Entity.named("Mary Smith", "Person"),
    Entity.named("United States", "Location"),
    Entity.named("John", "Person"),
)


def extraction(facts: Sequence[Fact], *places: tuple[str, Entity]) -> Extraction:
    text = annotated(DOCUMENT).document.text
    mentions = [
        Mention("d", "c", start, start + len(words), words, entity)
        for words, entity in places
        for start in [text.rindex(words)]
    ]
    return Extraction(tuple(mentions), tuple(facts))


def test_a_document_stands_as_in_print_with_its_pairs_apart() -> None:
    gold = annotated(DOCUMENT)
    assert gold.document.text.endswith("in 1900. Smith's brother was John.")
    assert {(0, 1), (0, 3)} <= gold.near
    assert (3, 1) not in gold.near
    assert len(gold.facts) == 3


def test_ends_stand_for_the_entities_that_they_share_mentions_with() -> None:
    facts = [
        Fact(MARY, "COUNTRY_OF_CITIZENSHIP", STATES),
        Fact(MARY, "BORN_ON", Literal(1900, "gYear", text="1900")),
        Fact(STATES, "HAS_CITIZEN", JOHN),
    ]
    places = [("Mary Smith", MARY), ("United States", STATES), ("John", JOHN)]
    found = judged(annotated(DOCUMENT), extraction(facts, *places), NAMES)
    assert {triple for _, triple in found} == annotated(DOCUMENT).facts


def test_strangers_and_facts_that_are_not_asserted_are_no_hits() -> None:
    other = Entity.named("Berlin", "Location")
    facts = [
        Fact(MARY, "CITIZEN_OF", other),
        Fact(MARY, "LIVE_IN", STATES),
        Fact(JOHN, "CITIZEN_OF", STATES, modality=Modality.HEDGED),
    ]
    gold = annotated(DOCUMENT)
    found = judged(gold, extraction(facts, ("Smith", MARY)), NAMES)
    assert found == [(facts[0], (0, "CITIZEN_OF", -1))]
    assert found[0][1] not in gold.facts


def test_relations_are_named_as_in_the_graph(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"P57": {"label": "director"}}))
    names = known_names(path)
    assert names["DIRECTOR"] == Property("DIRECT", turned=True)
    assert names["DIRECT"] == Property("DIRECT")


@pytest.mark.parametrize("title", ["Mary Smith", ""])
def test_the_title_is_given_to_the_extractor(title: str) -> None:
    assert annotated({**DOCUMENT, "title": title}).document.title == title
