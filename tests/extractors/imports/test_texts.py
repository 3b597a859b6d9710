"""Where a text says what others read in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.imports.texts import Ground
from kgkit.evidence import ImportEvidence, TextEvidence
from kgkit.facts import Document, Entity, Fact

ROW = ImportEvidence("a.json", "1")
WORD = st.sampled_from(["Ada", "Bob", "met", "Carol", "in Oslo", "and.", "\n\n", "C++", "Dr. X"])


def test_the_shortest_run_of_sentences_that_names_both() -> None:
    text = "Ada lived here. Bob lived there. Much later Ada met Bob. They left."
    ground = Ground(Document("a", text), "other", 0.8)
    fact = Fact(Entity.named("ada"), "MET", Entity.named("BOB"))
    ground.add(fact, ROW, ground.locate(""))
    done = ground.finish()
    (evidence, row) = done.found.facts[0].evidence
    assert isinstance(evidence, TextEvidence)
    assert text[evidence.start : evidence.end] == "Much later Ada met Bob."
    assert (evidence.extractor, evidence.score) == ("other", 0.8)
    assert row.score == 0.0
    assert [m.text for m in done.found.mentions] == ["Ada", "Ada", "Bob", "Bob"]


def test_names_are_found_as_whole_words_across_line_ends() -> None:
    ground = Ground(Document("a", "Adam saw Marie\nCurie. C++ is a language."), "other", 1.0)
    for name in ("Ada", "Marie Curie", "C++"):
        ground.mention(Entity.named(name), ground.locate(""))
    assert [m.text for m in ground.finish().found.mentions] == ["Marie\nCurie", "C++"]


def test_what_is_not_named_rests_on_its_piece() -> None:
    text = "One is here. Two is there."
    ground = Ground(Document("a", text), "other", 1.0)
    fact = Fact(Entity.named("Nobody"), "IS", Entity.named("Nowhere"))
    ground.add(fact, ROW, ground.locate("Two is there."))
    (evidence, _) = ground.finish().found.facts[0].evidence
    assert isinstance(evidence, TextEvidence)
    assert text[evidence.start : evidence.end] == text  # the chunk that holds the piece


def test_a_blank_text_says_nothing() -> None:
    ground = Ground(Document("a", "  "), "other", 1.0)
    ground.add(Fact(Entity.named("A"), "IS", Entity.named("B")), ROW, ground.locate(""))
    assert ground.finish().found.facts[0].evidence == (ROW,)


@given(st.lists(WORD, max_size=60), WORD, WORD, st.integers(0, 40), st.integers(0, 40))
def test_every_span_lies_in_its_chunk(
    parts: list[str], head: str, tail: str, start: int, length: int
) -> None:
    text = " ".join(parts)
    ground = Ground(Document("a", text), "other", 0.9)
    piece = (min(start, len(text)), min(start + length, len(text)))
    ground.add(Fact(Entity.named(head), "R", Entity.named(tail)), ROW, piece)
    done = ground.finish()
    chunks = {chunk.id: chunk for chunk in done.chunks}
    for mention in done.found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert chunks[mention.chunk_id].start <= mention.start
        assert mention.end <= chunks[mention.chunk_id].end
    for evidence in done.found.facts[0].evidence:
        if isinstance(evidence, TextEvidence):
            chunk = chunks[evidence.chunk_id]
            assert chunk.start <= evidence.start < evidence.end <= chunk.end
