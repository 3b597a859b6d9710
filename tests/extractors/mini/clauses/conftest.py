"""Hand-written trees: one line a token, ``word/lemma/UPOS/XPOS/head/relation``, heads from 1."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.mini.clauses import Clause, clauses
from extractors.mini.syntax import Sentence, Span, Token

Parse = Callable[..., Sentence]
Told = Callable[..., list[str]]


def build(lines: str, *spans: tuple[int, int, str]) -> Sentence:
    """Return the sentence of these lines; its words are joined by blanks, spans count from 0."""
    tokens: list[Token] = []
    place = 0
    for line in lines.split():
        word, lemma, upos, xpos, head, relation = line.split("/")
        end = place + len(word)
        tokens.append(Token(place, end, word, lemma, upos, xpos, int(head) - 1, relation))
        place = end + 1
    marked = tuple(Span(first, last, kind, 1.0) for first, last, kind in spans)
    return Sentence(0, place - 1, tuple(tokens), marked)


def show(sentence: Sentence, clause: Clause) -> str:
    """Return a clause as ``subject | predicate | role:marker+words; ...`` with its marks."""
    arguments = []
    for each in clause.arguments:
        before = " ".join(sentence.tokens[i].text for i in each.marker)
        words = each.words(sentence)
        arguments.append(f"{each.role}:{before}+{words}" if before else f"{each.role}:{words}")
    marks = [
        name
        for name, holds in (
            ("passive", clause.passive),
            ("not", clause.negated),
            ("maybe", clause.hedged),
        )
        if holds
    ]
    parts = [clause.subject.words(sentence), clause.words(sentence), "; ".join(arguments)]
    return " | ".join([*parts, " ".join(marks)]) if marks else " | ".join(parts)


@pytest.fixture
def parse() -> Parse:
    """The function that builds a sentence from lines and spans."""
    return build


@pytest.fixture
def told() -> Told:
    """The function that tells the clauses of lines as strings."""

    def tell(lines: str, *spans: tuple[int, int, str]) -> list[str]:
        sentence = build(lines, *spans)
        return [show(sentence, clause) for clause in clauses(sentence)]

    return tell
