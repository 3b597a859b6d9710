"""What counts as a right fact between entities, told and found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.scoring.relations import annotated, judged, relation_names
from extractors.base import Extraction
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
NAMES = {"P27": "COUNTRY_OF_CITIZENSHIP", "P569": "DATE_OF_BIRTH"}
RELATIONS = frozenset(NAMES.values())
MARY, STATES, JOHN = (
    Entity.named("Mary Smith", "Person"),
    Entity.named("United States", "Location"),
    Entity.named("John", "Person"),
)


def extraction(facts: Sequence[Fact], *places: tuple[str, Entity]) -> Extraction:
    text = annotated(DOCUMENT, NAMES).document.text
    mentions = [
        Mention("d", "c", start, start + len(words), words, entity)
        for words, entity in places
        for start in [text.rindex(words)]
    ]
    return Extraction(tuple(mentions), tuple(facts))


def test_a_document_stands_as_in_print_with_its_pairs_apart() -> None:
    gold = annotated(DOCUMENT, NAMES)
    assert gold.document.text.endswith("in 1900. Smith's brother was John.")
    assert {(0, 1), (0, 3)} <= gold.near
    assert (3, 1) not in gold.near
    assert len(gold.facts) == 3


def test_ends_stand_for_the_entities_that_they_share_mentions_with() -> None:
    facts = [
        Fact(MARY, "COUNTRY_OF_CITIZENSHIP", STATES),
        Fact(MARY, "DATE_OF_BIRTH", Literal(1900, "gYear", text="1900")),
        Fact(JOHN, "COUNTRY_OF_CITIZENSHIP", STATES),
    ]
    places = [("Mary Smith", MARY), ("United States", STATES), ("John", JOHN)]
    found = judged(annotated(DOCUMENT, NAMES), extraction(facts, *places), RELATIONS)
    assert set(found) == annotated(DOCUMENT, NAMES).facts


def test_strangers_and_facts_that_are_not_asserted_are_no_hits() -> None:
    other = Entity.named("Berlin", "Location")
    facts = [
        Fact(MARY, "COUNTRY_OF_CITIZENSHIP", other),
        Fact(MARY, "LIVE_IN", STATES),
        Fact(JOHN, "COUNTRY_OF_CITIZENSHIP", STATES, modality=Modality.HEDGED),
    ]
    gold = annotated(DOCUMENT, NAMES)
    found = judged(gold, extraction(facts, ("Smith", MARY)), RELATIONS)
    assert found == [(0, "COUNTRY_OF_CITIZENSHIP", -1)]
    assert not gold.facts & set(found)


def test_relations_are_named_as_in_the_graph(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"P27": {"label": "country of citizenship"}}))
    assert relation_names(path) == {"P27": "COUNTRY_OF_CITIZENSHIP"}


@pytest.mark.parametrize("title", ["Mary Smith", ""])
def test_the_title_is_given_to_the_extractor(title: str) -> None:
    assert annotated({**DOCUMENT, "title": title}, NAMES).document.title == title
