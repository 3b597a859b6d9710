"""What follows from a graph, and whether it is as its shapes ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kgkit.errors import InputError, ReadError
from kgkit.evidence import RuleEvidence
from kgkit.facts import Entity, Fact
from kgkit.schema import Schema
from stores.rdf import RdfGraph, Violation, infer, validate
from tests.stores.embedded.records import CURIE, FACTS, MARRIED, PIERRE, WARSAW, world
from tests.stores.rdf.strategies import TRICKY

PREFIXES = """@prefix rel: <urn:kgkit:relation:> . @prefix type: <urn:kgkit:type:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix kg: <urn:kgkit:term:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


@pytest.fixture(scope="module")
def curie() -> Iterator[RdfGraph]:
    """The small world."""
    with RdfGraph.open() as graph:
        graph.apply(world())
        yield graph


def test_symmetric_and_inverse_relations_give_facts(curie: RdfGraph) -> None:
    ontology = f"""{PREFIXES} rel:MARRIED a owl:SymmetricProperty .
    rel:BORN_IN owl:inverseOf rel:BIRTHPLACE_OF ."""
    expected = {(PIERRE, "MARRIED", CURIE), (WARSAW, "BIRTHPLACE_OF", CURIE)}
    for source in (curie, FACTS):
        found = infer(source, ontology=ontology)
        assert {(fact.head, fact.relation, fact.tail) for fact in found.facts} == expected
        assert {fact.evidence for fact in found.facts} == {(RuleEvidence("owl-rl", ()),)}
        assert (found.types, found.same, found.contradictions) == ((), (), ())
    assert "(Pierre Curie)-[MARRIED]->(Marie Curie)" in str(found)


def test_transitive_relations_close() -> None:
    parts = [Entity.named(name) for name in "abcd"]
    chain = [Fact(one, "PART_OF", other) for one, other in pairwise(parts)]
    ontology = f"{PREFIXES} rel:PART_OF a owl:TransitiveProperty ."
    found = {(f.head.name, f.tail) for f in infer(chain, ontology=ontology).facts}
    assert found == {("a", parts[2]), ("a", parts[3]), ("b", parts[3])}


def test_denied_and_hedged_facts_are_no_premises() -> None:
    ontology = f"{PREFIXES} rel:BORN_IN owl:inverseOf rel:BIRTHPLACE_OF ."
    unsaid = [fact for fact in FACTS if not fact.is_asserted]
    assert len(unsaid) == 2
    assert infer(unsaid, ontology=ontology).facts == ()


@pytest.mark.parametrize("profile", ["owl-rl", "rdfs"])
def test_domains_give_types(curie: RdfGraph, profile: str) -> None:
    ontology = f"{PREFIXES} rel:BORN_IN rdfs:domain type:Mortal ."
    assert ("Marie Curie", "Mortal") in infer(curie, profile, ontology=ontology).types


def test_one_thing_under_two_names_and_contradictions(curie: RdfGraph) -> None:
    ontology = f"""{PREFIXES} rel:MARRIED a owl:FunctionalProperty . type:Person
    owl:disjointWith type:Location . rel:WON rdfs:domain type:Location ."""
    other = Entity.named("P. Curie", "Person")
    found = infer([*FACTS, Fact(CURIE, "MARRIED", other)], ontology=ontology)
    assert len(found.same) == 1
    assert set(found.same[0]) == {"P. Curie", "Pierre Curie"}
    assert any("Person and Location" in text for text in found.contradictions)
    assert any("Marie Curie" in text for text in found.contradictions)


def test_odd_literals_are_neither_contradictions_nor_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    odd = [Fact(CURIE, f"R_{number}", value) for number, value in enumerate(TRICKY)]
    for profile in ("owl-rl", "rdfs"):
        found = infer(odd, profile)
        assert (found.facts, found.contradictions) == ((), ())
    assert validate(odd, Schema.parse("(Person)-[R_4]->(integer)")).results
    assert capfd.readouterr() == ("", "")


def test_without_an_ontology_nothing_follows(curie: RdfGraph) -> None:
    assert infer(curie).facts == ()


def test_what_cannot_be_used_is_said(curie: RdfGraph) -> None:
    with pytest.raises(InputError, match="no profile is named 'owl-full'; known are owl-rl, rdfs"):
        infer(curie, "owl-full")
    with pytest.raises(ReadError, match=r"the Turtle text is broken.*line 1"):
        infer(curie, ontology="no turtle")
    with pytest.raises(ReadError, match=r"the Turtle text is broken.*line 1"):
        validate(curie, "no turtle")


def test_a_schema_is_a_shape(curie: RdfGraph) -> None:
    schema = Schema.parse("(Person)-[BORN_IN]->(Location)\n(Person)-[BIRTH_DATE]->(date)")
    assert validate(curie, schema).conforms
    found = validate(curie, Schema.parse("(Person)-[WON]->(Location)"))
    assert not found.conforms
    message = "Value does not have class <urn:kgkit:type:Location>"
    assert found.results == (Violation("Marie Curie", "rel:WON", message, "Nobel Prize"),)
    assert "Violation: Marie Curie, rel:WON (Nobel Prize): Value" in str(found)


def test_facts_have_shapes_too(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"""{PREFIXES} kg:Sure a sh:NodeShape ; sh:targetClass kg:Fact ;
    sh:property [ sh:path kg:confidence ; sh:minInclusive 0.95 ;
                  sh:severity sh:Warning ; sh:message "too unsure" ] ."""
    )
    (result,) = validate([MARRIED], shapes).results
    expected = (f"fact:{MARRIED.id}", "kg:confidence", "too unsure", "0.9", "Warning")
    assert (result.focus, result.path, result.message, result.value, result.severity) == expected


def test_shapes_that_mean_nothing_are_refused(curie: RdfGraph) -> None:
    shapes = f"""{PREFIXES} kg:S a sh:NodeShape ; sh:targetClass type:Person ;
    sh:property [ sh:path rel:WON ; sh:minCount "many" ] ."""
    with pytest.raises(InputError, match="the shapes cannot be used"):
        validate(curie, shapes)
