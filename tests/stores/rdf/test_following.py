"""The graph and the ledger: what came is there, what went leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.evidence import PersonEvidence, PredictionEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity, Qualifier
from stores.ledger import Batch, Ledger
from stores.rdf import RdfGraph, export_rdf, import_rdf
from stores.rdf.foreign import Interpreter
from stores.rdf.reading import index, read_records
from stores.sync import follow, rebuild
from tests.stores.embedded.records import (
    BORN,
    CURIE,
    FACTS,
    NOBEL,
    PIERRE,
    STOCKHOLM,
    WARSAW,
    batch,
    seen_again,
    world,
)
from tests.stores.ledger.worlds import Clause, read
from tests.stores.rdf.strategies import facts, in_order

GONE = [
    *(("fact", fact.id) for fact in FACTS),
    *(("entity", entity.id) for entity in (CURIE, PIERRE, WARSAW, STOCKHOLM, NOBEL)),
    *(("document", document.id) for document in world().documents),
    *(("chunk", chunk.id) for chunk in world().chunks),
]


def content(graph: RdfGraph) -> list[str]:
    """Return all that a graph says, in order."""
    return sorted(map(str, graph.quads()))


def test_applying_twice_changes_nothing() -> None:
    with RdfGraph.open() as graph:
        graph.apply(world())
        once = content(graph)
        graph.apply(world())
        assert content(graph) == once
        assert graph.watermark() == 1


def test_what_is_gone_leaves_nothing() -> None:
    with RdfGraph.open() as graph:
        graph.apply(world())
        graph.apply(Batch(2, gone=tuple(sorted(GONE))))
        assert content(graph) == []
        assert graph.watermark() == 2
        graph.apply(Batch(3, gone=tuple(sorted(GONE))))
        assert graph.watermark() == 3


def test_a_triple_stays_while_one_fact_asserts_it() -> None:
    """Facts that differ in qualifiers or units share the triple of their ends."""
    bare = replace(BORN, qualifiers=())
    denied = replace(BORN, polarity=Polarity.NEGATIVE)
    asks = {"s": CURIE, "o": WARSAW}
    with RdfGraph.open() as graph:
        graph.apply(batch([BORN, bare, denied]))
        graph.apply(batch(upto=2, gone=[("fact", BORN.id)]))
        assert graph.query("ASK { $s rel:BORN_IN $o }", asks)[0]["answer"]
        graph.apply(batch(upto=3, gone=[("fact", bare.id)]))
        assert not graph.query("ASK { $s rel:BORN_IN $o }", asks)[0]["answer"]
        assert len(graph.query("SELECT ?f { ?f a kg:Fact }")) == 1


def test_facts_of_one_triple_are_kept_apart(tmp_path: Path) -> None:
    """They differ in qualifiers or in units; each keeps its own reifier, in files too."""
    year = Qualifier("time", Literal(1867, "gYear"))
    long = Fact(CURIE, "SPOKE_FOR", Literal("P12M", "duration"), evidence=(PersonEvidence("Ada"),))
    tall = [
        replace(long, relation="HAS_HEIGHT", tail=Literal(160, "integer", unit=unit))
        for unit in ("cm", "in")
    ]
    made = [replace(BORN, qualifiers=given) for given in ((), (year,), (year, year))]
    made += [*tall, long, replace(long, qualifiers=(year,))]
    asks = "SELECT ?o { $s rel:BORN_IN|rel:HAS_HEIGHT|rel:SPOKE_FOR ?o }"
    with RdfGraph.open() as graph:
        graph.apply(batch(made))
        assert len(graph.query(asks, {"s": CURIE})) == 3
        export_rdf(graph, tmp_path / "g.ttl")
        assert in_order(import_rdf(tmp_path / "g.ttl").facts) == in_order(made)
        for upto, fact in enumerate(made, 2):
            left = {(f.relation, str(f.tail)) for f in made[upto - 1 :]}
            graph.apply(batch(upto=upto, gone=[("fact", fact.id)]))
            assert in_order(graph.facts()) == in_order(made[upto - 1 :])
            assert len(graph.query(asks, {"s": CURIE})) == len({name for name, _ in left})


def test_values_that_the_engine_spells_anew_are_removed_too() -> None:
    spelt = Fact(CURIE, "LASTED", Literal("P12M", "duration"), evidence=(PersonEvidence("Ada"),))
    with RdfGraph.open() as graph:
        graph.apply(batch([spelt]))
        graph.apply(Batch(2, gone=(("entity", CURIE.id), ("fact", spelt.id))))
        assert content(graph) == []


def test_a_run_stays_while_a_prediction_rests_on_it() -> None:
    run = PredictionEvidence("complex_1", 0.75)
    one, two = BORN.with_evidence(run), FACTS[2].with_evidence(run)
    text = "SELECT ?run { ?run a prov:Activity }"
    with RdfGraph.open() as graph:
        graph.apply(batch([one, two]))
        graph.apply(batch(upto=2, gone=[("fact", one.id)]))
        assert graph.query(text) == [{"run": "urn:kgkit:run:complex_1"}]
        graph.apply(batch(upto=3, gone=[("fact", two.id)]))
        assert graph.query(text) == []


def test_a_changed_record_is_said_anew() -> None:
    renamed = Entity(CURIE.id, "Maria Skłodowska-Curie", "Scientist", ("Curie", "Marie Curie"))
    with RdfGraph.open() as graph:
        graph.apply(batch([BORN]))
        graph.apply(batch([seen_again(replace(BORN, head=renamed))], upto=2))
        assert graph.query("SELECT ?n { ?s rdfs:label ?n ; rel:BORN_IN ?o }") == [
            {"n": "Maria Skłodowska-Curie"}
        ]
        assert graph.query("SELECT ?c { ?f kg:confidence ?c }") == [{"c": 0.95}]
        with RdfGraph.open() as fresh:
            fresh.apply(batch([seen_again(replace(BORN, head=renamed))], upto=2))
            assert content(graph) == content(fresh)


@given(made=facts())
@settings(max_examples=40, deadline=None)
def test_any_facts_come_back_from_the_engine_and_go(made: list[Fact]) -> None:
    with RdfGraph.open() as graph:
        given = batch(made)
        graph.apply(given)
        said = index(quad.triple for quad in graph.quads())
        assert in_order(read_records(said).facts) == in_order(made)
        assert Interpreter("", said).known == {}
        gone = [("fact", fact.id) for fact in made] + [("entity", e.id) for e in given.entities]
        graph.apply(Batch(2, gone=tuple(sorted(gone))))
        assert content(graph) == []


names = st.sampled_from(["Ada", "Bob", "Cy"])
clauses = st.lists(
    st.tuples(names, st.sampled_from(["met", "taught"]), names | st.just("1903")),
    min_size=1,
    max_size=4,
)


@given(kept=st.lists(clauses, max_size=2), removed=clauses, size=st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_removing_a_document_leaves_nothing_of_it(
    kept: list[list[Clause]], removed: list[Clause], size: int
) -> None:
    with Ledger.open(":memory:") as ledger, RdfGraph.open() as graph:
        run = ledger.add_run("test", "1", {}, 0)
        for number, found in enumerate(kept):
            ledger.add_document(*read(f"kept{number}", *found), run)
        follow(ledger, graph, size=size)
        before = content(graph)
        parts = read("removed", *removed, title="Erased")
        ledger.add_document(*parts, run)
        follow(ledger, graph, size=size)
        assert len(content(graph)) > len(before)
        ledger.remove_document(parts.document.id)
        follow(ledger, graph, size=size)
        assert content(graph) == before
        assert not any(parts.document.id in line or "Erased" in line for line in content(graph))
        rebuild(ledger, graph)
        assert content(graph) == before
        assert graph.watermark() == ledger.sequence()


def test_merging_and_unmerging_is_rebuilding() -> None:
    with Ledger.open(":memory:") as ledger, RdfGraph.open() as graph:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read("a", ("Ada", "met", "Bob"), ("Bob", "met", "1903")), run)
        follow(ledger, graph, size=2)
        apart = content(graph)
        ids = sorted(entity.id for entity in ledger.entities())
        merge = ledger.merge(ids[0], ids[1])
        follow(ledger, graph, size=2)
        merged = content(graph)
        assert merged != apart
        rebuild(ledger, graph)
        assert content(graph) == merged
        ledger.unmerge(merge)
        follow(ledger, graph, size=2)
        assert content(graph) == apart


def test_a_batch_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The update ends in an operation that fails, as a full disk would make it."""
    from stores.rdf import project

    with RdfGraph.open() as graph:
        graph.apply(world())
        before = content(graph)
        whole = project.update_text

        def failing(*given: Any, **options: Any) -> str:
            return f"{whole(*given, **options)} ;\nDROP GRAPH <urn:none>"

        monkeypatch.setattr(project, "update_text", failing)
        with pytest.raises(Exception, match="urn:none"):
            graph.apply(Batch(2, gone=tuple(sorted(GONE))))
        assert content(graph) == before
        assert graph.watermark() == 1
