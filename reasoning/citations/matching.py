"""How surely a sentence states a relation of two names, by the learnt matcher of relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kgkit.facts import Entity, Literal
from reasoning.citations.kinds import kind_of_end
from reasoning.citations.meaning import Wording
from reasoning.citations.naming import Spot
from reasoning.citations.parsing import parsed, tokens_at, with_names

if TYPE_CHECKING:
    from extractors.mini.relations.prompts import Prompt

__all__ = ["Matched", "matched"]


@dataclass(frozen=True, slots=True)
class Matched:
    """Probabilities in [0, 1] that the relation is stated of head and tail, and of tail and
    head."""

    forward: float
    backward: float


def matched(
    passage: str,
    ends: tuple[Entity | Literal, Entity | Literal],
    spots: tuple[Sequence[Spot], Sequence[Spot]],
    asked: Sequence[Wording],
) -> Matched:
    """Return how surely any sentence of a passage states the relation between the places where
    its ends are named; spots count characters of the passage.

    Raises `ModelError` where the matcher's weights are missing or damaged.
    """
    kinds = kind_of_end(ends[0]), kind_of_end(ends[1])
    marked = [(spot, kind) for own, kind in zip(spots, kinds, strict=True) for spot in own]
    forward = backward = 0.0
    for number, sentence in enumerate(parsed(passage)):
        heads, tails = ([tokens_at(sentence, spot) for spot in own] for own in spots)
        pairs = [(_run(h), _run(t)) for h in heads for t in tails if h and t]
        if not pairs:
            continue
        named = with_names(sentence, marked)
        marks = tuple((s.first, s.last, s.type) for s in named.spans)
        found = _scores(passage, number, marks, tuple(_prompts(asked, kinds)))
        for wording, scores in zip([w for w in asked for _ in (0, 1)], found, strict=True):
            for head, tail in pairs:
                straight, turned = scores.get((head, tail), 0.0), scores.get((tail, head), 0.0)
                if wording.turned:
                    straight, turned = turned, straight
                forward, backward = max(forward, straight), max(backward, turned)
    return Matched(forward, backward)


def _prompts(asked: Sequence[Wording], kinds: tuple[str, str]) -> list[Prompt]:
    """Two prompts for each wording: with the types of its ends, and with them changed over."""
    from extractors.mini.relations.prompts import Prompt

    found = []
    for wording in asked:
        head, tail = (_TYPED.get(kind, "") for kind in kinds)
        if wording.turned:
            head, tail = tail, head
        found += [Prompt(wording.words, head, tail), Prompt(wording.words, tail, head)]
    return found


_TYPED = {
    "Person": "person",
    "Organization": "organization",
    "Location": "location",
    "Time": "date",
    "Number": "number",
}

_Place = tuple[int, int]


@lru_cache(maxsize=512)
def _scores(
    passage: str, number: int, marks: tuple[tuple[int, int, str], ...], prompts: tuple[Prompt, ...]
) -> list[dict[tuple[_Place, _Place], float]]:
    """Return for each prompt the score of each pair of places in one sentence."""
    from extractors.mini.pieces import rows
    from extractors.mini.relations.guided import Asking
    from extractors.mini.relations.matcher_layout import marks_of
    from extractors.mini.relations.matcher_store import load_matcher

    reader = load_matcher()
    sentence = parsed(passage)[number]
    cut = [[(token.start, token.end) for token in sentence.tokens]]
    (row,) = rows(reader.tokenizer, passage, cut)
    asking = Asking(row, marks_of(len(row.pieces), marks))
    wanted = [list(range(len(prompts)))]
    found: list[dict[tuple[_Place, _Place], float]] = [{} for _ in prompts]
    for match in reader.matches([asking], prompts, wanted, 0.0)[0]:
        found[match.prompt][match.subject, match.object] = match.score
    return found


def _run(tokens: Sequence[int]) -> _Place:
    return tokens[0], tokens[-1] + 1
