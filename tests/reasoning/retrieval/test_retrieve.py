"""Retrieval finds what fits, and what completes it."""

from __future__ import annotations

import numpy as np
import pytest

from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from reasoning.retrieval import Hit, Passage, RetrievalIndex, build_index, retrieve
from reasoning.retrieval.asked import understand
from reasoning.retrieval.passages import short_form
from reasoning.retrieval.seeds import seed_scores
from tests.reasoning.retrieval.town import TOWN, WordEncoder, indexed

BORN = "Where was the founder of the Nordlys laboratory born?"


@pytest.fixture(scope="module")
def town() -> RetrievalIndex:
    """The index of the town."""
    return indexed(TOWN)


def ask(index: RetrievalIndex, question: str, k: int = 10) -> list[Hit]:
    return retrieve(index, question, encoder=WordEncoder(), k=k)


def test_the_second_hop_is_found_over_a_name(town: RetrievalIndex) -> None:
    hits = {hit.chunk_id: hit for hit in ask(town, BORN, 2)}
    assert set(hits) == {"lab", "ada"}
    via = hits["ada"].via
    assert via is not None
    assert (via.name, via.chunk_id) == ("ada berg", "lab")
    assert TOWN[0].text[via.start : via.end] == "Ada Berg founded the Nordlys laboratory."


def test_it_is_found_without_titles_too() -> None:
    documents = (*TOWN[:1], Document("ada", "Ada Berg was born in Vardø. She sailed."), *TOWN[2:])
    index = indexed(documents, titled=False)
    assert {hit.chunk_id for hit in ask(index, BORN, 2)} == {"lab", "ada"}


def test_a_hit_shows_its_best_sentence_in_document_characters(town: RetrievalIndex) -> None:
    hit = ask(town, "Who founded the Nordlys laboratory?", 1)[0]
    best = hit.sentences[0]
    assert TOWN[0].text[best.start : best.end] == "Ada Berg founded the Nordlys laboratory."
    assert [s.score for s in hit.sentences] == sorted(
        (s.score for s in hit.sentences), reverse=True
    )


def test_namesakes_are_both_found(town: RetrievalIndex) -> None:
    assert {hit.chunk_id for hit in ask(town, "Did Storm win a prize?", 2)} == {"film", "band"}


def test_asking_twice_gives_the_same(town: RetrievalIndex) -> None:
    assert ask(town, BORN) == ask(indexed(TOWN), BORN)


def test_the_order_of_documents_changes_no_score(town: RetrievalIndex) -> None:
    turned = ask(indexed(TOWN[::-1]), BORN)
    assert {hit.chunk_id: hit.score for hit in turned} == pytest.approx(
        {hit.chunk_id: hit.score for hit in ask(town, BORN)}, abs=1e-3
    )


def test_k_is_kept_and_checked(town: RetrievalIndex) -> None:
    assert len(ask(town, BORN, 3)) == 3
    assert len(ask(town, BORN, 100)) == len(TOWN)
    with pytest.raises(InputError, match="k=0 is below 1"):
        ask(town, BORN, 0)


@pytest.mark.parametrize("question", ["", "?", "zebra", "the", "Storm", "\x00 ½"])
def test_odd_questions_are_answered(town: RetrievalIndex, question: str) -> None:
    hits = ask(town, question)
    assert len(hits) == len(TOWN)
    assert np.isfinite([hit.score for hit in hits]).all()


def test_an_empty_index_has_nothing() -> None:
    nothing = np.empty((0, 64), np.float32)
    assert ask(build_index([], passage_vectors=nothing, sentence_vectors=nothing), BORN) == []


def test_one_passage_alone() -> None:
    assert [hit.chunk_id for hit in ask(indexed(TOWN[:1]), BORN)] == ["lab"]


def test_a_name_in_the_question_is_a_seed(town: RetrievalIndex) -> None:
    asked = understand(town, "What does Per Holm do?", WordEncoder())
    assert [town.names.keys[name] for name in asked.names] == ["per holm"]
    best = int(np.argmax(seed_scores(town, asked)))
    assert town.passages[best].chunk_id == "per"


def test_a_part_of_a_name_that_stands_for_the_whole_is_a_seed() -> None:
    berg = Document("ada", "Ada Berg was born in Vardø. Later Berg sailed north.")
    index = indexed((*TOWN[2:], berg), titled=False)
    assert ask(index, "When did Berg sail?", 1)[0].chunk_id == "ada"
    assert "berg" in {index.names.keys[n] for n in index.by_passage.name}


def test_the_extractor_may_give_a_name_another_form() -> None:
    text = "The founder moved north. It was cold."
    chunk = Chunk("d", 0, 0, len(text), text, ((0, 24), (25, 37)))
    passage = Passage.of(chunk, "", ((4, 11, "Ada Berg"),))
    vectors = np.eye(3, dtype=np.float32)
    index = build_index([passage], passage_vectors=vectors[:1], sentence_vectors=vectors[1:])
    assert "ada berg" in index.names.numbers


def test_a_person_is_found_without_the_middle_name() -> None:
    full = Document("tim", "Timothy Perry Holm paints. He lives in Bergen.")
    other = Document("club", "The club was founded by Timothy Holm. It is small.")
    index = indexed((*TOWN, full, other), titled=False)
    (hit, *_) = ask(index, "Where does Timothy Holm live?", 2)
    assert hit.chunk_id == "tim"
    found = {h.chunk_id for h in ask(index, "Where does the founder of the club live?", 2)}
    assert found == {"club", "tim"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("ada maria berg", "ada berg"),
        ("ada berg", ""),
        ("one two three four five", ""),
        ("university of oslo", ""),
        ("", ""),
    ],
)
def test_short_forms(name: str, short: str) -> None:
    assert short_form(name) == short
