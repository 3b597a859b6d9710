"""Files that others wrote: what they say, and how broken ones are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize
from pyoxigraph import Literal as Term

from kgkit.errors import InputError, ReadError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Literal, Modality, Qualifier
from stores.rdf import Imported, RdfGraph, import_rdf
from stores.rdf.describe import node
from stores.rdf.names import PREFIXES

FILMS = """@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:alien a ex:Film ; rdfs:label "Alien", "Alien, le huitième passager"@fr ;
    ex:directedBy ex:ridley-scott ; ex:released "1979-05-25"^^xsd:date ; ex:tagline "In space"@en .
ex:ridley-scott rdfs:label "Ridley Scott" {| ex:source "a book" |} .
ex:alien ex:influencedBy ex:dark_star {| ex:since 1974 |} .
<< ex:alien ex:remakeOf ex:it >> ex:source "a rumour" .
"""


def read(folder: Path, text: str | bytes, name: str = "films.ttl") -> Imported:
    """Return what a file with this text says."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return import_rdf(path)


def test_a_foreign_file_becomes_entities_and_facts(tmp_path: Path) -> None:
    found = read(tmp_path, FILMS)
    facts = {fact.relation: fact for fact in found}
    alien = Entity("http://example.org/alien", "Alien", "Film", ("Alien, le huitième passager",))
    scott = Entity("http://example.org/ridley-scott", "Ridley Scott")
    assert facts["DIRECTED_BY"].head == alien
    assert facts["DIRECTED_BY"].tail == scott
    assert facts["DIRECTED_BY"].predicate == "http://example.org/directedBy"
    assert facts["RELEASED"].tail == Literal(date(1979, 5, 25), "date")
    assert facts["TAGLINE"].qualifiers == (Qualifier("language", Literal("en")),)
    path = (tmp_path / "films.ttl").as_posix()
    assert facts["DIRECTED_BY"].evidence == (ImportEvidence(path, "4"),)
    assert {fact.confidence for fact in found} == {1.0}


def test_what_is_said_of_a_triple_qualifies_its_fact(tmp_path: Path) -> None:
    facts = {fact.relation: fact for fact in read(tmp_path, FILMS)}
    assert facts["INFLUENCED_BY"].qualifiers == (Qualifier("since", Literal(1974, "integer")),)
    assert facts["INFLUENCED_BY"].modality is Modality.ASSERTED
    assert facts["REMAKE_OF"].modality is Modality.HEDGED, "the file does not state it"


