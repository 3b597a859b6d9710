"""A pronoun, the stretch of text around it, and who may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.mini.coreference.features import features
from extractors.mini.coreference.passage import Passage, Place
from extractors.mini.syntax import Sentence, Span

__all__ = ["REACH", "Mention", "Question", "asked", "nearest", "stretch"]

#: Sentences before a pronoun in which its antecedent may stand.
REACH = 4

#: A span of a sentence: (sentence, span).
Mention = tuple[int, Span]


@dataclass(frozen=True, slots=True)
class Question:
    """Which of `choices` does the pronoun at `pronoun` mean, if any?

    `choices` and `asides` are (person, mention): people one may choose from, and others around.
    All places count from the first sentence of the passage.
    """

    passage: Passage
    pronoun: Place
    choices: tuple[tuple[int, Mention], ...]
    asides: tuple[tuple[int, Mention], ...] = ()

    def rows(self) -> list[dict[str, float]]:
        """Return the features of all choices, then of all asides."""
        found = (*self.choices, *self.asides)
        return [features(self.passage, self.pronoun, number, m) for number, m in found]


def stretch(sentences: Sequence[Sentence], sentence: int) -> tuple[int, int]:
    """Return the sentences [first, end) that are looked at for a pronoun of one sentence."""
    return max(0, sentence - REACH), min(len(sentences), sentence + 2)


def asked(sentences: Sequence[Sentence], pronoun: Place, given: Sequence[Mention]) -> Question:
    """Return the question which of the given mentions (sentence, span) is meant."""
    first, end = stretch(sentences, pronoun[0])
    first = min([first, *(i for i, _ in given)])
    end = max([end, *(i + 1 for i, _ in given)])
    part = sentences[first:end]
    here = (pronoun[0] - first, pronoun[1])
    told = [(i - first, _typed(sentences[i], span)) for i, span in given]
    spans = [
        (i, span)
        for i, sentence in enumerate(part)
        for span in sentence.spans
        if span.type == "Person" and not _covers(i, span, here)
        if not any(i == j and _overlap(span, other) for j, other in told)
    ]
    distinct = list(dict.fromkeys(told))
    passage = Passage(part, sorted([*spans, *distinct], key=lambda m: (m[0], m[1].first)))
    owner = {m: n for n, person in enumerate(passage.people) for m in person.mentions}
    choices = tuple((owner[mention], mention) for mention in told)
    chosen = {number for number, _ in choices}
    asides = tuple(
        (number, nearest(person.mentions, here))
        for number, person in enumerate(passage.people)
        if number not in chosen
    )
    return Question(passage, here, choices, asides)


def nearest(mentions: Sequence[Mention], pronoun: Place) -> Mention:
    """Return the last mention before the pronoun, or the first of all."""
    before = [m for m in mentions if (m[0], m[1].first) < pronoun]
    return before[-1] if before else mentions[0]


def _typed(sentence: Sentence, span: Span) -> Span:
    """The span with the type that the parser gives to what is there."""
    kind = next((other.type for other in sentence.spans if _overlap(other, span)), "")
    return replace(span, type=kind)


def _covers(sentence: int, span: Span, pronoun: Place) -> bool:
    return sentence == pronoun[0] and span.first <= pronoun[1] < span.last


def _overlap(one: Span, other: Span) -> bool:
    return one.first < other.last and other.first < one.last
