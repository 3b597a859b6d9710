"""Schemas as text: patterns, descriptions and rules, and what is said of lines that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.deducing import read_rules
from kgkit.errors import InputError, SchemaError
from kgkit.schema import Pattern, Schema
from stores.rdf.schemas import schema_to_rdf

TEXT = """
# A family.
(Person)-[PARENT]->(Person)
(Person)-[BORN_ON]->(date)
Person: a human being :-)
GRANDPARENT: a parent of a parent
(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)
SPOUSE is symmetric
PART_OF is transitive
CHILD is the inverse of PARENT
`child of` is inverse of PARENT
"""
RULES = (
    "(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)",
    "SPOUSE is symmetric",
    "PART_OF is transitive",
    "CHILD is the inverse of PARENT",
    "`child of` is inverse of PARENT",
)


def test_a_schema_has_patterns_descriptions_and_rules() -> None:
    schema = Schema.parse(TEXT)
    assert schema.rules == RULES
    assert schema.relations == ("BORN_ON", "PARENT")
    assert dict(schema.descriptions)["Person"] == "a human being :-)"
    assert len(read_rules(schema)) == 7


def test_rules_are_no_part_of_what_is_exported() -> None:
    without = "\n".join(line for line in TEXT.splitlines() if line not in RULES)
    plain = Schema.parse(without.replace("GRANDPARENT: a parent of a parent", ""))
    both = Schema(plain.patterns, plain.descriptions, RULES)
    assert schema_to_rdf(both) == schema_to_rdf(plain)


_NAMES = st.from_regex(r"[A-Z]\w{0,5}", fullmatch=True)
_LINES = st.one_of(
    st.builds("({})-[{}]->({})".format, _NAMES, _NAMES, _NAMES),
    st.builds("({0})-[{1}]->({0}) :- ({0})-[{2}]->(_)".format, _NAMES, _NAMES, _NAMES),
    st.builds("{} is symmetric".format, _NAMES),
    st.builds("{} is the inverse of {}".format, _NAMES, _NAMES),
)


@given(st.lists(_LINES))
def test_what_is_printed_is_read_back(lines: list[str]) -> None:
    schema = Schema.parse("\n".join(lines))
    assert Schema.parse(str(schema)) == schema


@given(st.text())
def test_any_text_is_a_schema_or_a_typed_error(text: str) -> None:
    try:
        read_rules(Schema.parse(text))
    except InputError:
        return


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("(Person)-[BORN IN]->(Place)", "the relation 'BORN IN' has a blank in it; write BORN_IN"),
        (
            "(work of art)-[IN]->(Place)",
            "the type 'work of art' has a blank in it; write WorkOfArt",
        ),
        ("(A)-[B-C]->(D)", "'B-C' has a sign that names have not in it; write B_C"),
        ("(A)-[]->(D)", "is not a pattern; expected"),
        ("SPOUSE is symetric", "or a rule such as 'SPOUSE is symmetric'"),
        ("CHILD :- (x)-[PARENT]->(y)", "is no rule; expected"),
        ("CHILD: of a parent", "'CHILD' is described but no pattern uses it"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str, message: str) -> None:
    with pytest.raises(SchemaError, match=r"^line 3: ") as caught:
        Schema.parse(f"(Person)-[PARENT]->(Person)\n\n{line}\n")
    assert message in str(caught.value)


def test_a_pattern_alone_has_no_line() -> None:
    with pytest.raises(SchemaError, match=r"^the relation 'BORN IN' has a blank"):
        Pattern.parse("(Person)-[BORN IN]->(Place)")
