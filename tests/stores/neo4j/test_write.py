from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kgkit.errors import InputError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from stores.ledger import Batch
from stores.neo4j import Neo4jGraph
from tests.stores.embedded.records import (
    BIRTH,
    BORN,
    CHUNK,
    CURIE,
    FACTS,
    MARRIED,
    MENTIONS,
    NOBEL,
    PAPER,
    PIERRE,
    STOCKHOLM,
    WARSAW,
    WON,
    batch,
    literal,
    seen_again,
    world,
)
from tests.stores.neo4j.content import content

SURE = (PersonEvidence("Ada"),)


def test_keys_and_indexes_are_there(curie: Neo4jGraph) -> None:
    keys = curie.query(
        "SHOW CONSTRAINTS YIELD name, labelsOrTypes AS l, properties AS p "
        "WHERE name STARTS WITH 'kgkit_' AND p = ['id'] RETURN l[0] AS label ORDER BY label"
    )
    found = [row["label"] for row in keys]
    assert found == ["Chunk", "Document", "Entity", "KgkitFact", "KgkitMeta", "Statement"]
    rows = curie.query(
        "CALL db.index.fulltext.queryNodes('kgkit_entity_names', 'curie') YIELD node "
        "RETURN node.name AS name ORDER BY name"
    )
    assert rows == [{"name": "Marie Curie"}, {"name": "Pierre Curie"}]
    rows = curie.query(
        "CALL db.index.fulltext.queryNodes('kgkit_chunk_text', 'warsaw') YIELD node "
        "RETURN node.id AS id"
    )
    assert rows == [{"id": CHUNK.id}]


def test_the_bookkeeping_is_not_described(curie: Neo4jGraph) -> None:
    summary = curie.describe()
    assert summary.labels == {
        "AwardOfHonour": 1,
        "Chunk": 1,
        "Document": 1,
        "Entity": 5,
        "Location": 2,
        "Person": 2,
        "Statement": 1,
    }
    assert summary.relationships == {
        "BORN_IN": 1,
        "HEAD": 1,
        "MARRIED": 1,
        "MENTIONED_IN": 2,
        "PART_OF": 1,
        "PLACE": 1,
        "TAIL": 1,
        "WON": 1,
    }
    assert "birth_date" in summary.properties
    assert not [name for name in summary.properties if name.startswith("kgkit")]


def test_counts_one_by_one_are_those_of_the_server(curie: Neo4jGraph) -> None:
    from stores.neo4j.reading import count_each

    whole = curie.describe()
    nodes, edges = curie._connection.read(
        lambda tx: count_each(tx, whole.labels, whole.relationships)
    )
    assert (nodes, edges) == (whole.labels, whole.relationships)


def test_applying_twice_changes_nothing(graph: Neo4jGraph) -> None:
    graph.apply(world())
    once = content(graph)
    graph.apply(world(2))
    assert content(graph) == once
    assert graph.watermark() == 2


def test_parts_in_any_order_make_the_same_graph(graph: Neo4jGraph) -> None:
    graph.apply(world())
    whole = content(graph)
    graph.clear()
    assert graph.watermark() == 0
    graph.apply(batch(FACTS[3:], upto=1))
    graph.apply(Batch(2, (), (CHUNK,), MENTIONS, (), ()))
    graph.apply(batch(FACTS[:3], upto=3))
    graph.apply(Batch(4, (PAPER,)))
    assert content(graph) == whole


def test_all_that_goes_leaves_nothing(graph: Neo4jGraph) -> None:
    graph.apply(world())
    records = [("document", PAPER.id), ("chunk", CHUNK.id)]
    entities = [CURIE, PIERRE, WARSAW, STOCKHOLM, NOBEL]
    records += [("entity", e.id) for e in entities] + [("fact", f.id) for f in FACTS]
    graph.apply(batch(upto=2, gone=records))
    assert content(graph) == ([], [])
    assert graph.describe().labels == {}
    assert graph.query("MATCH (f:KgkitFact) RETURN f") == []


def test_what_was_never_there_may_go(graph: Neo4jGraph) -> None:
    graph.apply(batch(gone=[("fact", "f"), ("entity", "e"), ("chunk", "c"), ("document", "d")]))
    assert graph.watermark() == 1


def test_facts_go_and_their_ends_stay(graph: Neo4jGraph) -> None:
    graph.apply(world())
    graph.apply(batch(upto=2, gone=[("fact", BORN.id), ("fact", WON.id)]))
    assert "BORN_IN" not in graph.describe().relationships
    assert "Statement" not in graph.describe().labels
    assert graph.describe().labels["Entity"] == 5
    assert graph.describe().relationships["MARRIED"] == 1


def test_more_evidence_changes_the_edge(graph: Neo4jGraph) -> None:
    graph.apply(world())
    graph.apply(batch([seen_again(BORN)], upto=2))
    rows = graph.query("MATCH ()-[r:BORN_IN]->() RETURN r.confidence AS p, r.support AS n")
    assert rows == [{"p": 0.95, "n": 2}]


def test_another_type_keeps_edges_and_properties(graph: Neo4jGraph) -> None:
    graph.apply(world())
    _, edges = content(graph)
    moved = replace(CURIE, type="Scientist", name="Maria Skłodowska-Curie", aliases=())
    graph.apply(batch(upto=2, entities=[moved]))
    rows = graph.query("MATCH (n:Scientist) RETURN n")
    assert [row["n"].labels for row in rows] == [("Entity", "Scientist")]
    assert rows[0]["n"].properties == {
        "id": CURIE.id,
        "name": "Maria Skłodowska-Curie",
        "type": "Scientist",
        "birth_date": BIRTH,
    }
    assert content(graph)[1] == edges
    assert graph.query("MATCH (n:Person) RETURN n.name AS name") == [{"name": "Pierre Curie"}]


