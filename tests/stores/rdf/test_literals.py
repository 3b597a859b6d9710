"""Values come back from the engine as they went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from pyoxigraph import Literal as Term
from pyoxigraph import NamedNode, Quad, Store

from kgkit.facts import Literal
from stores.rdf.literals import exact, literal_of, native, term_of, text_of, text_term
from tests.stores.rdf.strategies import TRICKY, literals, texts

XSD = "http://www.w3.org/2001/XMLSchema#"


def through_the_engine(term: Term) -> Term:
    """Return what the engine gives for a literal that it keeps: it may spell it anew."""
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), term))
    kept = next(iter(store)).object
    assert isinstance(kept, Term)
    return kept


def assert_comes_back(literal: Literal) -> None:
    kept = through_the_engine(term_of(literal))
    back = literal_of(kept, exact(literal), text=literal.text, unit=literal.unit)
    assert back == literal
    assert type(back.value) is type(literal.value)
    assert back.canonical() == literal.canonical()


@given(literals)
def test_literals_come_back(literal: Literal) -> None:
    assert_comes_back(literal)


@pytest.mark.parametrize("literal", TRICKY, ids=repr)
def test_tricky_literals_come_back(literal: Literal) -> None:
    assert_comes_back(literal)


@pytest.mark.parametrize(
    ("literal", "text", "datatype"),
    [
        (Literal(1903, "gYear"), "1903", "gYear"),
        (Literal(-44, "gYear"), "-0044", "gYear"),
        (Literal(2.5, "decimal"), "2.5", "decimal"),
        (Literal(1e-7, "decimal"), "0.0000001", "decimal"),
        (Literal(True, "boolean"), "true", "boolean"),
        (Literal("1903-05", "gYearMonth"), "1903-05", "gYearMonth"),
        (Literal("PT36H", "duration"), "PT36H", "duration"),
        (Literal("about 5", "quantity"), "about 5", "string"),
    ],
    ids=str,
)
def test_literals_have_the_type_of_xsd(literal: Literal, text: str, datatype: str) -> None:
    term = term_of(literal)
    assert (term.value, term.datatype.value) == (text, XSD + datatype)


def test_common_literals_need_no_more_than_their_type() -> None:
    plain = [Literal("x"), Literal(7, "integer"), Literal(1903, "gYear"), Literal(2.5, "decimal")]
    assert [exact(literal) for literal in plain] == [None] * 4


@given(texts)
def test_text_comes_back(text: str) -> None:
    assert text_of(text_term(text)) == text


def test_half_a_surrogate_pair_comes_back() -> None:
    assert text_of(text_term("a\ud800")) == "a\ud800"


def test_a_literal_that_breaks_its_datatype_keeps_its_text() -> None:
    assert native(Term("abc", datatype=NamedNode(f"{XSD}integer"))) == "abc"
    assert native(Term("maybe", datatype=NamedNode(f"{XSD}boolean"))) == "maybe"
