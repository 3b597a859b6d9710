"""Strategies: each subset once, lazily, by seed."""

from __future__ import annotations

from itertools import combinations, islice
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.entigraph import FactIndex
from extractors.entigraph.inventory import inventory
from extractors.entigraph.subsets import SOURCES, open_source
from extractors.entigraph.subsets.ordering import unknown_first
from extractors.entigraph.subsets.shuffling import pair_at, shuffled, triplet_at
from kgkit.errors import InputError
from tests.extractors.entigraph.worlds import VIEW, world

WORLD = world()
INDEX = FactIndex.over(WORLD)
DOCUMENTS = {entry.document: entry.ids for entry in inventory(WORLD)}


@settings(deadline=None)
@given(st.integers(0, 400), st.text(max_size=5))
def test_shuffling_is_a_permutation(n: int, seed: str) -> None:
    assert sorted(shuffled(n, seed)) == list(range(n))


def test_shuffling_holds_nothing() -> None:
    """The first of a trillion come at once, and differ."""
    first = list(islice(shuffled(10**12, "x"), 1000))
    assert len(set(first)) == 1000
    assert max(first) > 10**11
    with pytest.raises(InputError, match="below 0"):
        list(shuffled(-1, "x"))


def test_combinations_are_numbered() -> None:
    assert [pair_at(i) for i in range(comb(9, 2))] == sorted(
        combinations(range(9), 2), key=lambda pair: (pair[1], pair[0])
    )
    triples = {triplet_at(i) for i in range(comb(40, 3))}
    assert triples == set(combinations(range(40), 3))


@pytest.mark.parametrize("name", ["pairs", "triplets"])
def test_combinations_of_each_document_come_once(name: str) -> None:
    size = 2 if name == "pairs" else 3
    few = dict(islice(DOCUMENTS.items(), 5))
    found = list(SOURCES[name](INDEX, few, "1"))
    assert len(found) == sum(comb(len(ids), size) for ids in few.values())
    assert len({(s.document, frozenset(s.entities)) for s in found}) == len(found)
    assert all(set(s.entities) <= set(few[s.document]) for s in found)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_sources_are_seeded_and_lazy(name: str) -> None:
    one, same, other = (
        list(islice(SOURCES[name](INDEX, DOCUMENTS, seed), 50)) for seed in ("1", "1", "2")
    )
    assert one == same
    assert one != other
    known = {fact.id for fact in INDEX.facts}
    assert all(set(subset.facts) <= known for subset in one)


def test_neighbours_cross_documents() -> None:
    told = {id: {d for d, ids in DOCUMENTS.items() if id in ids} for id in INDEX.entities}
    apart = [
        subset
        for subset in SOURCES["neighbours"](INDEX, DOCUMENTS, "1")
        if not set.intersection(*(told[id] for id in subset.entities))
    ]
    assert apart
    for subset in apart:
        for a, b in zip(subset.entities, subset.entities[1:], strict=False):
            assert INDEX.joining(a, b)


def test_paths_and_waypoints_follow_facts() -> None:
    for name in ("paths", "waypoints"):
        for subset in islice(SOURCES[name](INDEX, {}, "1"), 100):
            assert len(set(subset.entities)) == len(subset.entities) >= 2
            for a, b in zip(subset.entities, subset.entities[1:], strict=False):
                assert INDEX.joining(a, b)


def test_what_the_trainee_does_not_know_comes_first() -> None:
    source = unknown_first(lambda fact: -len(fact.relation))
    order = [next(f for f in INDEX.facts if f.id == s.facts[0]) for s in source(INDEX, {}, "1")]
    assert [len(fact.relation) for fact in order] == sorted(
        (len(fact.relation) for fact in INDEX.facts), reverse=True
    )
    assert open_source(source) is source


def test_the_inventory_is_typed_and_weighed() -> None:
    made = inventory(WORLD)
    assert [each.document for each in made] == sorted(each.document for each in made)
    for each in made:
        assert [e.salience for e in each.entries] == sorted(
            (e.salience for e in each.entries), reverse=True
        )
        assert all(e.entity.name not in e.aliases for e in each.entries)
    people = [e for each in made for e in each.entries if e.aliases]
    assert people
    assert inventory(VIEW) == []
