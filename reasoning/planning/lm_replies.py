"""The plan in a reply, or one sentence on why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.llm.replies import LONGEST, json_values, visible
from kgkit.errors import QueryError
from reasoning.logic.forms import Combine, Program, Retrieve, Step
from reasoning.logic.reading import parse
from reasoning.planning.lm_grammar import KINDS
from reasoning.planning.plan import Plan

__all__ = ["Unread", "read_plan"]

_MOST_STEPS = 40
_FENCED = re.compile(r"```\w*\n(.*?)(?:```|\Z)", re.DOTALL)
_HOLE = re.compile(r"\{(\w+)\}")
_BEGINS = re.compile(r"\s*(?:retrieve|deduce|denied|hedged)\s*\(")


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a reply holds no plan; `given_up` when it says itself that there is none."""

    reason: str
    given_up: bool = False


def read_plan(question: str, reply: str) -> Plan | Unread:
    """Return the plan that a reply writes: as JSON of the asked form, else as a bare program.

    Where there are several the last one counts, since a model may repeat what it was told first.

    >>> read_plan("Who?", '{"kind": "person", "steps": []}')
    Unread(reason='the reply has no steps', given_up=True)
    """
    text = visible(reply[:LONGEST])
    found = [value for value in json_values(text) if isinstance(value, dict) and "steps" in value]
    if not found:
        return _bare(question, text)
    kind = str(found[-1].get("kind", "any")).lower()
    rows = found[-1]["steps"]
    if not isinstance(rows, list) or len(rows) > _MOST_STEPS:
        return Unread(f'"steps" must be a list of at most {_MOST_STEPS} steps.')
    if not rows:
        return Unread("the reply has no steps", given_up=True)
    steps: list[Step] = []
    asks: list[str] = []
    for row in rows:
        match row:
            case {"step": str(step)} | str(step):
                said = row.get("ask", "") if isinstance(row, dict) else ""
            case _:
                return Unread(f'{str(row)[:80]!r} is no step; write {{"step": ..., "ask": ...}}.')
        read = _parsed(step)
        if isinstance(read, Unread):
            return read
        steps += read.steps
        count = sum(map(_retrieves, read.steps))
        asks += [said if isinstance(said, str) else ""] * count
    program = Program(tuple(steps))
    known = _variables(program)
    plan = Plan(
        question,
        program,
        tuple(ask if set(_HOLE.findall(ask)) <= known else "" for ask in asks),
        kind if kind in KINDS else "any",
    )
    return _with_retrieve(plan)


def _bare(question: str, text: str) -> Plan | Unread:
    """Return the plan of a reply that is a program and nothing else, fenced or not."""
    fenced = _FENCED.findall(text)
    program = fenced[-1] if fenced else text
    if not _BEGINS.match(program):
        return Unread('the reply holds no JSON with "steps".')
    read = _parsed(program)
    if isinstance(read, Unread):
        return read
    plan = Plan(question, read)
    asks = (question,) if len(plan.steps) == 1 else ("",) * len(plan.steps)
    return _with_retrieve(replace(plan, asks=asks))


def _parsed(text: str) -> Program | Unread:
    try:
        return parse(text)
    except QueryError as error:
        return Unread(f"{text.strip()[:80]!r} cannot be read: {error}")


def _with_retrieve(plan: Plan) -> Plan | Unread:
    return plan if plan.steps else Unread("the program has no retrieve step.")


def _retrieves(step: Step) -> int:
    return len(Plan("", Program((step,))).steps)


def _variables(program: Program) -> set[str]:
    found: set[str] = set()
    steps: list[Sequence[Step]] = [program.steps]
    while steps:
        for step in steps.pop():
            match step:
                case Retrieve(head, _, tail):
                    found |= {v for end in (head, tail) if (v := getattr(end, "variable", None))}
                case Combine(_, left, right):
                    steps += [block.steps for block in (left, right) if block is not None]
    return found
