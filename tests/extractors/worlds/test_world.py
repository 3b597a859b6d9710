"""Worlds: what is true in them is told in their texts, at the places that they give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.chunks import split
from extractors.worlds import RELATIONS, SINGLE_VALUED, World
from extractors.worlds.templates import ASIDES, DENIED, HEDGED, JOINT, LISTED, TEMPLATES, WOVEN
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Modality, Polarity
from stores.ledger import Ledger

worlds = st.builds(
    World.make,
    st.integers(0, 50),
    people=st.integers(3, 30),
    templates=st.sampled_from(["train", "held_out"]),
)


@settings(max_examples=15, deadline=None)
@given(worlds)
def test_every_name_and_fact_is_where_the_world_says(world: World) -> None:
    texts = {document.id: document for document in world.documents}
    chunks = {c.id: c for document in world.documents for c in split(document)}
    for mention in world.mentions:
        assert texts[mention.document_id].text[mention.start : mention.end] == mention.text
        if mention.kind == "name":
            assert mention.text in (mention.entity.name, *mention.entity.aliases)
    for fact in world.facts:
        assert fact.evidence
        for evidence in fact.evidence:
            assert isinstance(evidence, TextEvidence)
            chunk = chunks[evidence.chunk_id]
            assert chunk.document_id == evidence.document_id
            assert chunk.start <= evidence.start < evidence.end <= chunk.end
            words = texts[evidence.document_id].text[evidence.start : evidence.end]
            assert words.endswith(".")
            if isinstance(fact.tail, Entity):
                assert fact.tail.name in words


@settings(max_examples=10, deadline=None)
@given(worlds)
def test_a_world_of_one_seed_is_one_world(world: World) -> None:
    people = sum(e.type == "Person" for e in world.entities) - len(world.namesakes)
    assert World.make(world.seed, people=people, templates=world.templates) == world


def test_worlds_of_other_seeds_differ() -> None:
    assert World.make(1).facts != World.make(2).facts
    assert World.make(1).documents != World.make(1, templates="held_out").documents


def test_a_world_has_all_that_it_promises() -> None:
    world = World.make(3, people=80)
    assert {fact.relation for fact in world.facts} == set(RELATIONS)
    assert len(RELATIONS) >= 12
    assert len({entity.type for entity in world.entities}) >= 6
    assert {m.kind for m in world.mentions} == {"name", "pronoun"}
    assert any(fact.polarity is Polarity.NEGATIVE for fact in world.facts)
    assert any(fact.modality is Modality.HEDGED for fact in world.facts)
    assert len(world.questions) > 80


def test_contradictions_are_two_facts_from_two_documents() -> None:
    world = World.make(5, people=50, contradictions=0.2)
    facts = {fact.id: fact for fact in world.facts}
    assert len(world.conflicts) == 10
    for one, other in ((facts[a], facts[b]) for a, b in world.conflicts):
        assert one.relation in SINGLE_VALUED
        assert (one.head, one.relation) == (other.head, other.relation)
        assert one.tail != other.tail
        sources = [
            {e.document_id for e in fact.evidence if isinstance(e, TextEvidence)}
            for fact in (one, other)
        ]
        assert not sources[0] & sources[1]


def test_namesakes_share_their_name_alone() -> None:
    world = World.make(5, people=50, namesakes=0.1)
    entities = {entity.id: entity for entity in world.entities}
    assert len(world.namesakes) == 5
    for a, b in world.namesakes:
        assert a != b
        assert entities[a].name == entities[b].name
    answered = {question.text for question in world.questions}
    assert not any(entities[a].name in text for a, _ in world.namesakes for text in answered)


def test_single_valued_relations_have_one_value_where_nothing_contradicts() -> None:
    world = World.make(11, people=60, contradictions=0.0)
    seen = [(f.head.id, f.relation) for f in world.facts if f.relation in SINGLE_VALUED]
    assert len(seen) == len(set(seen))


def test_the_splits_share_neither_sentences_nor_names() -> None:
    for choice in (TEMPLATES, DENIED, HEDGED, JOINT, LISTED, WOVEN, {"asides": ASIDES}):
        for splits in choice.values():
            assert not set(splits["train"]) & set(splits["held_out"])
    assert set(TEMPLATES) == set(RELATIONS)
    train, held_out = World.make(1, people=60), World.make(1, people=60, templates="held_out")
    names = [{e.name for e in w.entities if e.type != "Field"} for w in (train, held_out)]
    assert not names[0] & names[1]


def test_a_world_goes_into_a_ledger_as_it_is() -> None:
    world = World.make(2, people=8)
    with Ledger.open(":memory:") as ledger:
        run = ledger.add_run("world", "1", {}, world.seed)
        for document in world.documents:
            found = world.told_in(document)
            ledger.add_document(document, split(document), found.mentions, found.facts, run)
        kept = ledger.counts()
        assert list(ledger.problems()) == []
        assert {fact.id for fact in ledger.facts()} == {fact.id for fact in world.facts}
    assert kept["documents"] == len(world.documents)
    assert kept["mentions"] == len(world.mentions)


def test_large_worlds_have_names_enough() -> None:
    world = World.make(0, people=500, namesakes=0.0)
    names = [entity.name for entity in world.entities]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "wrong",
    [{"people": 2}, {"templates": "test"}, {"denied": 1.5}, {"namesakes": -0.1}],
)
def test_bad_arguments_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        World.make(0, **wrong)  # type: ignore[arg-type]
