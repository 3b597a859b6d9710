"""Kinds and parts, from texts, types and schemas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.align.concepts import ConceptLink, broader_types, patterns_in, schema_links
from kgkit.schema import Schema


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "She plays instruments such as lutes and harps.",
            [("lute", "instrument"), ("harp", "instrument")],
        ),
        ("Bees, wasps and other insects sting.", [("bee", "insect"), ("wasp", "insect")]),
        ("They visited cities including Bergen and Oslo.", [("Bergen", "city"), ("Oslo", "city")]),
        ("such metals as zinc were sold", [("zinc", "metal")]),
        ("He likes fruits, especially cherries.", [("cherry", "fruit")]),
        ("He left, such as it was.", []),
        ("people, including me, have left", []),
    ],
)
def test_patterns(text: str, links: list[tuple[str, str]]) -> None:
    found = patterns_in(text)
    assert sorted((one.narrower, one.broader) for one in found) == sorted(links)
    assert all(one.relation == "isA" for one in found)


def test_spans_hold_both_words() -> None:
    text = "In short, instruments such as lutes were played."
    (found,) = patterns_in(text)
    assert text[found.start : found.end] == "instruments such as lutes"


def test_parts() -> None:
    text = "Grunerlokka is a district of Oslo."
    (found,) = patterns_in(text)
    assert (found.narrower, found.relation, found.broader) == ("Grunerlokka", "partOf", "Oslo")
    assert text[found.start : found.end] == "Grunerlokka is a district of Oslo"


def test_types_of_several_words_have_a_head() -> None:
    assert broader_types(["Polish physicist", "film"]) == [
        ConceptLink("Polish physicist", "isA", "physicist")
    ]
    assert broader_types(["mayor of Oslo"]) == [ConceptLink("mayor of Oslo", "isA", "mayor")]
    chained = broader_types(["deputy mayor of Oslo"])
    assert [one.broader for one in chained] == ["mayor", "deputy mayor"]
    assert broader_types(["actor and director"]) == []


def test_a_schema_says_what_is_a_kind_of_what() -> None:
    schema = Schema.parse("(City)-[IS_A]->(Place)\n(Wheel)-[PART_OF]->(Car)\n(City)-[NEAR]->(City)")
    assert schema_links(schema) == [
        ConceptLink("City", "isA", "Place"),
        ConceptLink("Wheel", "partOf", "Car"),
    ]


@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for one in patterns_in(text):
        assert 0 <= one.start < one.end <= len(text)
