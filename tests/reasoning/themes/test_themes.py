"""Themes: what belongs together is found together, and every sentence is in its document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.chunks import split
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Modality
from kgkit.models.lm.fake import FakeLM
from reasoning.themes import Themes, find_themes
from reasoning.themes.communities import communities
from reasoning.themes.writing import write_summaries

CHOIR = "Ada leads the choir. Ben joined the choir. Ada taught Ben. The choir toured with Ada."
BOATS = "Cleo built the Tern. Dov sails the Tern. Dov hired Cleo. It rained. Cleo met Ada."
NAMES = ["Ada", "Ben", "choir", "Cleo", "Tern", "Dov"]
DOCUMENTS = (Document("choir.txt", CHOIR, "Choir"), Document("boats.txt", BOATS))


class Told:
    """The two documents, with a fact for each sentence that names two things."""

    def __init__(self) -> None:
        self.documents = {document.id: document for document in DOCUMENTS}
        self.chunks = {chunk.id: chunk for d in DOCUMENTS for chunk in split(d)}
        self.facts = [fact for chunk in self.chunks.values() for fact in self._facts(chunk)]

    def _facts(self, chunk: Chunk) -> list[Fact]:
        found = []
        for start, end in chunk.sentences:
            text = self.documents[chunk.document_id].text[start:end]
            named = sorted((text.index(n), n) for n in NAMES if n in text)
            if len(named) == 2:
                head, tail = (Entity.named(name) for _, name in named)
                said = TextEvidence(chunk.document_id, chunk.id, start, end, "test", score=0.9)
                found.append(Fact(head, text.split()[1].upper(), tail, evidence=(said,)))
        return found

    def themes(self, **options: Any) -> Themes:
        return find_themes(
            self.facts, chunks=self._chunks_of, documents=self._documents_of, **options
        )

    def _chunks_of(self, ids: Collection[str]) -> Mapping[str, Chunk]:
        return {id: self.chunks[id] for id in ids}

    def _documents_of(self, ids: Collection[str]) -> Mapping[str, Document]:
        return {id: self.documents[id] for id in ids}


@pytest.fixture(scope="module")
def told() -> Told:
    """The two documents and their facts."""
    return Told()


def test_what_belongs_together_is_a_theme(told: Told) -> None:
    themes = told.themes()
    assert [{name for _, name in theme.entities} for theme in themes] == [
        {"Ada", "Ben", "choir"},
        {"Cleo", "Tern", "Dov"},
    ]
    assert [theme.facts for theme in themes] == [4, 3]
    assert themes[0].title.startswith("Ada")
    assert [theme.share for theme in themes] == [0.5, 0.375]


def test_every_sentence_is_in_its_document(told: Told) -> None:
    texts = {document.uri: document.text for document in DOCUMENTS}
    for theme in told.themes():
        assert [c.number for c in theme.citations] == list(range(1, len(theme.citations) + 1))
        for citation in theme.citations:
            assert texts[citation.document_uri][citation.start : citation.end] == citation.quote
            assert f"{citation.quote} [{citation.number}]" in theme.summary
        assert "rained" not in theme.summary


def test_the_first_sentences_cover_all_of_a_theme(told: Told) -> None:
    for theme in told.themes():
        first = " ".join(citation.quote for citation in theme.citations[:2])
        assert all(name in first for _, name in theme.entities)


def test_the_same_facts_in_any_order_give_the_same_themes(told: Told) -> None:
    other = Told()
    other.facts = other.facts[::-1]
    assert other.themes() == told.themes()


def test_a_model_writes_what_it_can_cite(told: Told) -> None:
    model = FakeLM(
        {
            "leads the choir": "A choir is led by Ada [1]. She sings. Ben is in [2] [1]. No [9].",
            "": "Boats are lovely.",
        }
    )
    choir, boats = told.themes(model=model)
    assert choir.summary == "A choir is led by Ada [1]. She sings. Ben is in [2] [1]."
    assert boats == told.themes()[1]
    assert write_summaries(model, []) == []


def test_it_is_shown_in_a_notebook_without_being_run(told: Told) -> None:
    html = told.themes()._repr_html_()
    assert "<q>Ada leads the choir.</q>" in html
    bad = told.themes(model=FakeLM({"": "<script>x</script> [1]"}))
    assert "<script>" not in bad._repr_html_()
    assert str(told.themes()[0]).startswith("Ada, ")
    assert "no themes" in str(Themes(()))


def test_what_is_denied_or_untold_is_no_theme(told: Told) -> None:
    hedged = Told()
    hedged.facts = [
        Fact(f.head, f.relation, f.tail, modality=Modality.HEDGED, evidence=f.evidence)
        for f in told.facts
    ]
    assert len(hedged.themes()) == 0
    bare = Told()
    bare.facts = [fact.with_evidence() for fact in told.facts]
    assert list(bare.themes()) == []


@pytest.mark.parametrize(("name", "value"), [("n", 0), ("resolution", 0.0)])
def test_bad_numbers_are_refused(told: Told, name: str, value: float) -> None:
    with pytest.raises(InputError, match=f"{name}="):
        told.themes(**{name: value})


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_each_entity_is_in_one_community(pairs: list[tuple[int, int]]) -> None:
    facts = [Fact(Entity.named(f"n{a}"), "R", Entity.named(f"n{b}")) for a, b in pairs]
    found = communities(facts)
    members = [entity.id for community in found for entity in community.entities]
    assert len(members) == len(set(members))
    assert found == communities(facts[::-1])
    for community in found:
        assert sum(community.ranks.values()) == pytest.approx(1, abs=1e-3)
        assert {f.head.id for f in community.facts} <= set(community.ranks)


def test_sentences_that_need_others_come_last() -> None:
    ada, ben, oslo = (Entity.named(name) for name in ("Ada", "Ben", "Oslo"))
    document = Document("a.txt", "She met Ben in Oslo. Ada met Ben. Ada knows Oslo.")
    (chunk,) = split(document)
    ends = [(ada, ben), (ada, ben), (ada, oslo)]
    facts = [
        Fact(head, "MET", tail, evidence=(TextEvidence(document.id, chunk.id, *span, "test"),))
        for (head, tail), span in zip(ends, chunk.sentences, strict=True)
    ]
    themes = find_themes(
        [*facts[:1], Fact(ada, "KNOWS", ben, evidence=facts[1].evidence), facts[2]],
        chunks=lambda ids: dict.fromkeys(ids, chunk),
        documents=lambda ids: dict.fromkeys(ids, document),
    )
    (theme,) = themes
    assert [c.quote.split()[0] for c in theme.citations] == ["Ada", "Ada", "She"]
