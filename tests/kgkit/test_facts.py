"""Facts, entities and literals are values: what they say decides their ids."""

from __future__ import annotations

import dataclasses
import pickle
from datetime import date

import pytest

from kgkit.evidence import PersonEvidence, TextEvidence
from kgkit.facts import (
    Chunk,
    Document,
    Entity,
    Fact,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
)

CURIE = Entity.named("Marie Curie", "Person")
RADIUM = Entity.named("Radium", "Concept")
FACT = Fact(CURIE, "DISCOVERED", RADIUM, predicate="discovered")


def test_values_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        FACT.relation = "LOST"  # type: ignore[misc]


def test_values_can_be_sent_to_another_process() -> None:
    fact = FACT.with_evidence(TextEvidence("d", "c", 0, 5, "mini"))
    assert pickle.loads(pickle.dumps(fact)) == fact


@pytest.mark.parametrize(
    "same",
    [
        dataclasses.replace(FACT, predicate="found"),
        FACT.with_evidence(PersonEvidence("Ada")),
        dataclasses.replace(FACT, head=Entity.named("MARIE CURIE", "Person", ("Madame Curie",))),
    ],
)
def test_id_leaves_out_wording_and_evidence(same: Fact) -> None:
    assert same.id == FACT.id


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(FACT, relation="NAMED"),
        dataclasses.replace(FACT, head=RADIUM, tail=CURIE),
        dataclasses.replace(FACT, polarity=Polarity.NEGATIVE),
        dataclasses.replace(FACT, modality=Modality.HEDGED),
        dataclasses.replace(FACT, tail=Literal("Radium")),
        dataclasses.replace(FACT, qualifiers=(Qualifier("time", Literal(1898, "gYear")),)),
    ],
)
def test_id_covers_what_the_fact_says(other: Fact) -> None:
    assert other.id != FACT.id


def test_the_order_of_qualifiers_does_not_matter() -> None:
    time = Qualifier("time", Literal(1898, "gYear"))
    place = Qualifier("place", Entity.named("Paris", "Location"))
    one = dataclasses.replace(FACT, qualifiers=(time, place))
    other = dataclasses.replace(FACT, qualifiers=(place, time))
    assert one.id == other.id


def test_only_asserted_positive_facts_between_entities_are_edges() -> None:
    assert FACT.is_edge
    assert not dataclasses.replace(FACT, polarity=Polarity.NEGATIVE).is_edge
    assert not dataclasses.replace(FACT, modality=Modality.HEDGED).is_edge
    born = Fact(CURIE, "BORN_ON", Literal(date(1867, 11, 7), "date"))
    assert born.is_asserted
    assert not born.is_edge


def test_facts_read_well() -> None:
    assert str(FACT) == "(Marie Curie)-[DISCOVERED]->(Radium)"
    assert str(dataclasses.replace(FACT, polarity=Polarity.NEGATIVE)).startswith("not ")
    assert str(dataclasses.replace(FACT, modality=Modality.HEDGED)).startswith("maybe ")


def test_literals_differ_by_value_type_and_unit_not_by_wording() -> None:
    year = Literal(1898, "gYear", text="in 1898")
    assert year.canonical() == Literal(1898, "gYear", text="1898").canonical()
    others = [Literal(1898, "integer"), Literal(1899, "gYear"), Literal(1898, "gYear", unit="km")]
    assert all(other.canonical() != year.canonical() for other in others)


def test_a_document_is_its_address_title_and_text() -> None:
    document = Document("a.txt", "Radium glows.", "Radium")
    assert document.id == Document("a.txt", "Radium glows.", "Radium", metadata={"row": "1"}).id
    others = [
        Document("b.txt", "Radium glows.", "Radium"),
        Document("a.txt", "Radium glows!", "Radium"),
        Document("a.txt", "Radium glows.", ""),
    ]
    assert len({document.id, *(other.id for other in others)}) == 4


def test_chunks_and_mentions_are_their_spans() -> None:
    chunk = Chunk("d", 0, 0, 13, "Radium glows.", ((0, 13),))
    assert chunk.id == dataclasses.replace(chunk, ordinal=3).id
    assert chunk.id != dataclasses.replace(chunk, start=1).id
    mention = Mention("d", chunk.id, 0, 6, "Radium", RADIUM)
    assert mention.id == dataclasses.replace(mention, score=0.5).id
    assert mention.id != dataclasses.replace(mention, entity=CURIE).id