def test_classic_statements_qualify_their_facts_too(tmp_path: Path) -> None:
    text = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix : <urn:x:> .
    [] a rdf:Statement ; rdf:subject :a ; rdf:predicate :likes ; rdf:object :b ; :since 1990 .
    :a :likes :b ."""
    (fact,) = read(tmp_path, text)
    assert str(fact) == "(a)-[LIKES]->(b)"
    assert fact.qualifiers == (Qualifier("since", Literal(1990, "integer")),)


def test_further_classes_are_facts(tmp_path: Path) -> None:
    text = "@prefix : <urn:x:> . :a a :Film, :Work ; :p :b ."
    assert sorted(map(str, read(tmp_path, text))) == ["(a)-[P]->(b)", "(a)-[TYPE]->(Work)"]


def test_cyclic_blank_nodes_are_told_apart_and_stable(tmp_path: Path) -> None:
    text = "_:x <urn:x:knows> _:y . _:y <urn:x:knows> _:x . [] <urn:x:knows> [], _:x ."
    first, second = read(tmp_path, text), read(tmp_path, text)
    assert first == second
    assert len(first.entities) == 4
    assert len(first) == 4
    other = read(tmp_path, text, "other.ttl")
    assert {e.id for e in first.entities}.isdisjoint({e.id for e in other.entities})


def test_lists_and_named_graphs_are_kept(tmp_path: Path) -> None:
    text = "@prefix : <urn:x:> . :g { :a :p (1 2) }"
    found = read(tmp_path, text, "g.trig")
    assert sorted(fact.relation for fact in found) == ["FIRST", "FIRST", "P", "REST", "REST"]
    rows = {
        piece.row for fact in found for piece in fact.evidence if isinstance(piece, ImportEvidence)
    }
    assert all(row.endswith(" in <urn:x:g>") for row in rows)


def test_relative_iris_need_a_base(tmp_path: Path) -> None:
    text = "<a> <p> <b> ."
    with pytest.raises(ReadError, match=r"line 1.*for relative IRIs give base="):
        read(tmp_path, text)
    (fact,) = import_rdf(tmp_path / "films.ttl", base="http://example.org/")
    assert fact.head.id == "http://example.org/a"


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">\n' for i in range(1, 10))
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">\n'
BODY = '<rdf:Description rdf:about="urn:a"><e:p>%s</e:p></rdf:Description></rdf:RDF>'


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("cut.nt", '<urn:a> <urn:b> "x" .\n<urn:a> <urn:b> "x', 2),
        ("cut.nq", "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b", 2),
        ("blank.ttl", "<urn:a> <urn:b> <urn:c> .\n\n<urn:a> <urn:b> <http://x/y z> .", 3),
        ("bytes.ttl", b'<urn:a> <urn:b> "\xff" .', 1),
        ("open.trig", "<urn:g> { <urn:a> <urn:b> 1 .\n", 2),
        ("cut.rdf", XML + "<e:p", 2),
        ("laughs.rdf", f'<!DOCTYPE x [\n<!ENTITY l0 "ha">{LAUGHS}]>\n{XML}{BODY % "&l9;"}', 2),
        ("file.rdf", f'<!DOCTYPE x [\n\n<!ENTITY f SYSTEM "file:///etc/hosts">]>{XML}', 3),
        ("wide.rdf", (XML + BODY % "x").encode("utf-16"), 1),
        ("undefined.rdf", XML + BODY % "&nobody;", 2),
        ("cut.jsonld", '{"@id": "urn:a",', 1),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:14] else "",
)
def test_broken_files_are_refused_with_file_and_line(
    tmp_path: Path, name: str, text: str | bytes, line: int
) -> None:
    with pytest.raises(ReadError, match=f"{name}', line {line}: ") as caught:
        read(tmp_path, text, name)
    assert "\n" not in str(caught.value)
    with pytest.raises(ReadError, match=f"{name}', line {line}: "):
        RdfGraph.open_file(tmp_path / name)


def test_contexts_are_not_fetched(tmp_path: Path) -> None:
    text = '{"@context": "http://127.0.0.1:9/c", "@id": "urn:a", "p": 1}'
    with pytest.raises(ReadError, match="which is not fetched"):
        read(tmp_path, text, "far.jsonld")


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    for name in ("none.ttl", "none.rdf"):
        with pytest.raises(ReadError, match=name):
            import_rdf(tmp_path / name)
    with pytest.raises(InputError, match="does not say its RDF format"):
        import_rdf(tmp_path / "notes.txt")


def test_half_a_description_of_ours_is_refused(tmp_path: Path) -> None:
    text = "<urn:kgkit:fact:1> a <urn:kgkit:term:Fact> ."
    with pytest.raises(ReadError, match=r"films.ttl.*urn:kgkit:fact:1.*not described as kgkit"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "ent:a a kg:Entity ; rdfs:label ent:b .",
        "ent:a a kg:Entity ; rdfs:label 'a' ; kg:aliases 'no json' .",
        "fact:1 a kg:Fact ; rdf:reifies <<( ent:a rel:P 1 )>> ; kg:polarity 'odd' .",
        "fact:1 a kg:Fact ; rdf:reifies <<( ent:a <urn:p> 1 )>> ; kg:polarity 'positive' .",
        """fact:1 a kg:Fact ; rdf:reifies <<( ent:a rel:P 1 )>> ; kg:polarity 'positive' ;
        kg:modality 'asserted' ; kg:evidence [ a kg:TextEvidence ] .""",
    ],
)
def test_broken_descriptions_of_ours_are_refused(tmp_path: Path, text: str) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    with pytest.raises(ReadError, match="not described as kgkit"):
        read(tmp_path, prefixes + text)


nodes = st.sampled_from(
    [
        *(NamedNode(f"urn:x:{name}") for name in "ab"),
        *(BlankNode(name) for name in "cd"),
        *(node(name) for name in ("kg:Entity", "kg:mentions", "rdf:Statement", "rdf:nil")),
    ]
)
predicates = st.sampled_from(
    [
        NamedNode("urn:x:p"),
        *(node(f"rdf:{name}") for name in ("type", "reifies", "subject", "predicate", "object")),
        *(node(name) for name in ("rdfs:label", "skos:altLabel", "owl:sameAs", "rel:P")),
    ]
)
terms = st.one_of(
    nodes,
    st.text(max_size=3).map(Term),
    st.builds(Term, st.text(max_size=3), language=st.sampled_from(["en", "de-CH"])),
    st.builds(Term, st.text(max_size=3), datatype=st.just(node("xsd:date"))),
)
triples = st.builds(Triple, nodes, predicates, terms)
quads = st.builds(Quad, nodes, predicates, terms | triples, st.none() | nodes)


@given(st.lists(quads, max_size=8))
@settings(deadline=None)
def test_any_graph_is_read_or_refused(file: Path, made: list[Quad]) -> None:
    serialize(made, str(file), format=RdfFormat.N_QUADS)
    try:
        found = import_rdf(file)
    except ReadError:
        assert any(quad.object == node("kg:Entity") for quad in made)
        return
    assert found == import_rdf(file)
    assert all(fact.confidence == 1.0 for fact in found)
    named = {
        entity.id for fact in found for entity in (fact.head, fact.tail) if hasattr(entity, "id")
    }
    assert named <= {entity.id for entity in found.entities}


@given(st.binary(max_size=40), st.sampled_from(["ttl", "nt", "rdf", "jsonld"]))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(file: Path, data: bytes, suffix: str) -> None:
    path = file.with_suffix(f".{suffix}")
    path.write_bytes(data)
    said = ""
    try:
        import_rdf(path)
    except ReadError as error:
        said = str(error)
    assert not said or path.name in said
    assert "\n" not in said


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that each example writes anew."""
    return tmp_path_factory.mktemp("rdf") / "graph.nq"


def test_triples_beside_ours_are_read_too(tmp_path: Path) -> None:
    text = """@prefix ent: <urn:kgkit:entity:> . @prefix rel: <urn:kgkit:relation:> .
    ent:a a <urn:kgkit:term:Entity>, <urn:kgkit:type:Film> ;
        <http://www.w3.org/2000/01/rdf-schema#label> "Alien" ; rel:WON ent:b ."""
    (fact,) = read(tmp_path, text)
    assert str(fact) == "(Alien)-[WON]->(b)"
    assert fact.head.type == "Film"
