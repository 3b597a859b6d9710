"""A passage says the entity's name, and gives back characters of the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.slots.passages import passage_about
from kgkit.facts import Chunk, Mention
from tests.extractors.slots.worlds import IDA, chunk_of, mention


def test_pronouns_say_the_name() -> None:
    chunk = chunk_of("Ida Vale sang. She was born in Aarhus, and her songs are sad.")
    own = [
        mention(chunk, "Ida Vale", IDA),
        mention(chunk, "She", IDA, kind="pronoun"),
        mention(chunk, "her", IDA, kind="pronoun"),
    ]
    passage = passage_about(chunk, "Ida Vale", own)
    assert passage.text == (
        "Ida Vale sang. Ida Vale was born in Aarhus, and Ida Vale's songs are sad."
    )
    start = passage.text.index("Aarhus")
    at = passage.in_document(start, start + 6)
    assert at is not None
    assert chunk.text[at[0] : at[1]] == "Aarhus"
    assert passage.in_document(passage.text.index("Ida Vale was"), start + 6) is None


def test_the_first_mention_is_written_out() -> None:
    chunk = chunk_of("Vale moved to Oslo. Vale died there.")
    passage = passage_about(chunk, "Ida Vale", [mention(chunk, "Vale", IDA)])
    assert passage.text == "Ida Vale moved to Oslo. Vale died there."


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_kept_character_is_found_again(text: str, data: st.DataObject) -> None:
    origin = data.draw(st.integers(0, 50))
    chunk = Chunk("d", 0, origin, origin + len(text), text, ((origin, origin + len(text)),))
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5)
    )
    own = [
        Mention("d", chunk.id, origin + a, origin + b, text[a:b], IDA, kind="pronoun")
        for a, b in spans
        if a < b
    ]
    passage = passage_about(chunk, "Ida Vale", own)
    for i in range(len(passage.text)):
        at = passage.in_document(i, i + 1)
        if at is not None:
            assert text[at[0] - origin] == passage.text[i]
    kept = sum(passage.in_document(i, i + 1) is not None for i in range(len(passage.text)))
    assert kept == sum(size for _, _, size in passage.parts)
