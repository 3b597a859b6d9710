from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import ClosedError, InputError, StoreError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Fact, Literal, Qualifier
from stores.base import Ability, GraphStore, Place
from stores.ledger import Ledger
from stores.memory import MemoryGraph, open_memory
from stores.sync import follow
from tests.conformance.content import expected
from tests.conformance.history import STEPS, Step
from tests.conformance.reading import read_memory
from tests.stores.embedded.records import (
    BORN,
    CHUNK,
    CURIE,
    MARRIED,
    PAPER,
    PIERRE,
    WARSAW,
    WON,
    batch,
    literal,
    world,
)


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph()


def test_it_is_a_graph_store_without_a_language(graph: MemoryGraph) -> None:
    assert isinstance(graph, GraphStore)
    assert graph.abilities == Ability(0)
    with pytest.raises(StoreError, match=r"Ability\.CYPHER.*to_networkx"):
        graph.query("MATCH (n) RETURN n")


def test_nodes_and_edges_bear_what_a_property_graph_shows(graph: MemoryGraph) -> None:
    graph.apply(world())
    shown = graph.to_networkx()
    assert shown.nodes[CURIE.id] == {
        "labels": ["Entity", "Person"],
        "id": CURIE.id,
        "name": "Marie Curie",
        "type": "Person",
        "aliases": ["Curie"],
        "birth_date": BORN.qualifiers[0].value.value,  # type: ignore[union-attr]
    }
    assert shown.edges[CURIE.id, WARSAW.id, BORN.id]["type"] == "BORN_IN"
    assert shown.nodes[WON.id]["labels"] == ["Statement"]
    assert {data["type"] for _, _, data in shown.out_edges(WON.id, data=True)} == {
        "HEAD",
        "PLACE",
        "TAIL",
    }
    assert [data["type"] for _, _, data in shown.out_edges(CHUNK.id, data=True)] == ["PART_OF"]
    assert shown.nodes[PAPER.id]["uri"] == "curie.txt"


def test_the_graph_given_out_is_a_copy(graph: MemoryGraph) -> None:
    graph.apply(world())
    graph.to_networkx().clear()
    assert graph.describe().labels["Entity"] == 5


def test_a_name_that_would_hide_labels_or_type_steps_aside(graph: MemoryGraph) -> None:
    role = Qualifier("type", Literal("civil", "string"))
    married = replace(MARRIED, qualifiers=(role,))
    graph.apply(batch([married, literal("x", relation="LABELS")]))
    shown = graph.to_networkx()
    assert shown.nodes[CURIE.id]["labels_"] == "x"
    assert shown.edges[CURIE.id, PIERRE.id, married.id]["type_"] == "civil"
    assert shown.edges[CURIE.id, PIERRE.id, married.id]["type"] == "MARRIED"


def test_what_fails_leaves_the_graph_as_it_was(graph: MemoryGraph) -> None:
    graph.apply(world())
    before = graph.to_networkx()
    broken = Fact(CURIE, "HAS", Literal(b"x", "string"), evidence=(PersonEvidence("Ada"),))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a bytes cannot be the property 'has'"):
        graph.apply(batch([broken], upto=2, gone=[("fact", BORN.id), ("entity", WARSAW.id)]))
    after = graph.to_networkx()
    assert graph.watermark() == 1
    assert list(after.nodes(data=True)) == list(before.nodes(data=True))
    assert list(after.edges(keys=True, data=True)) == list(before.edges(keys=True, data=True))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=9), st.integers(1, 9))
def test_any_history_in_batches_of_any_size(steps: list[Step], size: int) -> None:
    graph = MemoryGraph()
    with Ledger.open(":memory:") as ledger:
        for step in steps:
            # The ledger refuses decisions on what is not there.
            with suppress(InputError):
                step(ledger)
            follow(ledger, graph, size=size)
            assert graph.watermark() == ledger.sequence()
            assert not read_memory(graph).difference(expected(ledger))


def test_a_closed_graph_says_so(graph: MemoryGraph) -> None:
    graph.close()
    graph.close()
    calls = (graph.watermark, graph.describe, graph.clear, graph.to_networkx)
    for call in (*calls, lambda: graph.apply(world()), lambda: graph.query("")):
        with pytest.raises(ClosedError, match="open it again"):
            call()


def test_memory_cannot_be_opened_for_reading(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("none")
    with pytest.raises(StoreError, match="ends with its process"):
        open_memory("networkx", Place(folder, read_only=True))
    assert open_memory("networkx", Place(folder)).watermark() == 0
