"""Chunks are whole sentences, map back to their document exactly and lose nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.chunks import split
from kgkit.errors import InputError
from kgkit.facts import Document


@given(
    st.text(alphabet='ab AB.\n.#-1,é "', max_size=300) | st.text(max_size=80),
    st.integers(1, 60),
)
def test_offsets_are_exact_and_nothing_is_lost(text: str, max_chars: int) -> None:
    document = Document("a.txt", text)
    before = 0
    for ordinal, chunk in enumerate(split(document, max_chars=max_chars)):
        assert (chunk.ordinal, chunk.document_id) == (ordinal, document.id)
        assert chunk.text == text[chunk.start : chunk.end]
        assert len(chunk.text) <= max_chars
        assert (chunk.start, chunk.end) == (chunk.sentences[0][0], chunk.sentences[-1][1])
        for start, end in chunk.sentences:
            assert before <= start < end
            assert not text[before:start].strip()
            before = end
    assert not text[before:].strip()


def texts(text: str, max_chars: int) -> list[str]:
    return [chunk.text for chunk in split(Document("a.txt", text), max_chars=max_chars)]


def test_a_short_document_is_one_chunk() -> None:
    assert texts("Radium glows.\n\nIt is rare.", 1200) == ["Radium glows.\n\nIt is rare."]
    assert texts(" \n ", 1200) == []


def test_a_chunk_ends_at_a_paragraph_where_it_can() -> None:
    text = "One is one. Two is two.\n\nThree is here. Four is there. Five."
    assert texts(text, 45) == ["One is one. Two is two.", "Three is here. Four is there. Five."]


def test_a_heading_stays_with_what_follows() -> None:
    text = "The first part says this and that.\n\nRadium\n\nIt glows in the dark, always."
    assert texts(text, 45) == [
        "The first part says this and that.",
        "Radium\n\nIt glows in the dark, always.",
    ]


def test_a_long_sentence_is_cut_at_blanks() -> None:
    assert texts("Short one. " + "Word " * 20 + "end.", 30)[:3] == [
        "Short one.",
        "Word Word Word Word Word Word",
        "Word Word Word Word Word Word",
    ]


def test_chunks_below_one_character_are_refused() -> None:
    with pytest.raises(InputError, match="max_chars=0"):
        split(Document("a.txt", "A."), max_chars=0)


def test_many_short_headings_take_linear_time() -> None:
    document = Document("a.txt", "Heading\n\n" * 5000)
    began = time.process_time()
    chunks = split(document)
    assert time.process_time() - began < 5
    assert len(chunks) < 50
    assert sum(len(chunk.sentences) for chunk in chunks) == 5000


@pytest.mark.slow
def test_fifty_megabytes_on_one_line() -> None:
    document = Document("a.txt", "word " * 10_000_000)
    began = time.process_time()
    chunks = split(document)
    assert time.process_time() - began < 60
    assert sum(len(chunk.text) for chunk in chunks) > 49_000_000


@pytest.mark.parametrize("gap", ["\n\n", " "], ids=["paragraphs", "one paragraph"])
def test_an_edit_of_a_long_text_leaves_the_chunks_behind_it(gap: str) -> None:
    parts = [f"Letter {i} was sent in {1700 + i}. " + "It went far. " * (i % 5) for i in range(300)]
    before = texts(gap.join(parts), 200)
    for place in (0, 90, 150, 299):
        edited = [*parts[:place], "A letter that was found later is put in here.", *parts[place:]]
        after = texts(gap.join(edited), 200)
        assert len(after) > 60
        assert len(set(after) - set(before)) <= 6
