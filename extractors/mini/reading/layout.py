"""A question and a text as one sequence of pieces for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from extractors.mini.pieces import Row, rows
from extractors.mini.reading.marks import marks_of
from extractors.mini.words import words
from extractors.sentences import sentences
from kgkit.models.bert import MAX_PIECES

__all__ = ["QUESTION", "ROOM", "Case", "Passage", "Query", "case_of", "passage_of", "query_of"]

_CLS, _SEP = 101, 102
#: Pieces of a question that are read, and of a text behind it.
QUESTION = 96
ROOM = MAX_PIECES - 3 - QUESTION


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its words, their pieces and casings."""

    words: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of a text: the characters [start, end) of the words of each, and their rows."""

    text: str
    spans: tuple[tuple[tuple[int, int], ...], ...]
    rows: tuple[Row, ...]

    def part(self, numbers: Sequence[int]) -> Passage:
        """Return only these of its sentences."""
        return Passage(
            self.text, tuple(self.spans[i] for i in numbers), tuple(self.rows[i] for i in numbers)
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A question before a text: `pieces`, `casing` and `marks` of the whole sequence; the
    characters (`spans`), first and last piece and sentence of each word of the text."""

    pieces: tuple[int, ...]
    casing: tuple[int, ...]
    marks: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    sentences: tuple[int, ...]


def query_of(tokenizer: Tokenizer, question: str) -> Query:
    """Cut a question into words; what is beyond `QUESTION` pieces is left out, the front first."""
    spans = words(question)[-QUESTION:]
    if not spans:
        return Query((), Row((), ()))
    (row,) = rows(tokenizer, question, [spans])
    total, first = 0, len(spans)
    while first > 0 and total + len(row.pieces[first - 1]) <= QUESTION:
        first -= 1
        total += len(row.pieces[first])
    kept = Row(row.pieces[first:], row.casing[first:])
    return Query(tuple(question[start:end] for start, end in spans[first:]), kept)


def passage_of(
    tokenizer: Tokenizer, text: str, bounds: Sequence[tuple[int, int]] | None = None
) -> Passage:
    """Cut a text into sentences (or take these [start, end)) and words; long runs of words
    without an end are cut so that each part fits behind a question."""
    found = []
    for start, end in sentences(text) if bounds is None else bounds:
        spans = words(text, start, end)
        found += [spans[i : i + _LONGEST] for i in range(0, len(spans), _LONGEST)]
    made = rows(tokenizer, text, found) if found else []
    return Passage(text, tuple(tuple(spans) for spans in found), tuple(made))


#: Words of one sentence that are looked at together.
_LONGEST = 120


def case_of(query: Query, passage: Passage) -> Case:
    """Lay a question before the sentences of a passage: ``[CLS] question [SEP] text [SEP]``."""
    text = passage.text
    spans = [span for sentence in passage.spans for span in sentence]
    asked, told = marks_of(query.words, [text[start:end] for start, end in spans])
    pieces, casing, marks = [_CLS], [0], [0]
    for word, code, mark in zip(query.row.pieces, query.row.casing, asked, strict=True):
        pieces += word
        casing += [code] * len(word)
        marks += [mark] * len(word)
    pieces.append(_SEP)
    casing.append(0)
    marks.append(0)
    firsts, lasts = [], []
    found = (pair for row in passage.rows for pair in zip(row.pieces, row.casing, strict=True))
    for (word, code), mark in zip(found, told, strict=True):
        firsts.append(len(pieces))
        pieces += word
        casing += [code] * len(word)
        marks += [mark] * len(word)
        lasts.append(len(pieces) - 1)
    numbers = [i for i, sentence in enumerate(passage.spans) for _ in sentence]
    return Case(
        (*pieces, _SEP),
        (*casing, 0),
        (*marks, 0),
        tuple(spans),
        tuple(firsts),
        tuple(lasts),
        tuple(numbers),
    )
