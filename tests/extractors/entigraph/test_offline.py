"""Offline texts: seeded, of every form, true, with their sources."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.entigraph import FactIndex, GraphView, OfflineGenerator, Recipe, synthesise
from extractors.entigraph.generating.forms import FORMS
from extractors.entigraph.grounding import Grounder
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Literal, Modality
from tests.extractors.entigraph.worlds import ADA, FACTS, LONDON, VIEW, world

WORLD = world()
GENERATOR = OfflineGenerator(FactIndex.over(WORLD), seed=2)
GROUNDER = Grounder(WORLD)


def test_the_same_seed_gives_the_same_corpus() -> None:
    one = synthesise(WORLD, tokens=20_000, seed=5)
    assert one == synthesise(WORLD, tokens=20_000, seed=5)
    shuffled = GraphView.of(reversed(WORLD.facts))
    assert [t.id for t in synthesise(shuffled, tokens=20_000, seed=5)] == [t.id for t in one]
    assert [t.id for t in synthesise(WORLD, tokens=20_000, seed=6)] != [t.id for t in one]


def test_a_longer_corpus_begins_with_the_shorter_one() -> None:
    short, long = (synthesise(WORLD, tokens=n, seed=1).texts for n in (5_000, 10_000))
    assert long[: len(short)] == short


def test_shares_are_kept_and_every_fact_is_told() -> None:
    corpus = synthesise(WORLD, tokens=100_000)
    assert 100_000 <= corpus.tokens < 101_000
    assert set(corpus.forms) == set(FORMS)
    asked = sum(text.tokens for text in corpus if text.form == "question")
    assert asked / corpus.tokens == pytest.approx(0.2, abs=0.01)
    assert corpus.facts == 1.0
    assert len({text.id for text in corpus}) == len(corpus)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_text_says_only_what_it_names_as_its_source(form: str) -> None:
    """Its own facts suffice to ground it, but for the answers that several facts give."""
    facts = {fact.id: fact for fact in WORLD.facts}
    for text in islice(GENERATOR.texts(form), 60):
        assert text.facts
        for id in text.facts:
            fact = facts[id]
            assert fact.is_asserted
            sources = {e.document_id for e in fact.evidence if isinstance(e, TextEvidence)}
            assert sources <= set(text.documents)
        outcomes = {verdict.outcome for verdict in GROUNDER.judge(text.text)}
        assert outcomes <= {"supported", "empty"}, text.text


def test_denied_and_hedged_facts_are_not_told() -> None:
    hedged = Fact(ADA, "LIVED_IN", Entity.named("Atlantis", "City"), modality=Modality.HEDGED)
    corpus = synthesise(GraphView.of([*FACTS, hedged]), tokens=5_000)
    assert not any("Atlantis" in text.text for text in corpus)
    assert not any("Ada Lovelace designed" in text.text for text in corpus)


def test_qualifiers_are_told_with_their_fact() -> None:
    texts = [t for t in synthesise(VIEW, tokens=5_000) if "Charles Babbage" in t.text]
    told = [t.text for t in texts if "Ada Lovelace knows Charles Babbage" in t.text]
    assert told
    assert all("(valid from: 1833)" in text for text in told)


def test_recipes_choose_forms_and_sources() -> None:
    rare = Recipe({"profile": 1.0}, {"profile": "long_tail"})
    corpus = synthesise(GraphView.of(WORLD.facts), tokens=2_000, recipe=rare)
    index = FactIndex.over(WORLD)
    degrees = [len(index.of[text.entities[0]]) for text in corpus]
    assert degrees == sorted(degrees)
    assert set(corpus.forms) == {"profile"}


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: synthesise(VIEW, tokens=0), "no length"),
        (lambda: synthesise(VIEW, tokens=9, coverage=1.5), "no share"),
        (lambda: synthesise(GraphView.of([]), tokens=9), "nothing to write of"),
        (lambda: Recipe({"poem": 1.0}), "no form"),
        (lambda: Recipe({"path": -1.0}), "below 0"),
        (lambda: Recipe({"path": 0.0}), "all shares are 0"),
        (lambda: Recipe({"path": 1.0}, {"path": "nowhere"}), "no source"),
    ],
)
def test_bad_input_is_refused(make: object, why: str) -> None:
    with pytest.raises(InputError, match=why):
        make()  # type: ignore[operator]


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
).filter(str.strip)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from(["KNOWS", "ZIGS", "AGE"]), NAMES), min_size=1))
def test_any_names_give_a_corpus(triples: list[tuple[str, str, str]]) -> None:
    facts = [
        Fact(
            Entity.named(head, "Person"),
            relation,
            Literal(tail) if relation == "AGE" else Entity.named(tail, "Person"),
        )
        for head, relation, tail in triples
    ]
    corpus = synthesise(GraphView.of(facts), tokens=300)
    assert len(corpus) > 0
    assert all(text.text and text.facts for text in corpus)


def test_one_entity_alone_is_enough() -> None:
    corpus = synthesise(
        GraphView.of([Fact(LONDON, "POPULATION", Literal(9, "integer"))]), tokens=99
    )
    assert corpus.coverage == 1.0
    assert set(corpus.forms) <= {"chat", "profile", "question", "statement"}
