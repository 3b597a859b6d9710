from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError, ReadError
from kgkit.evidence import ImportEvidence, PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity
from kgkit.ids import identity_key
from stores.memory import MemoryGraph
from stores.networks import (
    from_networkx,
    read_graphml,
    read_node_link,
    to_networkx,
    write_graphml,
    write_node_link,
)
from tests.stores.embedded.records import world

Graph: TypeAlias = "networkx.MultiDiGraph[Any]"

FORMATS = [(write_graphml, read_graphml), (write_node_link, read_node_link)]
IDS = ["graphml", "node-link"]

#: Text that any of XML, JSON or GraphML's readers would bend: every character, lone surrogates too.
TEXT = st.text(st.characters(exclude_categories=()), max_size=8) | st.sampled_from(
    ["\\", "\\u0041", "$date", "\r\n", " ", "\x00", "id", "key", "labels", "kgkit", "true", "<a>"]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    # ISO 8601 has no mark for the second run through an hour of a clock put back.
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.times().map(lambda moment: moment.replace(fold=0))
    | st.timedeltas()
    | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(TEXT | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)
ATTRIBUTES = st.dictionaries(TEXT, VALUES, max_size=3)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    graph: Graph = networkx.MultiDiGraph()
    graph.graph.update(draw(ATTRIBUTES))
    nodes = draw(st.lists(TEXT | st.integers(), min_size=1, max_size=4, unique=True))
    for node in nodes:
        graph.add_node(node)
        graph.nodes[node].update(draw(ATTRIBUTES))
    for _ in range(draw(st.integers(0, 4))):
        ends = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        key = graph.add_edge(*ends, draw(st.none() | TEXT))
        graph.edges[*ends, key].update(draw(ATTRIBUTES))
    return graph


def parts(graph: Graph) -> tuple[Any, ...]:
    """Return all of a graph, values with their types, since 1 == True == 1.0."""
    return (
        repr(graph.graph),
        repr(list(graph.nodes(data=True))),
        repr(list(graph.edges(keys=True, data=True))),
    )


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=IDS)
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(graph=graphs())
def test_a_file_holds_all_of_a_graph(tmp_path: Path, write: Any, read: Any, graph: Graph) -> None:
    file = tmp_path / "graph"
    write(graph, file)
    assert parts(read(file)) == parts(graph)
    first = file.read_bytes()
    write(read(file), file)
    assert file.read_bytes() == first


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=IDS)
def test_a_store_s_graph_goes_into_a_file_and_back(tmp_path: Path, write: Any, read: Any) -> None:
    store = MemoryGraph()
    store.apply(world())
    write(store.to_networkx(), tmp_path / "graph")
    assert parts(read(tmp_path / "graph")) == parts(store.to_networkx())


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=IDS)
def test_values_that_no_file_holds(tmp_path: Path, write: Any, read: Any) -> None:
    graph: Graph = networkx.MultiDiGraph()
    graph.add_node("a", x={1, 2})
    with pytest.raises(InputError, match="set cannot be written"):
        write(graph, tmp_path / "graph")
    graph.add_node("a", x=float("inf"), y=[float("nan")])
    write(graph, tmp_path / "graph")
    assert repr(read(tmp_path / "graph").nodes["a"]) == repr(
        {"x": float("inf"), "y": [float("nan")]}
    )


def test_graphml_is_read_by_networkx(tmp_path: Path) -> None:
    scott, alien = Entity.named("Ridley Scott", "Person"), Entity.named("Alien", "Film")
    graph = to_networkx([scott, alien], [Fact(scott, "DIRECTED", alien)])
    write_graphml(graph, tmp_path / "graph")
    plain = networkx.read_graphml(tmp_path / "graph", edge_key_type=str)
    assert plain.nodes[alien.id]["name"] == "Alien"
    ((_, _, data),) = plain.edges(data=True)
    assert (data["relation"], data["confidence"]) == ("DIRECTED", 0.0)


