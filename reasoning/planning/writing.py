"""From a sketch to a program: what is named first, then hop by hop to what is asked for."""

from __future__ import annotations

from reasoning.logic.forms import (
    Aggregate,
    Output,
    Program,
    Retrieve,
)
from reasoning.planning.hops import write_joints
from reasoning.planning.ordering import write_order
from reasoning.planning.same_writing import write_same
from reasoning.planning.sketch import Sketch
from reasoning.planning.written import Written

__all__ = ["write"]


def write(
    sketch: Sketch, target: int, form: str, *, extras: bool = True
) -> tuple[Program, tuple[str, ...]] | None:
    """Return the program of a sketch and the questions of its retrieve steps.

    Without `extras` what merely goes with another joint is left to the words of the question.
    None where nothing is left to retrieve.
    """
    written = Written(sketch, target)
    joints = [j for j in sketch.joints if extras or not j.extra]
    if form == "same":
        if not write_same(written, joints):
            return None
    else:
        write_joints(written, joints, keep=form == "yesno")
        if sketch.order is not None:
            write_order(written, sketch.order)
        elif form == "choose" and not joints:
            return None
    if not any(isinstance(step, Retrieve) for step in written.steps):
        return None
    if form not in ("same", "yesno") and target not in written.bound:
        return None
    _write_end(written, form)
    return Program(tuple(written.steps)), tuple(written.asks)


def _write_end(written: Written, form: str) -> None:
    if form == "same":
        return
    target = written.sketch.things[written.target]
    variable = written.variable(target)
    if form == "yesno":
        bound = [written.names[id] for id in sorted(written.bound) if id in written.names]
        answer = written.fresh("yes")
        if bound:
            written.steps.append(Aggregate(answer, "exists", bound[0]))
            written.steps.append(Output((answer,)))
        return
    if form == "count" or target.counted:
        number = written.fresh("count")
        written.steps.append(Aggregate(number, "count", variable))
        written.steps.append(Output((number,)))
        return
    written.steps.append(Output((variable,)))
