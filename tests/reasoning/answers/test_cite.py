"""Citations hold, or are dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.evidence import ImportEvidence, ModelEvidence, PersonEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from reasoning.answers.answer import Answer, Citation, Refusal
from reasoning.answers.cite import cite_fact, cite_sentence, numbered, supports
from reasoning.answers.view import MemoryView

TEXT = "Ada Brook came to Valeport. She discovered Lumen there. Nobody else was there."
DOCUMENT = Document("lumen.txt", TEXT, "Lumen")
CHUNK = Chunk(DOCUMENT.id, 0, 0, len(TEXT), TEXT, ((0, 27), (28, 55), (56, 78)))
ADA = Entity.named("Ada Brook", "Person")
LUMEN = Entity.named("Lumen", "Misc")
SHE = Mention(DOCUMENT.id, CHUNK.id, 28, 31, "She", ADA)


def _fact(start: int, end: int, tail: Entity = LUMEN) -> Fact:
    piece = TextEvidence(DOCUMENT.id, CHUNK.id, start, end, "hand")
    return Fact(ADA, "DISCOVER", tail, evidence=(piece,))


def _view(fact: Fact, *mentions: Mention) -> MemoryView:
    return MemoryView([DOCUMENT], [CHUNK], mentions, [fact])


def test_quote_is_the_sentence_around_the_evidence() -> None:
    fact = _fact(28, 54)
    citation = cite_fact(fact, _view(fact, SHE))
    assert citation is not None
    assert citation.quote == DOCUMENT.text[citation.start : citation.end]
    assert citation.quote == "She discovered Lumen there."


def test_pronoun_names_the_head_through_its_mention() -> None:
    fact = _fact(28, 54)
    other = replace(SHE, entity=Entity.named("Cara Lund", "Person"))
    assert cite_fact(fact, _view(fact, other)) is None
    assert cite_fact(fact, _view(fact, SHE)) is not None


def test_what_the_sentence_does_not_say_is_not_cited() -> None:
    for wrong in (replace(_fact(28, 54), relation="SELL"), _fact(28, 54, Entity.named("Gold"))):
        assert cite_fact(wrong, _view(wrong, SHE)) is None


@pytest.mark.parametrize("span", [(56, 70), (0, 20), (500, 510), (60, 70)])
def test_evidence_elsewhere_is_dropped(span: tuple[int, int]) -> None:
    fact = _fact(*span)
    assert cite_fact(fact, _view(fact)) is None


def test_altered_quote_does_not_support() -> None:
    fact = _fact(28, 54)
    citation = cite_fact(fact, _view(fact, SHE))
    assert citation is not None
    piece = fact.evidence[0]
    assert isinstance(piece, TextEvidence)
    assert supports(citation, fact, piece, DOCUMENT, ())
    assert not supports(replace(citation, quote="She sold Lumen there."), fact, piece, DOCUMENT, ())
    assert not supports(replace(citation, end=citation.end - 3), fact, piece, DOCUMENT, ())
    assert not supports(replace(citation, document_uri="b.txt"), fact, piece, DOCUMENT, ())


@given(st.integers(0, 100), st.integers(0, 100))
def test_cited_sentence_is_in_the_document(start: int, end: int) -> None:
    citation = cite_sentence(DOCUMENT, start, end)
    if citation is not None:
        assert citation.quote
        assert DOCUMENT.text[citation.start : citation.end] == citation.quote


def test_needed_text_is_needed() -> None:
    assert cite_sentence(DOCUMENT, 28, 55, ("Lumen",)) is not None
    assert cite_sentence(DOCUMENT, 28, 55, ("Valeport",)) is None


def test_numbered_joins_what_one_sentence_says() -> None:
    one = Citation(0, "a", "A", 0, 5, "Hello", "f")
    found = numbered([one, replace(one, fact="g"), replace(one, start=6, end=9)])
    assert [(c.number, c.fact) for c in found] == [(1, "f; g"), (2, "f")]


def test_answer_prints_markers_and_sources() -> None:
    citation = Citation(1, "a.txt", "A", 0, 11, "Hello\nworld")
    answer = Answer("?", "Hello", (citation,), confidence=0.5)
    assert str(answer) == 'Hello [1]\n[1] A (a.txt): "Hello world"'
    assert "<b>Hello</b>" in answer._repr_html_()
    refusal = Answer("?", "", missing=Refusal("no_fact", "Nothing <b>."))
    assert str(refusal) == "Nothing <b>."
    assert "&lt;b&gt;" in refusal._repr_html_()


@pytest.mark.parametrize(
    ("piece", "uri"),
    [(ImportEvidence("a.csv", "3"), "a.csv#3"), (PersonEvidence("Ben"), "Ben")],
)
def test_facts_without_a_text_name_their_source(
    piece: ImportEvidence | PersonEvidence, uri: str
) -> None:
    fact = Fact(ADA, "DISCOVER", LUMEN, evidence=(piece,))
    citation = cite_fact(fact, _view(fact))
    assert citation is not None
    assert (citation.document_uri, citation.quote) == (uri, "")
    assert str(replace(citation, number=1)) == f"[1] {uri}: (Ada Brook)-[DISCOVER]->(Lumen)"


def test_what_a_model_believes_is_no_citation() -> None:
    fact = Fact(ADA, "DISCOVER", LUMEN, evidence=(ModelEvidence("m", ("p",)),))
    assert cite_fact(fact, _view(fact)) is None
