"""Vocabularies are read, and entities linked to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.align.linking import link_terms
from extractors.align.profiles import Profile
from extractors.align.vocabulary import Term, Vocabulary, read_vocabulary
from kgkit.errors import InputError, ReadError

WORDNET = """\
  1 This line stands for the licence.
00001740 03 n 01 entity 0 001 ~ 00002000 n 0000 | that which is
00002000 05 n 02 big_cat 0 cat 0 001 @ 00001740 n 0000 | a large feline
"""
TURTLE = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <http://example.org/> .
ex:radium a skos:Concept ; skos:prefLabel "radium"@en, "Radium"@de ; skos:altLabel "Ra" ;
    skos:definition "a metal" ; skos:broader ex:metal .
ex:metal rdfs:label "metal" .
"""


def test_a_table(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("ID,Name,aliases,type\nQ1,Radium,Ra|element 88,Element\n,nameless,,\n")
    found = read_vocabulary(path)
    assert found.terms["Q1"].aliases == ("Ra", "element 88")
    assert [term.id for term in found.named("RA")] == ["Q1"]
    assert len(found) == 1


def test_rdf(tmp_path: Path) -> None:
    path = tmp_path / "terms.ttl"
    path.write_text(TURTLE)
    found = read_vocabulary(path)
    radium = found.terms["http://example.org/radium"]
    assert (radium.name, radium.aliases) == ("radium", ("Ra", "Radium"))
    assert (radium.description, radium.broader) == ("a metal", ("http://example.org/metal",))


def test_wordnet(tmp_path: Path) -> None:
    (tmp_path / "data.noun").write_text(WORDNET)
    found = read_vocabulary(tmp_path)
    cat = found.terms["n00002000"]
    assert (cat.name, cat.aliases, cat.broader) == ("big cat", ("cat",), ("n00001740",))
    assert cat.description == "a large feline"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "key,label\n1,x\n", "needs id and name"),
        ("a.ttl", "this is { no turtle", "cannot be read as RDF"),
        ("a.bin", "", "no vocabulary that kgkit reads"),
        ("data.noun", "00001740 03 n zz entity", "line 1 of data.noun"),
    ],
)
def test_what_is_no_vocabulary_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ReadError, match=said):
        read_vocabulary(tmp_path if name == "data.noun" else tmp_path / name)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no vocabulary"):
        read_vocabulary(tmp_path / "none.csv")
    with pytest.raises(ReadError, match=r"holds no data\.noun"):
        read_vocabulary(tmp_path)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[1, 0] if "river" in text else [0, 1] for text in texts], np.float32)


BANKS = Vocabulary.of(
    [
        Term("Q1", "Avon", description="a river"),
        Term("Q2", "Avon", type="Organization", description="a firm"),
        Term("Q3", "Bath", aliases=("City of Bath",)),
    ]
)


def test_one_term_is_linked_and_several_stay_open() -> None:
    rows = [Profile("a", "City of Bath", "Location"), Profile("b", "Avon", "Thing")]
    assert [(one.entity, one.term) for one in link_terms(rows, BANKS)] == [("a", "Q3")]


def test_types_and_brackets_choose() -> None:
    rows = [Profile("a", "Avon", "Location"), Profile("b", "Avon (river)", "Thing")]
    assert [(one.entity, one.term) for one in link_terms(rows, BANKS)] == [("a", "Q1"), ("b", "Q1")]


def test_context_chooses_with_a_margin() -> None:
    rows = [Profile("a", "Avon", context="the river rose"), Profile("b", "Avon", context="a firm")]
    found = link_terms(rows, BANKS, encode=encode)
    assert [(one.term, one.candidates) for one in found] == [
        ("Q1", ("Q1", "Q2")),
        ("Q2", ("Q1", "Q2")),
    ]
    same = Vocabulary.of([Term("1", "Avon", description="x"), Term("2", "Avon", description="y")])
    assert link_terms(rows[1:], same, encode=encode) == []