def test_node_link_is_read_by_networkx(tmp_path: Path) -> None:
    graph: Graph = networkx.MultiDiGraph()
    graph.add_edge("a", "b", "k", relation="MET")
    write_node_link(graph, tmp_path / "graph")
    plain = networkx.node_link_graph(json.loads((tmp_path / "graph").read_text()), edges="edges")
    assert isinstance(plain, networkx.MultiDiGraph)
    assert parts(plain) == parts(graph)


def test_graphml_of_other_programs(tmp_path: Path) -> None:
    graph: networkx.DiGraph[Any] = networkx.DiGraph()
    graph.add_edge("n0", "n1", label="\\directed")
    graph.nodes["n0"].update(label="Ridley Scott", age=60, tall=True)
    networkx.write_graphml(graph, tmp_path / "graph")
    found = read_graphml(tmp_path / "graph")
    assert found.nodes["n0"] == {"label": "Ridley Scott", "age": 60, "tall": True}
    assert [data for _, _, data in found.edges(data=True)] == [{"label": "\\directed"}]


_HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no XML"),
        ("<graphml", "no XML"),
        ("<html/>", "holds no graph|no GraphML"),
        (f'{_HEAD}<graph edgedefault="undirected"/></graphml>', "undirected"),
        (f'{_HEAD}<graph><node id="a"><data key="x">1</data></node></graph></graphml>', "no key x"),
        (
            '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
            f'{_HEAD}<graph edgedefault="directed"><node id="&b;"/></graph></graphml>',
            "document type",
        ),
        (
            '<!DOCTYPE g [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
            f'{_HEAD}<graph edgedefault="directed"><node id="a"/></graph></graphml>',
            "document type",
        ),
    ],
)
def test_graphml_that_is_none(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "graph").write_text(text)
    with pytest.raises(ReadError, match=said):
        read_graphml(tmp_path / "graph")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("[]", "no list of nodes"),
        ('{"nodes": [{}]}', "need an id"),
        ('{"nodes": [{"id": []}]}', "need an id"),
        ('{"nodes": [], "edges": [{"source": 1}]}', "need an id"),
        ('{"nodes": [], "directed": false}', "undirected"),
        ('{"nodes": [{"id": 1, "x": {"$date": "soon"}}]}', "no value"),
        ('{"nodes": [{"id": 1, "x": {"$what": 1}}]}', "no value"),
        ('{"nodes": [{"id": "\\\\["}]}', "no JSON"),
    ],
)
def test_node_link_json_that_is_none(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "graph").write_text(text)
    with pytest.raises(ReadError, match=said):
        read_node_link(tmp_path / "graph")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for read in (read_graphml, read_node_link):
        with pytest.raises(ReadError, match="check it"):
            read(tmp_path / "none")


NAMES = st.text(min_size=1, max_size=9)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(["Person", "Film"])), min_size=1, max_size=5),
    st.lists(
        st.tuples(st.integers(0, 4), NAMES, st.integers(0, 4) | NAMES | st.dates()), max_size=6
    ),
)
def test_what_was_a_fact_is_one_again(
    named: list[tuple[str, str]], stated: list[tuple[int, str, Any]]
) -> None:
    entities = {e.id: e for e in (Entity.named(*pair, aliases=("x",)) for pair in named)}
    known = list(entities.values())
    facts = {}
    for head, relation, tail in stated:
        kind = "date" if isinstance(tail, date) else "string"
        end = known[tail % len(known)] if isinstance(tail, int) else Literal(tail, kind)
        relation = relation if isinstance(end, Entity) else "BORN"
        fact = Fact(known[head % len(known)], relation, end, predicate=relation)
        fact = fact.with_evidence(PersonEvidence("Ada", score=0.5))
        facts[fact.id] = fact
    found_entities, found = from_networkx(to_networkx(known, facts.values()), "a")
    assert found_entities == known
    assert {fact.id for fact in found} == facts.keys()
    edges = [fact for fact in found if fact.is_edge]
    assert all(fact.confidence == 0.5 for fact in edges)
    assert {f.predicate for f in edges} == {f.predicate for f in facts.values() if f.is_edge}


