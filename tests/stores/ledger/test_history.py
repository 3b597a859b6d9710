"""The same live records give the same export and the same projections, whatever the history."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact
from stores.ledger import Batch, Ledger
from stores.ledger.clusters import regroup_around
from stores.ledger.decisions import record
from stores.ledger.relation_names import RelationName
from stores.ledger.splitting import split_keys
from tests.stores.ledger.places import NewAddress, Schemas
from tests.stores.ledger.worlds import Clause, Parts, read

#: What is done, and with what.
Step = tuple[str, Any, Any]

NAMES = ("Ada", "Bob", "Cid", "Dee")
KEYS = sorted({Entity.named(n, t).id for n in NAMES for t in ("Person", "Thing")})
TEXTS = (
    (("Ada", "met", "Bob"), ("Bob", "met", "Cid")),
    (("Ada", "met", "Bob"), ("Ada", "born", "1903"), ("Cid", "saw", "Dee")),
    (("Cid", "met", "Dee"),),
    (("Bob", "saw", "Ada"), ("Dee", "met", "Bob"), ("ada", "met", "bob")),
)
GIVEN = tuple(
    Fact(Entity.named(a, "Person"), "KNOWS", Entity.named(b), evidence=(ImportEvidence("t", a),))
    for a, b in (("Ada", "Bob"), ("Cid", "Bob"), ("Dee", "Eve"))
)

RELATIONS = ("MET", "SAW", "BORN", "KNOWS")
SHOWN = (RelationName("MET"), RelationName("SEE"), RelationName("MET", True))

keys = st.sampled_from(KEYS)
steps = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 2), st.sampled_from(TEXTS)),
    st.tuples(st.just("remove"), st.integers(0, 2), st.none()),
    st.tuples(st.just("merge"), keys, keys),
    st.tuples(st.just("unmerge"), st.integers(0, 9), st.none()),
    st.tuples(st.just("forbid"), keys, keys),
    st.tuples(st.just("reject"), st.integers(0, 9), st.none()),
    st.tuples(st.just("split"), st.integers(0, 2), keys),
    st.tuples(st.just("rename"), st.sampled_from(RELATIONS), st.sampled_from(SHOWN)),
    st.tuples(st.just("withdraw"), st.integers(0, 9), st.none()),
    st.tuples(st.just("give"), st.integers(0, len(GIVEN) - 1), st.none()),
    st.tuples(st.just("take"), st.integers(0, len(GIVEN) - 1), st.none()),
    st.tuples(st.just("follow"), st.integers(1, 40), st.none()),
)


class Mirror:
    """The simplest projection: dictionaries."""

    def __init__(self) -> None:
        self.reached = 0
        self.live: dict[str, dict[str, Any]] = {
            kind: {} for kind in ("document", "chunk", "entity", "fact")
        }
        self.mentions: dict[str, list[Any]] = {}

    def apply(self, batch: Batch) -> None:
        assert batch.upto > self.reached
        self.reached = batch.upto
        for kind, id in batch.gone:
            self.live[kind].pop(id, None)
            self.mentions.pop(id, None)
        self.live["document"].update((value.id, value) for value in batch.documents)
        self.live["entity"].update((value.id, value) for value in batch.entities)
        for chunk in batch.chunks:
            self.live["chunk"][chunk.id] = chunk
            self.mentions[chunk.id] = [m for m in batch.mentions if m.chunk_id == chunk.id]
        for fact in batch.facts:
            # The names of its ends may have changed since.
            ends = (fact.head.id, getattr(fact.tail, "id", fact.tail))
            self.live["fact"][fact.id] = (*ends, fact.predicate, fact.evidence)
            assert {id for id in ends if isinstance(id, str)} <= self.live["entity"].keys()

    def shown(self) -> object:
        mentions = sorted((m.id, m) for own in self.mentions.values() for m in own)
        return [sorted(values.items()) for values in self.live.values()], mentions


class Story:
    """A ledger and beside it, kept simply, what ought to be in it."""

    def __init__(self, new_address: NewAddress) -> None:
        self.new_address = new_address
        self.ledger = Ledger.open(new_address())
        self.run = self.ledger.add_run("test", "1", {}, 0)
        self.mirror = Mirror()
        self.documents: dict[int, Parts] = {}
        self.merges: list[tuple[str, str]] = []
        self.given: set[int] = set()

    def step(self, what: str, one: Any, two: Any) -> None:
        getattr(self, what)(one, two)

    def add(self, number: int, clauses: tuple[Clause, ...]) -> None:
        parts = read(f"{number}.txt", *clauses)
        same = number in self.documents and self.documents[number].document == parts.document
        assert self.ledger.add_document(*parts, self.run) is not same
        self.documents[number] = parts

    def remove(self, number: int, _: None) -> None:
        if parts := self.documents.pop(number, None):
            assert self.ledger.remove_document(parts.document.id)

    def merge(self, a: str, b: str) -> None:
        pair = (min(a, b), max(a, b))
        is_live = all(self.ledger.entity(id) for id in pair)
        if a == b or not is_live:
            with pytest.raises(InputError):
                self.ledger.merge(a, b)
        elif self.joins_forbidden(pair):
            with pytest.raises(InputError, match="stay apart"):
                self.ledger.merge(a, b)
        elif pair not in self.merges:
            self.ledger.merge(a, b)
            self.merges.append(pair)

    def joins_forbidden(self, pair: tuple[str, str]) -> bool:
        groups = networkx.Graph([*self.merges, pair])
        forbidden = [decision.about for decision in self.ledger.decisions("forbid")]
        return any(
            groups.has_node(a) and groups.has_node(b) and networkx.has_path(groups, a, b)
            for a, b in forbidden
        )

    def forbid(self, a: str, b: str) -> None:
        groups = networkx.Graph(self.merges)
        known = all(self.ledger.entity(id) for id in (a, b)) and a != b
        joined = known and groups.has_node(a) and groups.has_node(b)
        if not known or (joined and networkx.has_path(groups, a, b)):
            with pytest.raises(InputError):
                self.ledger.forbid_merge(a, b)
        else:
            self.ledger.forbid_merge(a, b)

    def reject(self, number: int, _: None) -> None:
        facts = list(self.ledger.facts())
        if number < len(facts):
            self.ledger.reject_fact(facts[number].id)
            assert facts[number] in list(self.ledger.rejected())

    def split(self, number: int, key: str) -> None:
        mentions = list(self.ledger.mentions())
        entity = self.ledger.entity(key)
        uri = f"{number}.txt"
        of_document = [m for m in mentions if [m.document_id] == self.ledger.document_ids(uri)]
        if entity and entity.id in {mention.entity.id for mention in of_document}:
            self.ledger.split(entity.id, [uri])
            now = self.ledger.mentions(of_document[0].document_id)
            assert entity.id not in {mention.entity.id for mention in now}

    def rename(self, relation: str, name: RelationName) -> None:
        self.ledger.rename_relations({relation: name})
        shown = {fact.relation for fact in self.ledger.facts() if isinstance(fact.tail, Entity)}
        assert relation == name.name or relation not in shown

    def withdraw(self, number: int, _: None) -> None:
        decisions = [d for d in self.ledger.decisions() if d.kind != "merge"]
        if number < len(decisions):
            assert self.ledger.withdraw(decisions[number].id)

    def unmerge(self, number: int, _: None) -> None:
        if number < len(self.merges):
            assert self.ledger.unmerge(self.merges.pop(number))

    def give(self, number: int, _: None) -> None:
        assert self.ledger.add_facts([GIVEN[number]]) == (number not in self.given)
        self.given.add(number)

    def take(self, number: int, _: None) -> None:
        if number in self.given and self.ledger.fact(GIVEN[number].id):
            shown = {i: self.ledger.fact(GIVEN[i].id) for i in self.given}
            fact = shown[number]
            assert fact is not None
            self.given -= {i for i, other in shown.items() if other == fact}
            assert self.ledger.remove_facts([fact.id]) == 1

    def follow(self, size: int, _: None) -> None:
        for batch in self.ledger.batches(self.mirror.reached, size):
            self.mirror.apply(batch)

    def retold(self) -> Ledger:
        """Return a fresh ledger with what is live, put in another order."""
        fresh = Ledger.open(self.new_address())
        run = fresh.add_run("test", "1", {}, 0)
        everybody = [Entity(id, id) for id in KEYS]
        fresh.add_facts(Fact(e, "IS", e, evidence=(ImportEvidence("all"),)) for e in everybody)
        for a, b in sorted(self.merges):
            fresh.merge(b, a)
        for decision in self.ledger.decisions():
            with fresh._writing() as (connection, log):
                record(connection, decision.kind, decision.about, ("", ""))
                if decision.kind == "split":
                    regroup_around(connection, log, split_keys(decision).values())
        fresh.add_facts([GIVEN[i] for i in sorted(self.given, reverse=True)])
        for number in sorted(self.documents, reverse=True):
            fresh.add_document(*self.documents[number], run)
        fresh.remove_facts([fact.id for fact in fresh.facts() if fact.relation == "IS"])
        return fresh


EXAMPLE: list[Step] = [
    ("add", 0, TEXTS[0]),
    ("add", 1, TEXTS[1]),
    *(("merge", a, b) for a, b in pairwise(KEYS)),
    ("follow", 7, None),
    ("reject", 1, None),
    ("split", 1, KEYS[0]),
    ("remove", 0, None),
    ("unmerge", 2, None),
    ("add", 1, TEXTS[3]),
]


@settings(max_examples=20, deadline=None)
@given(told=st.lists(steps, max_size=14))
@example(told=EXAMPLE)
def test_history_leaves_no_trace(told: list[Step]) -> None:
    tell(told, lambda: ":memory:")


# The fixture only gives addresses.
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(steps, max_size=14))
@example(told=EXAMPLE)
def test_nor_on_a_server(schemas: Schemas, told: list[Step]) -> None:
    tell(told, schemas.next)


def tell(told: list[Step], new_address: NewAddress) -> None:
    story = Story(new_address)
    for step in told:
        story.step(*step)
    fresh = story.retold()
    assert list(story.ledger.export()) == list(fresh.export())
    assert story.ledger.counts() == fresh.counts()
    assert list(story.ledger.rejected()) == list(fresh.rejected())
    story.follow(3, None)
    anew = Mirror()
    for batch in fresh.batches(0):
        anew.apply(batch)
    assert story.mirror.shown() == anew.shown()
    assert sorted(anew.live["fact"]) == [fact.id for fact in fresh.facts()]
    assert list(anew.live["entity"].values()) == list(fresh.entities())
    story.ledger.close()
    fresh.close()
