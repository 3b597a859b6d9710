from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kgkit.errors import ReadOnlyError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from stores.embedded import EmbeddedGraph
from stores.ledger import Batch
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
    content,
    literal,
    seen_again,
    world,
)


def test_nodes_carry_a_label_for_their_type(curie: EmbeddedGraph) -> None:
    rows = curie.query("MATCH (e:Entity) RETURN labels(e) AS labels, e.name AS name ORDER BY name")
    assert rows == [
        {"labels": ["Entity", "Person"], "name": "Marie Curie"},
        {"labels": ["AwardOfHonour", "Entity"], "name": "Nobel Prize"},
        {"labels": ["Entity", "Person"], "name": "Pierre Curie"},
        {"labels": ["Entity", "Location"], "name": "Stockholm"},
        {"labels": ["Entity", "Location"], "name": "Warsaw"},
    ]


def test_a_fact_is_an_edge_with_its_confidence(curie: EmbeddedGraph) -> None:
    (row,) = curie.query("MATCH (:Person)-[r:BORN_IN]->(:Location) RETURN r")
    assert row["r"].start == CURIE.id
    assert row["r"].end == WARSAW.id
    assert row["r"].properties == {
        "id": BORN.id,
        "predicate": "was born in",
        "confidence": 0.9,
        "support": 1,
        "evidence": [CHUNK.id],
        "time": BIRTH,
    }


def test_a_literal_fact_is_a_property_of_its_own_type(curie: EmbeddedGraph) -> None:
    rows = curie.query("MATCH (p:Person {name: 'Marie Curie'}) RETURN p.birth_date AS born")
    assert rows == [{"born": date(1867, 11, 7)}]


def test_a_fact_with_three_roles_is_an_edge_and_a_statement(curie: EmbeddedGraph) -> None:
    rows = curie.query(
        "MATCH (s:Statement)-[r]->(e) RETURN s.id AS id, s.relation AS relation, "
        "type(r) AS role, e.name AS name ORDER BY role"
    )
    assert rows == [
        {"id": WON.id, "relation": "WON", "role": role, "name": name}
        for role, name in (
            ("HEAD", "Marie Curie"),
            ("PLACE", "Stockholm"),
            ("TAIL", "Nobel Prize"),
        )
    ]
    assert len(curie.query("MATCH (:Entity)-[r:WON]->(:Entity) RETURN r.id")) == 1


def test_denied_and_hedged_facts_are_not_edges(curie: EmbeddedGraph) -> None:
    assert len(curie.query("MATCH ()-[r:BORN_IN]->() RETURN r.id")) == 1


def test_mentions_join_entities_to_chunks_and_documents(curie: EmbeddedGraph) -> None:
    rows = curie.query(
        "MATCH (e:Entity)-[m:MENTIONED_IN]->(c:Chunk)-[:PART_OF]->(d:Document) "
        "RETURN e.name AS name, m.spans AS spans, m.count AS n, d.uri AS uri, "
        "c.text AS text ORDER BY name"
    )
    shared = {"uri": "curie.txt", "text": PAPER.text}
    assert rows == [
        {"name": "Marie Curie", "spans": ["0:11", "32:37"], "n": 2, **shared},
        {"name": "Warsaw", "spans": ["24:30"], "n": 1, **shared},
    ]


def test_what_stands_beside_the_graph_is_not_seen(curie: EmbeddedGraph) -> None:
    assert set(curie.describe().labels) == {
        *("Entity", "Person", "Location", "AwardOfHonour"),
        *("Document", "Chunk", "Statement"),
    }
    assert curie.query("MATCH (n) RETURN count(n) AS n") == [{"n": 8}]
    assert not {"slot", "watermark", "KgkitFact"} & set(curie.describe().properties)


def test_applying_twice_changes_nothing(graph: EmbeddedGraph) -> None:
    graph.apply(world())
    once = content(graph)
    graph.apply(world(2))
    assert content(graph) == once
    assert graph.watermark() == 2


def test_parts_in_any_order_make_the_same_graph(graph: EmbeddedGraph) -> None:
    graph.apply(world())
    whole = content(graph)
    graph.clear()
    assert graph.watermark() == 0
    graph.apply(batch(FACTS[3:], upto=1))
    graph.apply(Batch(2, (), (CHUNK,), MENTIONS, (), ()))
    graph.apply(batch(FACTS[:3], upto=3))
    graph.apply(Batch(4, (PAPER,)))
    assert content(graph) == whole


def test_all_that_goes_leaves_nothing(graph: EmbeddedGraph) -> None:
    graph.apply(world())
    records = [("document", PAPER.id), ("chunk", CHUNK.id)]
    entities = [CURIE, PIERRE, WARSAW, STOCKHOLM, NOBEL]
    records += [("entity", e.id) for e in entities] + [("fact", f.id) for f in FACTS]
    graph.apply(batch(upto=2, gone=records))
    assert content(graph) == ([], [])
    assert graph.describe().labels == {}


def test_what_was_never_there_may_go(graph: EmbeddedGraph) -> None:
    graph.apply(batch(gone=[("fact", "f"), ("entity", "e"), ("chunk", "c"), ("document", "d")]))
    assert graph.watermark() == 1