def test_several_literals_are_a_list_that_shrinks_again(graph: Neo4jGraph) -> None:
    short, tall = literal(1.5, unit="m"), literal(1.6, unit="m")
    name = "MATCH (p:Person) RETURN p.height AS height, p.height_unit AS unit"
    graph.apply(batch([tall, short]))
    assert graph.query(name) == [{"height": [1.5, 1.6], "unit": ["m", "m"]}]
    graph.apply(batch(upto=2, gone=[("fact", short.id)]))
    assert graph.query(name) == [{"height": 1.6, "unit": "m"}]
    graph.apply(batch(upto=3, gone=[("fact", tall.id)]))
    assert graph.query(name) == [{"height": None, "unit": None}]


@pytest.mark.parametrize(
    "value",
    [
        *(True, -7, 2**62, 0.1, 1e300, "ü \"quoted\" 'twice' \\ \n 漢字", ""),
        *(date(1066, 10, 14), date(9999, 12, 31), datetime(1969, 7, 20, 20, 17, 40, 123456)),
        datetime(2020, 2, 29, 12, tzinfo=UTC),
    ],
    ids=repr,
)
def test_values_come_back_as_they_were(graph: Neo4jGraph, value: object) -> None:
    graph.apply(batch([literal(value)]))
    (row,) = graph.query("MATCH (p:Person) RETURN p.height AS height")
    assert row["height"] == value
    assert type(row["height"]) is type(value)


def test_times_of_several_kinds_are_text(graph: Neo4jGraph) -> None:
    times = (Qualifier("time", Literal(1903, "gYear")), Qualifier("time", Literal(BIRTH, "date")))
    graph.apply(batch([Fact(CURIE, "TAUGHT", PIERRE, times, evidence=SURE)]))
    (row,) = graph.query("MATCH ()-[r:TAUGHT]->() RETURN r.time AS time")
    assert sorted(row["time"]) == ["1867-11-07", "1903"]


def test_labels_and_types_of_any_text(graph: Neo4jGraph) -> None:
    kinds = ["Person", "work of art", "`quoted`", "$label", "naïve café", "人物"]
    people = [Entity.named(f"p{i}", kind) for i, kind in enumerate(kinds)]
    facts = [Fact(p, p.type, p, evidence=SURE) for p in people]
    graph.apply(batch(facts, entities=people))
    summary = graph.describe()
    assert {"WorkOfArt", "Quoted", "Label", "NaïveCafé", "人物Type"} <= set(summary.labels)
    assert {"WORK_OF_ART", "QUOTED", "LABEL", "NAÏVE_CAFÉ", "人物"} <= set(summary.relationships)


def test_what_fails_leaves_the_graph_as_it_was(graph: Neo4jGraph) -> None:
    graph.apply(world())
    before = content(graph)
    broken = replace(MARRIED, predicate=object())  # type: ignore[arg-type]
    with pytest.raises(InputError, match="object"):
        graph.apply(batch([literal(2), broken], upto=9))
    assert content(graph) == before
    assert graph.watermark() == 1


def test_a_clear_that_was_cut_short_goes_on(graph: Neo4jGraph, url: str) -> None:
    graph.apply(world())
    graph.query("MATCH (m:KgkitMeta) SET m.kgkit_clearing = true", write=True)
    with Neo4jGraph.open(url) as again:
        assert again.watermark() == 0
        again.apply(batch([MARRIED], upto=7))
        assert again.describe().relationships == {"MARRIED": 1}
        assert again.watermark() == 7


def test_any_history_ends_in_the_graph_of_the_last_state(graph: Neo4jGraph) -> None:
    rng = random.Random(4)
    people = [Entity.named(f"p{i}", rng.choice(["Person", "Robot"])) for i in range(12)]
    live: dict[str, Fact] = {}
    for step in range(1, 6):
        drawn = [_random_fact(rng, people) for _ in range(15)]
        made = list({fact.id: fact for fact in drawn}.values())
        dropped = rng.sample(sorted(live), min(len(live), 8))
        for id in dropped:
            del live[id]
        live |= {fact.id: fact for fact in made}
        gone = [("fact", id) for id in dropped if id not in live]
        people[step] = replace(people[step], type=rng.choice(["Person", "Robot", "Saint"]))
        graph.apply(batch(made, upto=step, gone=gone, entities=people))
    grown = content(graph)
    graph.clear()
    graph.apply(batch(live.values(), entities=people))
    assert content(graph) == grown


def _random_fact(rng: random.Random, people: list[Entity]) -> Fact:
    known = {p.id: p for p in people}
    head, tail, third = (known[p.id] for p in rng.choices(people, k=3))
    kind = rng.randrange(4)
    evidence = (PersonEvidence("Ada", score=rng.choice([0.5, 0.9])),)
    if kind == 0:
        return Fact(head, "AGE", Literal(rng.randrange(5), "integer"), evidence=evidence)
    roles = (Qualifier("witness", third),) if kind == 1 else ()
    return Fact(head, rng.choice(["KNOWS", "LIKES"]), tail, roles, evidence=evidence)
