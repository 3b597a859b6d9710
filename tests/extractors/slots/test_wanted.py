"""Which slots are empty."""

from __future__ import annotations

import pytest

from extractors.slots import empty_slots, load_span_reader
from extractors.slots.registry import FunctionReader
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact, Literal, Polarity
from kgkit.schema import Schema

IDA = Entity.named("Ida Vale", "Person")
OSLO = Entity.named("Oslo", "Location")
TIDE = Entity.named("Tide", "Misc")


def wanted(schema: str, *facts: Fact) -> list[str]:
    return [slot.question for slot in empty_slots(Schema.parse(schema), [IDA, OSLO, TIDE], facts)]


def test_a_slot_without_a_value_is_asked_for() -> None:
    born = "(Person)-[BORN_IN]->(City)"
    assert wanted(born) == ["Which city was Ida Vale born in?"]
    assert wanted(born, Fact(IDA, "BORN_IN", OSLO)) == []
    year = Fact(IDA, "BORN_IN", Literal(1921, "gYear"))
    assert wanted(born, year) == ["Which city was Ida Vale born in?"]
    denied = Fact(IDA, "BORN_IN", OSLO, polarity=Polarity.NEGATIVE)
    assert wanted(born, denied) == ["Which city was Ida Vale born in?"]


def test_a_relation_that_says_the_same_counts() -> None:
    birth = "(Person)-[DATE_OF_BIRTH]->(date)"
    assert wanted(birth) == ["When was Ida Vale born?"]
    for relation in ("BORN_IN", "BORN_ON", "birthDate"):
        assert wanted(birth, Fact(IDA, relation, Literal(1921, "gYear"))) == []
    ella = Entity.named("Ella", "Person")
    is_a = Fact(TIDE, "INSTANCE_OF", Entity.named("silent film", "Concept"))
    assert wanted("(Film)-[DIRECTED_BY]->(Person)", is_a) == ["Who directed Tide?"]
    assert wanted("(Film)-[DIRECTED_BY]->(Person)", is_a, Fact(ella, "DIRECT", TIDE)) == []


def test_a_schema_says_how_to_ask_and_how_many_values_there_are() -> None:
    schema = "(Person)-[MENTOR]->(Person)\nMENTOR: a teacher; several values. Who taught ...?"
    ella = Entity.named("Ella", "Person")
    assert wanted(schema, Fact(IDA, "MENTOR", ella)) == ["Who taught Ida Vale?"]


def test_a_reader_is_a_name_an_instance_or_a_function() -> None:
    def nothing(question: str, text: str) -> None:
        """Answer nothing."""

    reader = load_span_reader(nothing)
    assert isinstance(reader, FunctionReader)
    assert (reader.name, reader.read_all([("?", "a")])) == ("nothing", [None])
    assert load_span_reader(reader) is reader
    with pytest.raises(InputError, match="no reader is named 'nobody'"):
        load_span_reader("nobody")
    with pytest.raises(InputError, match="is no reader"):
        load_span_reader(3)  # type: ignore[arg-type]