def test_any_directed_graph_gives_facts() -> None:
    graph: networkx.DiGraph[Any] = networkx.DiGraph()
    graph.add_node("Alien", type="Film", year=1979, tags=["space", None, "horror"])
    graph.add_node(7, label="Ridley Scott", type="Person", born=date(1937, 11, 30))
    graph.add_node("urn:film:legend", title="Legend")
    graph.add_edge(7, "Alien", relation="has directed", confidence=0.4)
    graph.add_edge(7, "urn:film:legend")
    entities, facts = from_networkx(graph, "films.csv")
    by_name = {entity.name: entity for entity in entities}
    assert by_name["Alien"].id == identity_key("Alien", "Film")
    assert by_name["Legend"].id == "urn:film:legend"
    other, _ = from_networkx(graph, "other.csv")
    assert by_name["Ridley Scott"].id not in {entity.id for entity in other}
    assert sorted(str(fact) for fact in facts) == [
        "(Alien)-[TAGS]->(horror)",
        "(Alien)-[TAGS]->(space)",
        "(Alien)-[YEAR]->(1979)",
        "(Ridley Scott)-[BORN]->(1937-11-30)",
        "(Ridley Scott)-[HAS_DIRECTED]->(Alien)",
        "(Ridley Scott)-[RELATED_TO]->(Legend)",
    ]
    (directed,) = [fact for fact in facts if fact.relation == "HAS_DIRECTED"]
    assert directed.predicate == "has directed"
    assert directed.confidence == 0.4
    assert [type(piece) for piece in directed.evidence] == [ImportEvidence]


def test_namesakes_with_keys_stay_apart() -> None:
    graph: networkx.DiGraph[Any] = networkx.DiGraph()
    graph.add_node(1, name="Springfield")
    graph.add_node(2, name="Springfield")
    entities, _ = from_networkx(graph, "towns")
    assert len({entity.id for entity in entities}) == 2


def test_graphs_that_are_no_facts() -> None:
    with pytest.raises(InputError, match="to_directed"):
        from_networkx(networkx.path_graph(2), "a")
    graph: networkx.DiGraph[Any] = networkx.DiGraph()
    graph.add_node("a", x=timedelta(1))
    with pytest.raises(InputError, match="'x' holds a timedelta"):
        from_networkx(graph, "a")
    graph.nodes["a"].clear()
    graph.add_edge("a", "a", confidence=2)
    with pytest.raises(InputError, match="confidence=2"):
        from_networkx(graph, "a")


def test_only_what_is_asserted_is_an_edge() -> None:
    scott, alien = Entity.named("Ridley Scott"), Entity.named("Alien")
    facts = [
        Fact(scott, "DIRECTED", alien, polarity=Polarity.NEGATIVE),
        Fact(alien, "RELEASED", Literal(datetime(1979, 5, 25), "dateTime")),
        Fact(alien, "STARTS", Literal(str(time(20)), "string")),
    ]
    graph = to_networkx([scott, alien], facts)
    assert graph.number_of_edges() == 0
    assert graph.nodes[alien.id]["properties"] == {
        "RELEASED": [datetime(1979, 5, 25)],
        "STARTS": ["20:00:00"],
    }


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=IDS)
@pytest.mark.parametrize("text", ["\n", "one\ntwo", "a\x85b", "a\u2028b", "a\r\nb"], ids=repr)
def test_ends_of_lines_come_back(tmp_path: Path, write: Any, read: Any, text: str) -> None:
    graph: Graph = networkx.MultiDiGraph()
    graph.add_node("a", note=text)
    write(graph, tmp_path / "graph")
    assert parts(read(tmp_path / "graph")) == parts(graph)