def test_more_evidence_changes_the_edge(graph: EmbeddedGraph) -> None:
    graph.apply(world())
    graph.apply(batch([seen_again(BORN)], upto=2))
    rows = graph.query("MATCH ()-[r:BORN_IN]->() RETURN r.confidence AS p, r.support AS n")
    assert rows == [{"p": 0.95, "n": 2}]


def test_another_type_keeps_edges_and_properties(graph: EmbeddedGraph) -> None:
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
    graph.apply(batch([seen_again(MARRIED)], upto=3, entities=[moved]))
    assert len(graph.query("MATCH (:Scientist)-[r:MARRIED]->(:Person) RETURN r")) == 1


def test_several_literals_are_a_list_that_shrinks_again(graph: EmbeddedGraph) -> None:
    short, tall = literal(1.5, unit="m"), literal(1.6, unit="m")
    name = "MATCH (p:Person) RETURN p.height AS height, p.height_unit AS unit"
    graph.apply(batch([tall, short]))
    assert graph.query(name) == [{"height": [1.5, 1.6], "unit": ["m", "m"]}]
    graph.apply(batch(upto=2, gone=[("fact", short.id)]))
    assert graph.query(name) == [{"height": 1.6, "unit": "m"}]
    graph.apply(batch(upto=3, gone=[("fact", tall.id)]))
    assert graph.query(name) == [{"height": None, "unit": None}]


def test_literals_of_mixed_types_are_text(graph: EmbeddedGraph) -> None:
    graph.apply(batch([literal(3), literal("tall"), literal(date(2000, 1, 2))]))
    rows = graph.query("MATCH (p:Person) RETURN p.height AS height")
    assert sorted(rows[0]["height"]) == ["2000-01-02", "3", "tall"]


@pytest.mark.parametrize(
    "value",
    [
        *(True, -7, 2**62, 0.1, 1e300, "ü \"quoted\" 'twice' \\ \n 漢字", ""),
        *(date(1066, 10, 14), date(9999, 12, 31), datetime(1969, 7, 20, 20, 17, 40, 123456)),
        datetime(2020, 2, 29, 12, tzinfo=UTC),
    ],
    ids=repr,
)
def test_values_come_back_as_they_were(graph: EmbeddedGraph, value: object) -> None:
    graph.apply(batch([literal(value)]))
    (row,) = graph.query("MATCH (p:Person) RETURN p.height AS height")
    assert row["height"] == value
    assert type(row["height"]) is type(value)


def test_a_number_beyond_64_bits_is_text(graph: EmbeddedGraph) -> None:
    graph.apply(batch([literal(10**30)]))
    assert graph.query("MATCH (p:Person) RETURN p.height AS h") == [{"h": str(10**30)}]


def test_literals_never_take_the_place_of_name_id_or_type(graph: EmbeddedGraph) -> None:
    graph.apply(batch([literal("x", relation=name) for name in ("NAME", "ID", "TYPE")]))
    (row,) = graph.query("MATCH (p:Person) RETURN p")
    assert (row["p"]["name"], row["p"]["id"], row["p"]["type"]) == (CURIE.name, CURIE.id, "Person")
    assert (row["p"]["name_"], row["p"]["id_"], row["p"]["type_"]) == ("x", "x", "x")


def test_a_qualified_literal_is_a_statement_with_a_value(graph: EmbeddedGraph) -> None:
    fact = Fact(
        WARSAW,
        "POPULATION",
        Literal(1_794_166, "integer"),
        (Qualifier("time", Literal(2021, "gYear")),),
        evidence=(PersonEvidence("Ada"),),
    )
    graph.apply(batch([fact]))
    rows = graph.query(
        "MATCH (s:Statement)-[:HEAD]->(e) RETURN e.name AS n, s.value AS v, s.time AS t"
    )
    assert rows == [{"n": "Warsaw", "v": 1_794_166, "t": 2021}]


def test_a_fact_about_itself_is_a_loop(graph: EmbeddedGraph) -> None:
    graph.apply(batch([Fact(CURIE, "TAUGHT", CURIE, evidence=(PersonEvidence("Ada"),))]))
    assert graph.query("MATCH (a)-[:TAUGHT]->(a) RETURN a.name AS name") == [{"name": CURIE.name}]


def test_what_fails_leaves_the_graph_as_it_was(graph: EmbeddedGraph) -> None:
    graph.apply(world())
    before = content(graph)
    broken = replace(MARRIED, predicate=object())  # type: ignore[arg-type]
    with pytest.raises(Exception, match="object"):
        graph.apply(batch([literal(2), broken], upto=9))
    assert content(graph) == before
    assert graph.watermark() == 1


def test_a_graph_that_is_read_is_not_written(curie: EmbeddedGraph) -> None:
    reader = EmbeddedGraph.open(curie._folder, read_only=True)
    with pytest.raises(ReadOnlyError, match="read_only"):
        reader.apply(world())
    with pytest.raises(ReadOnlyError, match="read_only"):
        reader.clear()


def test_any_history_ends_in_the_graph_of_the_last_state(graph: EmbeddedGraph) -> None:
    rng = random.Random(4)
    people = [Entity.named(f"p{i}", rng.choice(["Person", "Robot"])) for i in range(12)]
    live: dict[str, Fact] = {}
    for step in range(1, 9):
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
