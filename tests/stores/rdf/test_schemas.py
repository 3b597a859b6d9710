"""Schemas to OWL and SHACL and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import ReadError, SchemaError
from kgkit.schema import Pattern, Schema
from stores.rdf import schema_from_rdf, schema_to_rdf

words = st.from_regex(r"[A-Za-z_]\w{0,4}", fullmatch=True)
tails = words | st.sampled_from(
    ["string", "integer", "decimal", "date", "gYear", "duration", "quantity"]
)
patterns = st.builds(Pattern, words, words, tails).filter(
    lambda p: not Pattern("", "", p.head).is_property
)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Schemas of a few patterns, some of whose names are described."""
    found = tuple(draw(st.lists(patterns, min_size=1, max_size=5, unique=True)))
    bare = Schema(found)
    names = st.sampled_from(sorted({*bare.types, *bare.relations}))
    described = st.dictionaries(names, st.text(min_size=1, max_size=9), max_size=3)
    return Schema(found, draw(described))


@given(schemas())
def test_schemas_come_back(schema: Schema) -> None:
    assert schema_from_rdf(schema_to_rdf(schema)) == schema


def test_classes_and_properties_are_told_apart() -> None:
    schema = Schema.parse("(Film)-[RELEASED]->(date)\n(Person)-[DIRECTED]->(Film)\nFilm: a picture")
    text = schema_to_rdf(schema)
    assert 'type:Film a owl:Class ;\n\trdfs:comment "a picture" .' in text
    assert "rel:RELEASED a owl:DatatypeProperty" in text
    assert "rel:DIRECTED a owl:ObjectProperty" in text
    assert "rdfs:range xsd:date" in text


def test_domains_and_ranges_of_others_are_read() -> None:
    text = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <http://ex.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    :directedBy rdfs:domain :Film ; rdfs:range :Person ; rdfs:comment "who led the making" .
    :released rdfs:domain :Film ; rdfs:range xsd:date ."""
    expected = """(Film)-[DIRECTED_BY]->(Person)
    (Film)-[RELEASED]->(date)"""
    assert schema_from_rdf(text).patterns == Schema.parse(expected).patterns


def test_what_says_no_schema_is_refused() -> None:
    with pytest.raises(SchemaError, match="no SHACL shape"):
        schema_from_rdf("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(ReadError, match="line 1"):
        schema_from_rdf("(Person)-[DIRECTED]->(Film)")


def test_a_list_that_bites_its_tail_ends() -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:kgkit:type:> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    <urn:s> sh:targetClass :Film ; sh:property [ sh:path <urn:kgkit:relation:BY> ; sh:or _:l ] .
    _:l rdf:first [ sh:class :Person ] ; rdf:rest _:l ."""
    assert schema_from_rdf(text).patterns == (Pattern("Film", "BY", "Person"),)
