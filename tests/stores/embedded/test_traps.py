"""What the engine does that one would not expect; each was met, and must not come back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgkit.errors import QueryError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact
from stores.embedded import EmbeddedGraph
from tests.stores.embedded.records import CURIE, MARRIED, batch, literal

SURE = (PersonEvidence("Ada"),)


def test_create_and_relabel_in_one_transaction(graph: EmbeddedGraph) -> None:
    """A unique index would refuse the second label as a duplicate key."""
    graph.query("MERGE (n:Entity {id: 'x'}) SET n:Organization", write=True)
    assert graph.query("MATCH (n:Organization) RETURN n.id AS id") == [{"id": "x"}]
    graph.apply(batch([MARRIED]))
    graph.apply(batch([literal(1)], upto=2, entities=[replace(CURIE, type="Organization")]))
    assert graph.query("MATCH (n:Organization) RETURN count(n) AS n") == [{"n": 2}]


def test_labels_are_never_given_as_parameters(graph: EmbeddedGraph) -> None:
    """`CREATE (n:$($label))` makes a node without label and says nothing."""
    kinds = ["Person", "work of art", "`quoted`", "$label", "naïve café", "人物"]
    people = [Entity.named(f"p{i}", kind) for i, kind in enumerate(kinds)]
    graph.apply(batch(entities=people))
    rows = graph.query("MATCH (n:Entity) RETURN labels(n) AS labels")
    assert all(len(row["labels"]) == 2 for row in rows)
    assert {"WorkOfArt", "Quoted", "Label", "NaïveCafé", "人物Type"} <= set(graph.describe().labels)


def test_a_label_and_a_type_of_one_name(graph: EmbeddedGraph) -> None:
    """Labels and relationship types share one namespace in the engine."""
    event = Entity.named("Expo", "EVENT")
    graph.apply(batch([Fact(event, "event", event, evidence=SURE)]))
    rows = graph.query("MATCH (a)-[r]->(b) RETURN labels(a) AS labels, type(r) AS type")
    assert rows == [{"labels": ["Entity", "Event"], "type": "EVENT"}]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_names_with_an_at_sign_and_worse(graph: EmbeddedGraph, names: list[str]) -> None:
    """Property names that begin with `@` are refused, and maps are no property values."""
    facts = {f.id: f for n in ("@rid", *names) for f in (literal("x", relation=n), _loop(n))}
    graph.apply(batch(facts.values()))
    assert graph.query("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 1}]


def _loop(name: str) -> Fact:
    return Fact(CURIE, name, CURIE, evidence=SURE)


def test_an_engine_error_comes_as_our_own(graph: EmbeddedGraph) -> None:
    """Errors of the engine are of one class whatever they are about."""
    graph.query("CREATE CONSTRAINT FOR (n:City) REQUIRE n.code IS UNIQUE", write=True)
    graph.query("CREATE (:City {code: 1})", write=True)
    with pytest.raises(QueryError, match=r"[Dd]uplicate"):
        graph.query("CREATE (:City {code: 1})", write=True)


@pytest.mark.parametrize(
    "condition",
    [
        "id(n) > -1",
        "ID( n )>=0",
        "id(n) <> $x",
        "-1 < id(n)",
        "$x <= id(n)",
        "n.a = 1 AND id(n) < 9",
    ],
)
def test_comparisons_of_the_engines_ids_are_refused(graph: EmbeddedGraph, condition: str) -> None:
    """`id(n) > -1` finds what `id(n) = -1` does: nothing."""
    with pytest.raises(QueryError, match=r"wrong rows for .*(id|ID).*compare the property"):
        graph.query(f"MATCH (n) WHERE {condition} RETURN n", {"x": 1})


def test_other_uses_of_the_engines_ids_find_their_rows(graph: EmbeddedGraph) -> None:
    graph.query("CREATE (:A {n1: 1})-[:R]->(:A {n1: 2})", write=True)
    for query in (
        "MATCH (n) WITH n, id(n) AS place WHERE place > -1 RETURN n.n1 AS n ORDER BY n",
        "MATCH (n) WHERE n.n1 < id(n) RETURN n.n1 AS n ORDER BY n",
        "MATCH (n) WHERE n.n1 > 0 OR n.name = 'id(n) > 1' RETURN n.n1 AS n ORDER BY n",
        "MATCH (m) MATCH (n) WHERE id(m) = id(n) RETURN n.n1 AS n ORDER BY n",
    ):
        assert graph.query(query) == [{"n": 1}, {"n": 2}], query
    assert graph.query("MATCH (a)--(b) WHERE id(a) < id(b) RETURN a.n1 AS n") == [{"n": 1}]
    place = graph.query("MATCH (n {n1: 2}) RETURN id(n) AS place")[0]["place"]
    assert graph.query("MATCH (n) WHERE id(n) = $x RETURN n.n1 AS n", {"x": place}) == [{"n": 2}]
