""" "The same country" as steps of a program: both sides, and the test."""

from __future__ import annotations

from collections.abc import Sequence

from reasoning.logic.expressions import Binary, Use
from reasoning.logic.forms import Aggregate, Filter, Output, Path, Retrieve, Term
from reasoning.planning.hops import write_joints
from reasoning.planning.sketch import Joint
from reasoning.planning.wordings import attribute_of
from reasoning.planning.written import Written, links_of

__all__ = ["write_same"]


def write_same(written: Written, joints: list[Joint]) -> bool:
    """Write both sides of "the same country" and the test; return whether there are two."""
    sketch, same = written.sketch, written.sketch.same
    if same is None:
        return False
    if same.other >= 0:
        return _write_one(written, joints, same.thing, same.other)
    first = next((t.id for t in sketch.things if same.thing in t.also), same.thing)
    sides = [first, *sketch.things[first].also]
    if len(sides) == 1:
        into = [j for j in joints if j.target == same.thing]
        if len(into) == 2 and into[0].source != into[1].source:
            twin = sketch.add(
                sketch.things[same.thing].start,
                sketch.things[same.thing].end,
                sketch.things[same.thing].noun,
                sketch.things[same.thing].kind,
            )
            moved = into[1]
            joints[joints.index(moved)] = Joint(
                moved.source, moved.words, twin.id, moved.main, moved.extra
            )
            sides.append(twin.id)
    if len(sides) != 2:
        return False
    values = []
    written.shared.update(id for id in sides if not sketch.things[id].names)
    for side in sides:
        written.target = side
        write_joints(written, [j for j in joints if _reaches(j, side, joints)])
        thing = sketch.things[side]
        value = written.fresh("value")
        path = Path(links_of(same.words))
        written.shared.discard(side)
        known = side in written.bound
        head = Term(written.variable(thing)) if known else Term(names=thing.names)
        written.steps.append(Retrieve(head, path, Term(value)))
        said = f"{{{written.variable(thing)}}}" if known else thing.names[0] if thing.names else ""
        written.asks.append(attribute_of(same.words[-1], said, bare=True))
        values.append(value)
    written.steps.append(Filter(Binary("=", Use(values[0]), Use(values[1]))))
    answer = written.fresh("same")
    written.steps.append(Aggregate(answer, "exists", values[0]))
    written.steps.append(Output((answer,)))
    return True


def _write_one(written: Written, joints: Sequence[Joint], one: int, other: int) -> bool:
    """Write what leads to two things and the test whether they are one."""
    things = written.sketch.things
    if things[one].given or things[other].given:
        return False
    write_joints(written, joints)
    if one not in written.bound or other not in written.bound:
        return False
    names = [written.variable(things[id]) for id in (one, other)]
    written.steps.append(Filter(Binary("=", Use(names[0]), Use(names[1]))))
    answer = written.fresh("same")
    written.steps.append(Aggregate(answer, "exists", names[0]))
    written.steps.append(Output((answer,)))
    return True


def _reaches(joint: Joint, side: int, joints: Sequence[Joint]) -> bool:
    """Return whether a joint is on the way to one of two sides."""
    reached, grew = {side}, True
    while grew:
        grew = False
        for each in joints:
            if (each.source in reached) != (each.target in reached):
                reached |= {each.source, each.target}
                grew = True
    return joint.source in reached
