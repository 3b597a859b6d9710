"""Questions laid before texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mini.reading.layout import QUESTION, ROOM, case_of, passage_of, query_of
from kgkit.models.bert import MAX_PIECES
from kgkit.models.encoder import load_encoder

TOKENIZER = load_encoder().tokenizer


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_words_stand_where_their_pieces_are(question: str, text: str) -> None:
    passage = passage_of(TOKENIZER, text)
    case = case_of(query_of(TOKENIZER, question), passage)
    assert len(case.pieces) == len(case.casing) == len(case.marks)
    assert len(case.spans) == len(case.firsts) == len(case.lasts) == len(case.sentences)
    assert all(0 <= start < end <= len(text) for start, end in case.spans)
    places = [i for first, last in zip(case.firsts, case.lasts, strict=True) for i in (first, last)]
    assert places == sorted(places)
    assert all(0 < place < len(case.pieces) - 1 for place in places)


def test_a_long_question_leaves_room_for_a_text() -> None:
    query = query_of(TOKENIZER, "why " * 1000 + "is it so?")
    assert 0 < query.row.length <= QUESTION
    assert query.words[-3:] == ("it", "so", "?")


def test_every_sentence_fits_behind_a_question() -> None:
    passage = passage_of(TOKENIZER, "x" * 90_000 + " no stop " * 3000)
    assert max(row.length for row in passage.rows) <= ROOM < MAX_PIECES
