"""Questions on facts, with every answer that the graph has, or some of them, said so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from extractors.entigraph.generating.speaking import Speaker, Spoken, close, pick
from extractors.entigraph.wording.grammar import grammar
from extractors.entigraph.wording.values import written
from kgkit.facts import Entity, Fact, Literal

__all__ = ["Asked", "Asker", "close_question", "listed"]

#: More answers than this are not listed.
_MOST = 6
#: How often a clause with a gap is asked where there is a question.
_GAPS = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer and the ids of the facts that the answer tells."""

    question: str
    answer: str
    facts: tuple[str, ...]


class Asker:
    """Asks for the tail or the head of a fact."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._tails: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self._heads: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in speaker.index.facts:
            self._tails[fact.head.id, fact.relation].append(fact)
            self._heads[_key(fact.tail), fact.relation].append(fact)

    def ask(self, fact: Fact, rng: Random, *, backwards: bool = False) -> Asked:
        """Return a question that the fact answers."""
        said = self._speaker.spoken(fact)
        if backwards:
            question = self._question(said, rng, backwards=True)
            question = question.replace("{t}", pick(rng, said.tails))
            facts = self._heads[_key(fact.tail), fact.relation]
        else:
            question = self._question(said, rng, backwards=False).replace("{h}", said.head)
            facts = self._tails[fact.head.id, fact.relation]
            facts = [f for f in facts if self._speaker.spoken(f).phrasing is said.phrasing]
        if len(facts) == 1 and rng.random() < 0.5:
            answer = close(self._speaker.clause(fact, rng))
            return Asked(close_question(question), answer, (fact.id,))
        told = facts if len(facts) <= _MOST else [fact, *rng.sample(facts, _MOST - 1)]
        ends = (f.head if backwards else f.tail for f in told)
        names = list(dict.fromkeys(pick(rng, written(end)) for end in ends))
        among = grammar().among if len(facts) > _MOST else ""
        return Asked(
            close_question(question),
            close(among + listed(names)),
            tuple(dict.fromkeys(f.id for f in told)),
        )

    @staticmethod
    def _question(said: Spoken, rng: Random, *, backwards: bool) -> str:
        saying = said.phrasing.saying
        asked = saying.reverse if backwards else saying.questions
        if asked and rng.random() >= _GAPS:
            return pick(rng, asked)
        return pick(rng, saying.reverse_gaps if backwards else saying.gaps)


def close_question(question: str) -> str:
    """Return a question with a capital letter."""
    return question[0].upper() + question[1:]


def listed(names: list[str]) -> str:
    """Return names as a list: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _key(tail: Entity | Literal) -> str:
    return tail.id if isinstance(tail, Entity) else "\0".join(tail.canonical())
