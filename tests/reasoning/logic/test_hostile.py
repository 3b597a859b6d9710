"""Hostile programs: always an answer or a typed error, in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kgkit.errors import KgkitError, QueryError, QueryTimeout, SchemaError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic import MemoryFacts, NotCompiled, Vocabulary, check, parse, run
from reasoning.logic.cypher import to_cypher
from reasoning.logic.sparql import to_sparql
from reasoning.rules import conclude, parse_rules

_SURE = (PersonEvidence("Ada"),)
ROME, CAESAR = Entity.named("Rome", "City"), Entity.named("Caesar", "Person")
FACTS = [
    Fact(CAESAR, "LIVED_IN", ROME, evidence=_SURE),
    Fact(CAESAR, "BORN_ON", Literal("-0099-07-12", "date"), evidence=_SURE),
    Fact(CAESAR, "DIED_ON", Literal("-0043-03-15", "date"), evidence=_SURE),
    Fact(ROME, "AREA", Literal(1285, "quantity", unit="km2"), evidence=_SURE),
    Fact(ROME, "PEOPLE", Literal(0, "integer"), evidence=_SURE),
]
SOURCE, VOCABULARY = MemoryFacts(FACTS), Vocabulary.of_facts(FACTS)

#: Pieces of programs, to be put together wrongly.
_PIECES = r"""retrieve( deduce( denied( filter( union{ intersect{ except{ ?x ?y ?_1 "Rome" "\u0000"
    :City :`a_b` LIVED_IN ^AREA PART_OF+ | , ; ( ) { } = < >= + - * / count(?x) argmax(?y) by
    sort( desc limit(0) limit(-1) output(?x) at 1990 -0043-03-15 99999-99-99 0000-00-00 1e999 1e-999
    5[km] 3[km**9] 7[] [ ] not and or true years(?x,?y) convert(?x,"furlong") year(?x) # _ ` \ ' "
"""


#: Pieces of rules.
_RULES = r"""
    (x) -[ ]-> [A] :- , not y 3 "t" = a (x)-[A]->(y) years(b,c) is symmetric transitive inverse of
    # \ ` ( ) > _ (_) (3) ("Rome") LIVED_IN (x)-[LIVED_IN]->(y)
"""


def _try(text: str) -> None:
    try:
        program = parse(text)
        check(program, VOCABULARY)
    except QueryError:
        return
    assert parse(str(program)) == program
    for compiler in (to_cypher, to_sparql):
        try:
            compiler(program, VOCABULARY)
        except NotCompiled:
            continue
    try:
        run(program, SOURCE, timeout=5)
    except (QueryError, QueryTimeout):
        return


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
@example("?z = 1e999")
@example("9" * 5000)
@example(f"filter({'9' * 5000}-01-01 = 1)")
@example("limit(" + "9" * 5000 + ")")
@example("(" * 3000)
def test_any_text_is_a_program_or_a_query_error(text: str) -> None:
    _try(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split()), max_size=14).map(" ".join))
@example("retrieve(?x, AREA, ?y); ?z = ?y + 1[kg]")
@example('retrieve(?x, AREA, ?y); ?z = convert(?y, "")')
@example('retrieve(?x, AREA, ?y); ?z = convert(?y, "km2 ** 99999999")')
@example('filter("a" = "b" and 1 / 0 > 2)')
def test_pieces_of_programs_in_any_order(text: str) -> None:
    _try(text)


_VALUES = st.sampled_from(
    [
        "?x",
        "?y",
        "?b",
        "?a",
        "?n",
        "?r",
        "?o",
        "3",
        "0",
        "-0043",
        "0000-01-01",
        "2[km]",
        "5[USD]",
        "1[degC]",
        '"Rome"',
        '""',
        "true",
        "1e307",
        "0.0",
        "9007199254740993",
    ]
)
_EXPRESSIONS = st.recursive(
    _VALUES,
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(["=", "!=", "<", ">=", "+", "-", "*", "/", "and", "or"]),
            inner,
        ),
        st.builds(
            "{}({})".format,
            st.sampled_from(["year", "abs", "round", "minus", "name", "not"]),
            inner,
        ),
        st.builds(
            "{}({}, {})".format,
            st.sampled_from(["years", "days", "contains", "convert"]),
            inner,
            inner,
        ),
    ),
    max_leaves=4,
)
_JOINS = st.sampled_from(
    [
        "retrieve(?x, LIVED_IN, ?y)",
        "retrieve(?x, BORN_ON, ?b)",
        "retrieve(?y, AREA, ?a)",
        "retrieve(?y, PEOPLE, ?n)",
        "retrieve(?x, ?r, ?o)",
        "retrieve(?x, LIVED_IN+, ?y, at -50)",
        "?n = count(?x)",
        "?a = sum(?a)",
        "?o = max(?o) by ?r",
        "argmax(?o)",
        "sort(?o desc)",
        "except { retrieve(?x, DIED_ON, ?o) }",
        "limit(2)",
    ]
)
_STEPS = st.one_of(
    _JOINS, st.builds("filter({})".format, _EXPRESSIONS), st.builds("?z = {}".format, _EXPRESSIONS)
)


@settings(max_examples=250, deadline=None)
@given(st.lists(_STEPS, min_size=1, max_size=5).map("; ".join))
def test_programs_that_make_little_sense_end_in_an_answer_or_an_error(text: str) -> None:
    _try(text)
    try:
        run(parse(text), SOURCE, timeout=5)
    except QueryError:
        return


@given(st.lists(st.sampled_from(_RULES.split()), max_size=12).map(" ".join))
def test_pieces_of_rules_are_rules_or_a_schema_error(text: str) -> None:
    try:
        rules = parse_rules(text)
        conclude(rules, SOURCE)
    except (SchemaError, QueryError):
        return


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("retrieve(?c, PEOPLE, ?n); ?x = 1 / ?n", "zero"),
        ("retrieve(?c, AREA, ?a); filter(?a > 3[kg])", "kg"),
        ("retrieve(?c, AREA, ?a); ?b = ?a + 2[hour]", "hour"),
        ("retrieve(?c, AREA, ?a); filter(?a > 3[blorp])", "blorp"),
        ("retrieve(?p, BORN_ON, ?b); filter(?b > 5[km])", "km"),
        ("filter(?nobody > 3)", "not bound"),
        ("retrieve(?p, BORN_ON, 1979-02-30)", "calendar"),
    ],
)
def test_what_has_no_value_is_an_error_that_says_so(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(parse(text), SOURCE)


def test_dates_before_the_year_one() -> None:
    text = "retrieve(?p, BORN_ON, ?b); retrieve(?p, DIED_ON, ?d); filter(?b < ?d); "
    text += "?y = years(?b, ?d)"
    (row,) = run(parse(text), SOURCE).table.rows
    assert row.cells[-1] == Literal(55, "integer")
    for test in ("?b < -0050", "?b = -0099-07", "year(?b) = -99", "?b < 0001-01-01"):
        assert len(run(parse(f"retrieve(?p, BORN_ON, ?b); filter({test})"), SOURCE).table) == 1
    with pytest.raises(NotCompiled):
        to_cypher(parse("retrieve(?p, BORN_ON, ?b); filter(?b < -0050)"), VOCABULARY)


def test_rules_that_go_in_circles_end_or_are_refused() -> None:
    ring = [Entity.named(f"p{at}") for at in range(6)]
    facts = [Fact(one, "NEXT", ring[(at + 1) % 6], evidence=_SURE) for at, one in enumerate(ring)]
    found = conclude(parse_rules("NEXT is transitive\nNEXT is symmetric"), MemoryFacts(facts))
    assert len(found) == 6 * 5 - 6
    with pytest.raises(KgkitError, match="A -> B -> not A"):
        conclude(
            parse_rules(
                "(x)-[A]->(y) :- (x)-[NEXT]->(y), not (x)-[B]->(y)\n(x)-[B]->(y) :- (x)-[A]->(y)"
            ),
            MemoryFacts(facts),
        )
