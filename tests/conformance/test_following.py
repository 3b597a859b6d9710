"""A store follows a ledger: whatever happened, it holds what the ledger holds now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kgkit.errors import KgkitError
from kgkit.facts import Fact, Literal
from stores.base import Ability, GraphStore
from stores.ledger import Batch, Ledger
from stores.sync import follow, rebuild
from tests.conformance.conftest import Subject
from tests.conformance.content import Content, expected
from tests.conformance.history import CHARLES, DENIED, FACTS, HEDGED, STEPS, SURE


@pytest.fixture
def grown(ledger: Ledger) -> Ledger:
    """A ledger in the middle of its life, with facts of every kind."""
    for step in STEPS[:5]:
        step(ledger)
    return ledger


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_every_step_is_followed(
    subject: Subject, store: GraphStore, ledger: Ledger, size: int
) -> None:
    for number, step in enumerate(STEPS):
        step(ledger)
        follow(ledger, store, size=size)
        assert store.watermark() == ledger.sequence()
        wrong = subject.content(store).difference(expected(ledger))
        assert not wrong, f"step {number}"
    assert dict(store.describe().labels) == {}


@pytest.mark.parametrize("size", [1, 2, 5, 17, 1000])
def test_the_size_of_batches_does_not_show(
    subject: Subject, store: GraphStore, grown: Ledger, size: int
) -> None:
    follow(grown, store, size=size)
    assert not subject.content(store).difference(expected(grown))


def test_applying_twice_changes_nothing(subject: Subject, store: GraphStore, grown: Ledger) -> None:
    batches = list(grown.batches(0, 7))
    for batch in batches:
        store.apply(batch)
        store.apply(batch)
    store.apply(batches[-1])
    assert store.watermark() == grown.sequence()
    assert not subject.content(store).difference(expected(grown))


def test_clearing_forgets_all_and_it_fills_again(
    subject: Subject, store: GraphStore, grown: Ledger
) -> None:
    follow(grown, store)
    store.clear()
    assert store.watermark() == 0
    assert not subject.content(store).difference(Content())
    rebuild(grown, store)
    assert not subject.content(store).difference(expected(grown))


def test_what_was_never_there_may_go(store: GraphStore) -> None:
    kinds = ("fact", "entity", "chunk", "document")
    store.apply(Batch(1, gone=tuple((kind, "0" * 32) for kind in kinds)))
    assert store.watermark() == 1


def test_denied_and_hedged_facts_are_no_edges(
    subject: Subject, store: GraphStore, ledger: Ledger
) -> None:
    ledger.add_facts([DENIED, HEDGED])
    follow(ledger, store)
    found = subject.content(store)
    assert (found.links, found.values, found.statements) == (set(), set(), set())


def test_a_doubt_that_is_lifted_shows_and_comes_back(
    subject: Subject, store: GraphStore, ledger: Ledger
) -> None:
    sure = replace(DENIED, polarity=FACTS[0].polarity)
    for fact in (DENIED, sure):
        ledger.add_facts([fact])
        follow(ledger, store)
        assert not subject.content(store).difference(expected(ledger))
    ledger.remove_facts([sure.id])
    follow(ledger, store)
    assert subject.content(store).links == set()


class _Interrupted:
    """A ledger that can be read only so far."""

    def __init__(self, ledger: Ledger, after: int) -> None:
        self._ledger = ledger
        self._after = after

    def sequence(self) -> int:
        return self._ledger.sequence()

    def batches(self, since: int, size: int = 4) -> Iterator[Batch]:
        for number, batch in enumerate(self._ledger.batches(since, size)):
            if number == self._after:
                raise ConnectionError("the ledger is out of reach")
            yield batch


@pytest.mark.parametrize("after", [0, 1, 3])
def test_it_goes_on_where_it_stopped(
    subject: Subject, store: GraphStore, grown: Ledger, after: int
) -> None:
    with pytest.raises(ConnectionError):
        follow(_Interrupted(grown, after), store, size=4)
    reached = store.watermark()
    assert reached == (4 * after if after else 0)
    assert follow(grown, store) == 1
    assert not subject.content(store).difference(expected(grown))


def test_a_batch_that_fails_changes_nothing(
    subject: Subject, store: GraphStore, grown: Ledger
) -> None:
    follow(grown, store)
    reached = store.watermark()
    broken = Fact(CHARLES, "HAS", Literal(b"x", "string"), evidence=SURE)  # type: ignore[arg-type]
    gone = (("entity", CHARLES.id), ("fact", FACTS[0].id))
    with pytest.raises(KgkitError):
        store.apply(Batch(reached + 1, facts=(FACTS[1], broken), gone=gone))
    assert store.watermark() == reached
    assert not subject.content(store).difference(expected(grown))


def test_the_summary_counts_what_is_there(
    subject: Subject, store: GraphStore, grown: Ledger
) -> None:
    follow(grown, store)
    summary = store.describe()
    should = expected(grown)
    name = subject.tested.name
    assert summary.labels[name("label", "Entity")] == len(should.entities)
    assert summary.labels[name("label", "Document")] == len(should.documents)
    assert summary.labels[name("label", "Chunk")] == len(should.chunks)
    people = [entity for entity in should.entities if entity[2] == "Person"]
    assert summary.labels[name("label", "Person")] == len(people)
    # Two facts that differ in a qualifier only are one triple.
    parts = slice(1, 4) if Ability.SPARQL in subject.tested.abilities else slice(0, 4)
    for relation, count in Counter(kind for _, kind, _ in _distinct(should, parts)).items():
        assert summary.relationships[name("relation", relation)] == count
    values = {value for _, value, _ in should.values if not value.endswith("_unit")}
    assert {name("property", value) for value in values} <= set(summary.properties)


def _distinct(content: Content, parts: slice) -> list[tuple[str, str, str]]:
    """Return head, relation and tail of each link that is distinct in these parts."""
    return [link[-3:] for link in {link[parts] for link in content.links}]
