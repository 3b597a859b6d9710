"""The joints of a sketch as steps of a program: farthest from the answer first."""

from __future__ import annotations

from collections.abc import Sequence

from reasoning.logic.expressions import Binary, Use
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Filter,
    Limit,
    Link,
    Path,
    Program,
    Retrieve,
    Sort,
    Term,
)
from reasoning.planning.sketch import Best, Joint, Thing
from reasoning.planning.wordings import attribute_of
from reasoning.planning.written import Written, links_of

__all__ = ["write_best", "write_joints"]


def write_joints(written: Written, joints: Sequence[Joint], *, keep: bool = False) -> None:
    """Write the steps of joints; with `keep` the ends of the last one are bound in any case."""
    things = written.sketch.things
    far = _distances(written.target, joints)
    pending = [j for j in joints if not j.denied]
    done: set[int] = set()
    while pending:
        joint = min(pending, key=lambda j: _turn(j, written, things, far, joints))
        pending.remove(joint)
        written.retrieve(joint, keep=keep and not pending)
        for id in (joint.source, joint.target):
            outward = [j for j in pending if id in (j.source, j.target)]
            deeper = [j for j in outward if max(far[j.source], far[j.target]) > far[id]]
            if id not in done and not deeper and id in written.bound:
                done.add(id)
                write_best(written, things[id])
    for joint in joints:
        if joint.denied:
            _write_denied(written, joint)
    target = things[written.target]
    if target.id not in done and target.best is not None:
        write_best(written, target)


def _turn(
    joint: Joint,
    written: Written,
    things: Sequence[Thing],
    far: dict[int, int],
    joints: Sequence[Joint],
) -> tuple[bool, int, bool, int]:
    """Return what decides which joint is next: what touches something known, farthest first."""
    ends = things[joint.source], things[joint.target]
    known = any(t.id in written.bound or t.names for t in ends)
    return (not known, -max(far[t.id] for t in ends), joint.extra, joints.index(joint))


def _distances(target: int, joints: Sequence[Joint]) -> dict[int, int]:
    found = {target: 0}
    edge = [target]
    while edge:
        here = edge.pop(0)
        for joint in joints:
            for one, other in ((joint.source, joint.target), (joint.target, joint.source)):
                if one == here and other not in found:
                    found[other] = found[here] + 1
                    edge.append(other)
    for joint in joints:
        for id in (joint.source, joint.target):
            found.setdefault(id, 99)
    return found


def write_best(written: Written, thing: Thing) -> None:
    """Write the count that a thing is held to, and the choice of the best of several."""
    best, quantity = thing.best, thing.quantity
    if quantity is not None and thing.value is None:
        owner = next((j.source for j in written.sketch.joints if j.target == thing.id), -1)
        if owner in written.bound:
            count = written.fresh("n")
            by = (written.variable(written.sketch.things[owner]),)
            written.steps.append(Aggregate(count, "count", written.variable(thing), by))
            sign, number = quantity
            written.steps.append(Filter(Binary(sign, Use(count), number)))
            written.bound.discard(thing.id)
    if best is not None and best.attribute:
        value = written.fresh("value")
        written.term(thing)
        variable = written.variable(thing)
        path = Path((Link(best.attribute),))
        written.steps.append(Retrieve(Term(variable), path, Term(value)))
        written.asks.append(attribute_of(best.attribute, variable))
        _pick(written, value, best)


def _pick(written: Written, value: str, best: Best) -> None:
    if best.rank > 1:
        written.steps.append(Sort(((value, best.most),)))
        written.steps.append(Limit(best.rank))
        written.steps.append(Arg("argmin" if best.most else "argmax", value))
    else:
        written.steps.append(Arg("argmax" if best.most else "argmin", value))


def _write_denied(written: Written, joint: Joint) -> None:
    source, target = (written.sketch.things[i] for i in (joint.source, joint.target))
    links = links_of(joint.words)
    inner = Retrieve(written.term(source), Path(links), written.term(target))
    written.steps.append(Combine("except", None, Program((inner,))))
    written.asks.append("")
