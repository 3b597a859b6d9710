"""A program as a picture: what it looks for, and by which relations."""

from __future__ import annotations

from collections.abc import Iterator

from reasoning.explaining.picture import Arrow, Node, Picture, Role
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import (
    Aggregate,
    Combine,
    Let,
    Mode,
    Output,
    Program,
    Retrieve,
    Term,
)

__all__ = ["draw_program"]


def draw_program(program: Program) -> Picture:
    """Return the picture of a program: a box for each end, an arrow for each retrieve step.

    What is put out, or else what the last step makes, is the answer.

    >>> from reasoning.logic import parse
    >>> picture = draw_program(parse('retrieve(?who, DIRECTED, "Alien"); output(?who)'))
    >>> [(node.label, node.role) for node in picture.nodes]
    [('?who', 'answer'), ('Alien', 'given')]
    """
    wanted = _wanted(program)
    nodes: dict[str, Node] = {}
    arrows: list[Arrow] = []
    for place, step in enumerate(_retrieves(program)):
        ends = []
        for side, end in (("s", step.head), ("o", step.tail)):
            node = _node(end, f"{place}{side}", wanted)
            known = nodes.setdefault(node.key, node)
            if len(node.label) > len(known.label):  # the one that tells its type
                nodes[node.key] = node
            ends.append(node.key)
        label = ", ".join([str(step.path), *map(str, step.conditions)])
        unsure = step.mode in (Mode.DENIED, Mode.HEDGED)
        arrows.append(Arrow(ends[0], ends[1], label, unsure))
    for made in program.steps:
        match made:
            case Aggregate(variable, function, of) if variable in wanted:
                nodes.setdefault(f"?{variable}", Node(f"?{variable}", str(made), "answer"))
                if f"?{of}" in nodes:
                    arrows.append(Arrow(f"?{of}", f"?{variable}", function))
            case Let(variable) if variable in wanted:
                nodes.setdefault(f"?{variable}", Node(f"?{variable}", str(made), "answer"))
    return Picture(tuple(nodes.values()), tuple(arrows))


def _wanted(program: Program) -> frozenset[str]:
    for step in reversed(program.steps):
        match step:
            case Output(variables):
                return frozenset(variables)
            case Aggregate(variable) | Let(variable):
                return frozenset([variable])
            case Retrieve(head, _, tail):
                last = [e.variable for e in (tail, head) if isinstance(e, Term) and e.variable]
                return frozenset(last[:1])
    return frozenset()


def _retrieves(program: Program) -> Iterator[Retrieve]:
    for step in program.steps:
        if isinstance(step, Retrieve):
            yield step
        elif isinstance(step, Combine):
            for block in (step.left, step.right):
                if block is not None:
                    yield from _retrieves(block)


def _node(end: Term | Constant, place: str, wanted: frozenset[str]) -> Node:
    if isinstance(end, Constant):
        return Node(f"value {end}", str(end), "given")
    if end.variable:
        role: Role = "given" if end.names else "found"
        role = "answer" if end.variable in wanted else role
        return Node(f"?{end.variable}", str(end), role)
    if end.names:
        return Node(f"name {'|'.join(end.names)}", " or ".join(end.names), "given")
    return Node(f"any {place}", str(end), "found")
