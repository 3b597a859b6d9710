"""Boxes and arrows, before they have places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

__all__ = ["NOTHING", "Arrow", "Node", "Picture", "Role"]

#: What a box stands for: a name that was given, something found on the way, the answer.
Role = OneOf["given", "found", "answer"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: `label` is what it says, `key` what tells it from others."""

    key: str
    label: str
    role: Role = "found"


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from the box `tail` to the box `head`; a dashed one for what is denied or unsure."""

    tail: str
    head: str
    label: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and arrows between them; every arrow's ends are among the boxes."""

    nodes: tuple[Node, ...] = ()
    arrows: tuple[Arrow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes)


#: A picture without a box.
NOTHING = Picture()
