"""A changed document is read again where it changed, to exactly what a fresh reading gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.chunks import split
from extractors.mini import pronouns, rereading
from extractors.mini.notes import Noted, dump_notes, load_notes
from extractors.mini.parse import Analysis
from extractors.mini.pronouns import Link
from extractors.mini.rereading import read_units
from extractors.mini.syntax import Sentence, Span, Token
from kgkit.facts import Chunk, Document

WORDS = ("Ada", "Bob", "he", "she", "saw", "Paris", "it", "radium", "glows", "ran")


class Parser:
    """Every capital word is a person, every "he" and "she" the nearest one; counts its work."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def analyse(self, text: str, bounds: Sequence[tuple[int, int]]) -> Analysis:
        """Return a parse that depends on all of the text, as that of an encoder does."""
        self.read.append(text)
        sentences = []
        for start, end in bounds:
            tokens, at = [], start
            for word in text[start:end].split():
                at = text.index(word, at)
                upos = "PRON" if word in ("he", "she") else "X"
                lemma = word.lower() if len(text) % 2 else word
                tokens.append(Token(at, at + len(word), word, lemma, upos, "X", -1, "dep"))
                at += len(word)
            spans = tuple(
                Span(i, i + 1, "Person", 0.5 + len(text) / 1e5)
                for i, token in enumerate(tokens)
                if token.text[0].isupper()
            )
            sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens), spans))
        count = sum(len(sentence.tokens) for sentence in sentences)
        return Analysis(tuple(sentences), np.full((count, 2), len(text), np.float32))

    def resolve(self, analysis: Analysis) -> list[Link]:
        """Return links that depend on the vectors of both of their ends."""
        starts = np.cumsum([0, *(len(s.tokens) for s in analysis.sentences)])
        found = []
        for i, sentence in enumerate(analysis.sentences):
            for j, token in enumerate(sentence.tokens):
                reach = range(max(0, i - 4), i + 1)
                people = [(k, s) for k in reach for s in analysis.sentences[k].spans]
                if token.upos == "PRON" and people:
                    k, span = people[-1]
                    rows = [starts[i] + j, starts[k] + span.first]
                    share = 1.0 / (1.0 + float(analysis.vectors[rows].sum()))
                    found.append(Link(i, j, k, span, share))
        return found


def chunks_of(paragraphs: Sequence[str], size: int = 120) -> list[Chunk]:
    """Return the chunks of a document of these paragraphs."""
    return split(Document("a.txt", "\n\n".join(paragraphs)), max_chars=size)


sentence_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
    lambda words: " ".join(words) + "."
)
paragraphs = st.lists(sentence_texts, min_size=1, max_size=6).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(paragraphs, min_size=1, max_size=14),
    st.integers(0, 13),
    st.lists(paragraphs, max_size=2),
)
def test_a_reading_with_notes_is_a_fresh_reading(
    before: list[str], place: int, instead: list[str]
) -> None:
    after = [*before[:place], *instead, *before[place + 1 :]] or before
    old = read_units(Parser(), chunks_of(before))
    fresh = read_units(Parser(), chunks_of(after))
    assert read_units(Parser(), chunks_of(after), old.notes) == fresh


def test_what_did_not_change_is_not_read() -> None:
    texts = [f"Ada saw Bob {i} times. He ran {i} miles. She glows." for i in range(60)]
    old = read_units(Parser(), chunks_of(texts))
    again = Parser()
    assert read_units(again, chunks_of(texts), old.notes) == old
    assert again.read == []
    texts[30] = "Then Bob ran to Paris. He saw it."
    changed = Parser()
    fresh = Parser()
    assert read_units(changed, chunks_of(texts), old.notes) == read_units(fresh, chunks_of(texts))
    assert len(fresh.read) >= 30
    assert any("Then Bob" in text for text in changed.read)
    assert len(changed.read) <= 6


def test_a_pronoun_is_read_again_when_what_stands_before_it_changes() -> None:
    texts = ["Ada saw Paris. " * 3, "Radium glows. " * 2, "Radium glows. He ran. " * 3] * 3
    other = ["Bob saw Paris. " * 3, *texts[1:]]
    old = read_units(Parser(), chunks_of(texts, 60))
    found = read_units(Parser(), chunks_of(other, 60), old.notes)
    assert found == read_units(Parser(), chunks_of(other, 60))


def test_offsets_and_links_are_those_of_the_document() -> None:
    texts = ["Ada saw Paris. It glows.", "Then he ran.", "Bob saw it. She ran."]
    document = "\n\n".join(texts)
    reading = read_units(Parser(), chunks_of(texts, 30))
    for sentence in reading.sentences:
        for token in sentence.tokens:
            assert document[token.start : token.end] == token.text
    named = {
        (reading.sentences[link.sentence].tokens[link.token].text, link.span_sentence)
        for link in reading.links
    }
    # The nearest capital word: "Then" of the third sentence, and "Bob" of the fourth.
    assert named == {("he", 2)}


def test_a_short_document_has_no_notes() -> None:
    assert read_units(Parser(), chunks_of(["Ada ran. He saw Bob."])).notes == ""
    assert read_units(Parser(), []).sentences == ()


@pytest.mark.parametrize("notes", ["x", "not notes", "0000000000", "\u00e9"])
def test_damaged_notes_say_nothing(notes: str) -> None:
    texts = ["Ada ran. He saw Bob."] * 9
    assert read_units(Parser(), chunks_of(texts), notes) == read_units(Parser(), chunks_of(texts))


def test_notes_come_back_as_they_were() -> None:
    units = {"k": "Ada saw Bob. He ran."}
    analysis = Parser().analyse(units["k"], [(0, 12), (13, 20)])
    links = (Link(1, 0, -2, Span(0, 1, "Person", 0.1234), 0.5),)
    noted = Noted(analysis.sentences, links, "c")
    assert load_notes(dump_notes({"k": noted}), units) == {"k": noted}


def test_the_reach_is_that_of_the_resolver() -> None:
    assert rereading._REACH == pronouns._REACH
