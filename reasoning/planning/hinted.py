"""What the planning head adds to the rules: how likely a plan is, and a chain where rules find
none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.mini.planning.question import QuestionReading
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Link,
    Output,
    Path,
    Program,
    Retrieve,
    Term,
)
from reasoning.planning.plan import Plan
from reasoning.planning.tokens import Token
from reasoning.planning.wordings import attribute_of

__all__ = ["chained", "type_of_plan", "weighed"]

#: How much of a plan's score does not depend on the head.
_OWN = 0.8
_ORDER = ("far", "2", "1", "0")
_SAYING = ("NOUN", "VERB", "ADJ")


def type_of_plan(plan: Plan) -> str:
    """Return the type of question that a plan answers, as the head names types.

    >>> from reasoning.planning.plan import plan_of
    >>> type_of_plan(plan_of("How many?", 'retrieve(?f, by, "X")\\n?n = count(?f)\\noutput(?n)'))
    'number'
    """
    steps = plan.program.steps
    counts = [s for s in steps if isinstance(s, Aggregate) and not s.by]
    if counts:
        return "yesno" if counts[-1].function == "exists" else "number"
    if any(isinstance(s, Combine) for s in steps):
        return "sets"
    if any(isinstance(s, Arg) for s in steps):
        offered = any(len(s.head.names) > 1 for s in plan.steps)
        return "choice" if offered else "best"
    return "number" if plan.kind == "number" else "things"


def weighed(plans: Sequence[Plan], reading: QuestionReading) -> list[Plan]:
    """Return the plans with the scores of those lowered whose type the head does not expect."""
    found = []
    for plan in plans:
        share = _OWN + (1.0 - _OWN) * reading.probability(type_of_plan(plan))
        found.append(replace(plan, score=round(plan.score * share, 4)))
    return found


def chained(
    question: str, tokens: Sequence[Token], reading: QuestionReading, kind: str
) -> list[Plan]:
    """Return a plan that goes from the first name through the words that the head tags as
    relations, those farthest from the answer first; none where these are of one depth."""
    names = [token for token in tokens if token.name]
    if not names:
        return []
    tags = {start: (part, depth) for start, _, part, depth in reading.words}
    groups: dict[str, list[str]] = defaultdict(list)
    for token in tokens:
        part, depth = tags.get(token.start, ("none", "none"))
        if part in ("relation", "condition", "known") and not token.name and token.upos in _SAYING:
            groups[depth].append(token.low)
    depths = [depth for depth in _ORDER if groups[depth]]
    if len(depths) < 2:
        return []
    steps: list[Retrieve | Output] = []
    asks = []
    term, said = Term(names=(names[0].name,)), names[0].name
    for n, depth in enumerate(depths):
        words = " ".join(groups[depth][:4])
        variable = "answer" if depth == depths[-1] else f"step{n + 1}"
        steps.append(Retrieve(term, Path((Link(words),)), Term(variable)))
        asks.append(attribute_of(words, said, bare=True))
        term, said = Term(variable), f"{{{variable}}}"
    steps.append(Output(("answer",)))
    return [Plan(question, Program(tuple(steps)), tuple(asks), kind, "builtin", 0.4)]
