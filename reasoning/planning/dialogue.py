"""A dialogue with a graph: each question may speak of what was said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from kgkit.facts import Entity
from reasoning.answers.answer import Answer, Refusal, Step
from reasoning.answers.view import FactView
from reasoning.explaining.evidence import cited_facts
from reasoning.planning.dialogue_referents import Referent, read_beside, referents
from reasoning.planning.dialogue_understanding import Understood, understand
from reasoning.planning.plan import Turn

__all__ = ["Dialogue"]

#: Turns that words may stand for something of.
_REMEMBERED = 8


class Dialogue:
    """Questions and answers in order; follow-up questions are understood from those before.

    `ask` answers a question that stands by itself, such as `kg.ask`, and `facts` tells what names
    are names of. What a question was taken to mean is the first step of its answer's plan
    ("understood"); one that speaks of somebody who was never named is refused.
    """

    def __init__(self, ask: Callable[..., Answer], facts: FactView) -> None:
        self._ask = ask
        self._facts = facts
        self._turns: list[Turn] = []
        self._named: list[list[Referent]] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked, each question as it was understood, and what was answered."""
        return tuple(self._turns)

    def understand(self, question: str) -> Understood:
        """Return what a question would be taken to mean now; nothing is asked."""
        before = [each for named in reversed(self._named[-_REMEMBERED:]) for each in named]
        last = self._turns[-1].question if self._turns else ""
        return understand(question, before, last, self._facts)

    def ask(self, question: str, **options: object) -> Answer:
        """Return the answer to a question that may lean on those before; `options` go to `ask`.

        Raises `InputError` for a blank question, as asking does.
        """
        meant = self.understand(question)
        if meant.lost:
            return self._refused(meant)
        answer = self._ask(meant.text, **options)
        turn = Turn(meant.text, answer.text if answer else "", self._met(answer))
        self._remember(turn, [citation.quote for citation in answer.citations if answer])
        if not meant.taken:
            return answer
        step = Step("understood", f"{question!r} as {meant.text!r}")
        return replace(answer, question=question, plan=(step, *answer.plan))

    def forget(self) -> None:
        """Begin anew: nothing was said."""
        self._turns.clear()
        self._named.clear()

    def _met(self, answer: Answer) -> tuple[Entity, ...]:
        """Return the entities of an answer and of the facts on the way to it."""
        if not answer:
            return ()
        facts = [fact for fact in cited_facts(answer) if not fact.sign]
        names = [answer.text, *(name for fact in facts for name in (fact.head, fact.tail))]
        known = self._facts.named(list(dict.fromkeys(names)))
        found = [known[name][0] for name in names if known.get(name)]
        return tuple({entity.id: entity for entity in found}.values())

    def _remember(self, turn: Turn, quotes: Sequence[str]) -> None:
        number = len(self._turns)
        named = referents(turn, number, self._facts)
        self._turns.append(turn)
        self._named.append([*named, *read_beside(quotes, named, number, self._facts)])

    def _refused(self, meant: Understood) -> Answer:
        lost = " and ".join(repr(word) for word in meant.lost)
        step = Step("understood", f"{meant.question!r} in part: {lost} stands for nothing")
        detail = f"Nothing was named before that {lost} can stand for; ask with the name itself."
        return Answer(meant.question, "", (), (step,), 0.0, Refusal("unknown_names", detail))

    def __len__(self) -> int:
        return len(self._turns)

    def __repr__(self) -> str:
        return f"<Dialogue: {len(self)} turns>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<dt>{escape(turn.question)}</dt><dd>{escape(turn.answer) or '<i>no answer</i>'}</dd>"
            for turn in self._turns
        )
        return f"<dl>{rows}</dl>"
