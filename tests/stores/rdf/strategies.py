"""Facts of every kind, for properties that hold for all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kgkit.evidence import (
    Evidence,
    ImportEvidence,
    ModelEvidence,
    PersonEvidence,
    PredictionEvidence,
    RuleEvidence,
    TextEvidence,
)
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier

#: Any text, with a weight on what formats trip over.
texts = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["a\rb", "\x00", "\ufffe", " lead", ']]>&"', "\\u0022", "'''", "\x85", "é"]),
)
ids = st.one_of(
    texts,
    st.sampled_from(
        [
            "https://example.org/a/../b?q=1&r=2#f",
            "http://é.example/ü",
            "urn:isbn:0-486-27557-4",
            "urn:kgkit:entity:x",
            "urn:kgkit:fact:x",
            "note: not an iri",
            "http://with blank",
            "_:b1",
            "92636c2f3ac86340dad7a434f2bef7c1",
        ]
    ),
)
scores = st.floats(0, 1)
#: Whole seconds: Python itself does not read back a part of a second.
offsets = st.integers(-72_000, 72_000).map(lambda seconds: timedelta(seconds=seconds))
zones = st.none() | st.builds(timezone, offsets)
values: st.SearchStrategy[Any] = st.one_of(
    texts,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=zones),
    st.sampled_from(["1903-05", "P12M", "PT36H", "P", "1903-13"]),
)
datatypes = st.sampled_from(
    [
        "string",
        "integer",
        "decimal",
        "boolean",
        "date",
        "dateTime",
        "gYear",
        "gYearMonth",
        "duration",
        "quantity",
        "float",
        "double",
        "long",
        "other",
    ]
)
literals = st.builds(Literal, values, datatypes, texts, st.none() | texts)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    """One piece of evidence of any kind."""
    words = st.lists(texts, max_size=3).map(tuple)
    kinds: list[st.SearchStrategy[Evidence]] = [
        st.builds(TextEvidence, texts, texts, st.integers(0), st.integers(0), texts, scores),
        st.builds(ModelEvidence, texts, words, st.lists(scores, max_size=3).map(tuple), scores),
        st.builds(RuleEvidence, texts, words, scores),
        st.builds(PredictionEvidence, texts, scores),
        st.builds(ImportEvidence, texts, texts, scores),
        st.builds(PersonEvidence, texts, texts, scores),
    ]
    return draw(st.one_of(kinds))


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Facts among a few entities, each fact once."""
    aliases = st.lists(texts, max_size=3).map(tuple)
    entities = draw(
        st.lists(
            st.builds(Entity, ids, texts, texts, aliases),
            min_size=1,
            max_size=3,
            unique_by=lambda entity: entity.id,
        )
    )
    anyone = st.sampled_from(entities)
    ends: st.SearchStrategy[Any] = st.one_of(anyone, literals)
    made = st.builds(
        Fact,
        anyone,
        texts | st.sampled_from(["BORN_IN", "R_2", "2ND", "_X"]),
        ends,
        st.lists(st.builds(Qualifier, texts, ends), max_size=2).map(tuple),
        st.sampled_from(Polarity),
        st.sampled_from(Modality),
        texts,
        st.lists(evidence(), max_size=3).map(tuple),
    )
    return draw(st.lists(made, max_size=4, unique_by=lambda fact: fact.id))


def in_order(found: Any) -> list[tuple[Any, ...]]:
    """Return facts in order of id, with the Python types of their values, which == overlooks."""
    ordered = sorted(found, key=lambda fact: str(fact.id))
    return [(fact, type(getattr(fact.tail, "value", None))) for fact in ordered]


#: Values whose reading back is easy to get wrong.
TRICKY = [
    Literal(5.0, "decimal"),
    Literal(-0.0, "decimal"),
    Literal(1e300, "decimal"),
    Literal(5, "decimal"),
    Literal(True, "integer"),
    Literal(-44, "gYear"),
    Literal(0, "gYear"),
    Literal("P12M", "duration"),
    Literal(date(1, 1, 1), "date"),
    Literal(datetime(2020, 1, 1, 0, 0, 0, 100000, UTC), "dateTime"),
    Literal(datetime(1903, 1, 1, tzinfo=timezone(timedelta(seconds=61))), "dateTime"),
    Literal(10**40, "integer"),
    Literal(float("inf"), "double"),
]
