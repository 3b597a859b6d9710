"""Asking in SPARQL: what comes back, and what is refused and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from kgkit.errors import InputError, QueryError, QueryTimeout, ReadOnlyError
from kgkit.facts import Literal
from stores.rdf import RdfGraph
from tests.stores.embedded.records import CURIE, NOBEL, WARSAW, world
from tests.stores.rdf.strategies import texts


@pytest.fixture(scope="module")
def curie() -> Iterator[RdfGraph]:
    """The small world, for tests that leave it as it is."""
    with RdfGraph.open() as graph:
        graph.apply(world())
        yield graph


def test_select_gives_native_values(curie: RdfGraph) -> None:
    rows = curie.query(
        """SELECT ?name ?day ?nothing ?sure
        { ?s rdfs:label ?name ; rel:BIRTH_DATE ?day . BIND(1 < 2 AS ?sure) }"""
    )
    assert rows.columns == ("name", "day", "nothing", "sure")
    day = date(1867, 11, 7)
    assert rows == [{"name": "Marie Curie", "day": day, "nothing": None, "sure": True}]


def test_ask_and_construct_give_rows(curie: RdfGraph) -> None:
    assert curie.query("ASK { ?s rel:MARRIED ?o }") == [{"answer": True}]
    rows = curie.query("CONSTRUCT { ?s rel:LOVED ?o } WHERE { ?s rel:MARRIED ?o }")
    assert rows.columns == ("subject", "predicate", "object")
    assert rows[0]["predicate"] == "urn:kgkit:relation:LOVED"


def test_what_is_said_of_a_triple_can_be_asked(curie: RdfGraph) -> None:
    text = """SELECT ?place ?time ?clause ?uri
    { ?f rdf:reifies <<( $who rel:BORN_IN ?place )>> ; kg:polarity "positive" ;
         kg:qualifier [ kg:role "time" ; rdf:value ?time ] ;
         kg:evidence [ kg:start ?clause ] ; prov:wasDerivedFrom [ kg:uri ?uri ] }"""
    place = f"urn:kgkit:entity:{WARSAW.id}"
    row = {"place": place, "time": date(1867, 11, 7), "clause": 0, "uri": "curie.txt"}
    assert curie.query(text, {"who": CURIE}) == [row]


def test_a_triple_term_is_a_tuple(curie: RdfGraph) -> None:
    text = "SELECT ?t { ?f rdf:reifies ?t ; kg:modality 'hedged' }"
    assert curie.query(text)[0]["t"][1] == "urn:kgkit:relation:BORN_IN"


def test_a_limit_cuts_rows_and_says_so(curie: RdfGraph) -> None:
    rows = curie.query("SELECT ?s { ?s a kg:Entity }", limit=2)
    assert len(rows) == 2
    assert rows.notes == ("there are more than limit=2 rows",)
    assert curie.query("SELECT ?s { ?s a kg:Entity }", limit=5).notes == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Warsaw", "Warsaw"),
        (7, 7),
        (2.5, 2.5),
        (True, True),
        (date(1903, 1, 2), date(1903, 1, 2)),
        (datetime(1903, 1, 2, 3), datetime(1903, 1, 2, 3)),
        (Literal(1903, "gYear"), 1903),
        (NOBEL, f"urn:kgkit:entity:{NOBEL.id}"),
        ("<http://example.org/a>", "http://example.org/a"),
        ("<not an iri>", "<not an iri>"),
    ],
)
def test_parameters_stand_for_values(curie: RdfGraph, value: Any, shown: Any) -> None:
    rows = curie.query("SELECT ?x { VALUES ?x { $value } } # $value '$value'", {"value": value})
    assert rows == [{"x": shown}]


@given(texts)
@settings(deadline=None)
def test_no_text_breaks_out_of_a_parameter(text: str) -> None:
    with RdfGraph.open() as graph:
        assert graph.query("SELECT ?x { VALUES ?x { $x } }", {"x": text}) == [{"x": text}]


def test_a_dollar_without_parameter_is_a_variable(curie: RdfGraph) -> None:
    assert len(curie.query("SELECT $s { $s rel:MARRIED ?o }")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELEC ?s {}", "line 1, column 10.*check it near 'SELEC"),
        ("SELECT ?s {\n ?s foo:bar ?o }", "line 2.*a prefix is not declared"),
        ("SELECT ?s { ?s ?p }", "line 1, column 20"),
        (" # nothing", "is empty"),
    ],
)
def test_a_broken_query_is_said_in_one_sentence(curie: RdfGraph, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        curie.query(text)
    assert "\n" not in str(caught.value)
    with pytest.raises(ReadOnlyError, match="opened for reading"):
        RdfGraph.open(read_only=True).query(text, write=True)
    with pytest.raises(QueryError):
        curie.query(text, write=True)


def test_unusable_arguments_are_refused(curie: RdfGraph) -> None:
    with pytest.raises(QueryError, match="does not use the parameter 'who'"):
        curie.query("SELECT ?s { ?s ?p ?who }", {"who": 1})
    with pytest.raises(QueryError, match="is no value that RDF holds"):
        curie.query("SELECT ?s { ?s ?p $x }", {"x": [1]})
    with pytest.raises(InputError, match="timeout=0"):
        curie.query("ASK {}", timeout=0)
    with pytest.raises(InputError, match="limit=-1"):
        curie.query("ASK {}", limit=-1)


def test_queries_only_read_unless_told(curie: RdfGraph) -> None:
    for text in ("INSERT DATA { ent:a rel:P 1 }", "DROP ALL", "DROP GRAPH <urn:none>"):
        with pytest.raises(ReadOnlyError, match="write=True"):
            curie.query(text)
    assert curie.watermark() == 1


def test_writing() -> None:
    with RdfGraph.open() as graph:
        assert graph.query("INSERT DATA { ent:a rel:AGE $n }", {"n": 7}, write=True) == []
        assert graph.query("SELECT ?n { ent:a rel:AGE ?n }", write=True) == [{"n": 7}]
        with pytest.raises(QueryError, match="urn:none"):
            graph.query("INSERT DATA { ent:b rel:P 1 } ; DROP GRAPH <urn:none>", write=True)
        assert not graph.query("ASK { ent:b ?p ?o }")[0]["answer"], "all or nothing"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p ?o SERVICE:x { ?a ?b ?c } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }",
        "SELECT * { ?s ?p 'x'SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }",
        "SELECT * { ?s ?p 'x'@enSERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p <urn:a>SERVICE?u{ ?a ?b ?c } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { ent:a rel:P 1 } ; LOAD SILENT <file:///etc/hosts>",
    ],
)
def test_queries_stay_inside_the_graph(curie: RdfGraph, text: str) -> None:
    for write in (False, True):
        with pytest.raises(QueryError, match=r"reaches over the network|cannot run"):
            curie.query(text, write=write)


def test_service_is_a_word_like_others_in_names_and_text(curie: RdfGraph) -> None:
    text = 'SELECT ?service { ?service rel:SERVICE \'LOAD\' . ?s <urn:SERVICE> """SERVICE""" }'
    assert curie.query(text) == []


def test_a_long_query_ends_at_its_next_row(curie: RdfGraph) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryTimeout, match=r"timeout=0.05 seconds"):
        curie.query(text, timeout=0.05)


def test_describe_counts_classes_and_predicates(curie: RdfGraph) -> None:
    found = curie.describe()
    assert found.labels["type:Person"] == 2
    assert found.labels["kg:Fact"] == 6
    assert found.relationships["rel:BORN_IN"] == 1
    assert "rel:BIRTH_DATE" in found.properties
    assert not any("watermark" in name for name in found.properties)
