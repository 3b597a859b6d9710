"""A planner that asks a language model.

`lm_planner("openai:<model>")` is a `Planner`. The model is shown the graph's relations that fit the
question, the grammar and three worked examples; its reply is kept to the grammar where it can be
(`reasoning.planning.lm_grammar`), and a program that does not hold against the graph goes back to
it with what is wrong, twice at most. One call is the rule, three are the most. No sentence of a
text is part of a prompt, so none can change a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kgkit.models.lm.base import LanguageModel, Message, Request
from kgkit.models.lm.metered import MeteredLM
from reasoning.planning.lm_checking import complaint, in_own_relations
from reasoning.planning.lm_grammar import reply_schema
from reasoning.planning.lm_prompt import correction, instructions, task
from reasoning.planning.lm_relations import offer_for
from reasoning.planning.lm_replies import Unread, read_plan
from reasoning.planning.plan import Known, Plan, Planner

__all__ = ["LMPlanner", "lm_planner"]

_REPAIRS = 2
_MAX_TOKENS = 700
#: How sure a plan is that came without a repair, and what each repair takes.
_SURE, _EACH_REPAIR = 0.9, 0.1


def lm_planner(
    lm: str | LanguageModel | Callable[[str], str],
    *,
    otherwise: Planner | None = None,
    relations: int = 40,
    calls: int | None = None,
) -> LMPlanner:
    """Return a planner that asks a model, given as `kgkit.lm` takes it.

    `otherwise` plans where the model gives nothing that can be used; `relations` is how many of
    the graph's the model is shown at most, and `calls` how often it is asked in all. Raises
    `InputError` for a spec that names no model.

    >>> from kgkit.models.lm.fake import FakeLM
    >>> reply = '{"kind": "person", "steps": ["retrieve(?who, DIRECTED, _)"]}'
    >>> (plan,) = lm_planner(FakeLM([reply]))("Who directed Alien?", Known())
    >>> str(plan.program), plan.planner
    ('retrieve(?who, DIRECTED, _)', 'lm:fake')
    """
    from kgkit.models.lm.registry import lm as opened

    return LMPlanner(opened(lm), otherwise=otherwise, relations=relations, calls=calls)


class LMPlanner:
    """A planner over a metered language model; `model.usage` counts its calls."""

    def __init__(
        self,
        model: MeteredLM,
        *,
        otherwise: Planner | None = None,
        relations: int = 40,
        calls: int | None = None,
    ) -> None:
        self.model = model
        self._otherwise = otherwise
        self._most = relations
        self._left = calls
        self._system = Message("system", instructions())

    def __call__(self, question: str, known: Known) -> Sequence[Plan]:
        """Return the model's plan, else those of `otherwise`.

        Raises `CallError` (`BudgetError` for one) where no reply could be had.
        """
        plan = self._planned(question, known)
        if plan is not None:
            return (plan,)
        return self._otherwise(question, known) if self._otherwise is not None else ()

    def _planned(self, question: str, known: Known) -> Plan | None:
        linked = [entity for _, entities in known.linked for entity in entities]
        offer = offer_for(question, known.vocabulary, linked, most=self._most)
        asked = replace(
            Request.of("", schema=reply_schema(offer.relations, offer.types)),
            messages=(self._system, Message("user", task(question, known, offer))),
            max_tokens=_MAX_TOKENS,
        )
        for repairs in range(_REPAIRS + 1):
            if self._left is not None:
                if self._left < 1:
                    return None
                self._left -= 1
            reply = self.model.complete([asked])[0]
            if reply.finish == "refused":
                return None
            found = read_plan(question, reply.text)
            if isinstance(found, Unread) and found.given_up:
                return None
            if isinstance(found, Plan):
                program = in_own_relations(found.program, known.vocabulary)
                found = replace(found, program=program)
                wrong = complaint(found, known)
                if wrong is None:
                    sure = round(_SURE - _EACH_REPAIR * repairs, 4)
                    return replace(found, planner=f"lm:{self.model.name}", score=sure)
            else:
                wrong = found.reason
            said = Message("assistant", reply.text)
            asked = replace(asked, messages=(*asked.messages, said, correction(wrong)))
        return None
