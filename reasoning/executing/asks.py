"""The question in words that a step of a plan asks in one row, and the kind of its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kgkit.facts import Entity
from reasoning.answers.kinds import asked, kind_of
from reasoning.answers.kinship import is_kin
from reasoning.answers.literals import written
from reasoning.answers.roles import is_agentive
from reasoning.answers.words import fold, words
from reasoning.logic.forms import Retrieve, Term
from reasoning.logic.values import Cell

__all__ = ["filled", "kind_of_step", "relation_words"]

_HOLE = re.compile(r"\{(\w+)\}")
_OF_TYPE = {
    "person": "person",
    "location": "place",
    "place": "place",
    "organization": "organization",
}


def filled(ask: str, row: Mapping[str, Cell]) -> str:
    """Return a question with the names of what its variables are bound to; "" where one is not.

    >>> filled("Who is the father of {x}?", {"x": Entity.named("Ada")})
    'Who is the father of Ada?'
    """
    if any(name not in row for name in _HOLE.findall(ask)):
        return ""
    return _HOLE.sub(lambda m: _shown(row[m[1]]), ask)


def relation_words(step: Retrieve) -> str:
    """Return the relation of a step in words, "" where it may be any; of several the first.

    >>> from reasoning.logic.reading import parse
    >>> relation_words(parse("retrieve(?x, BORN_IN|`place of birth`, ?y)").steps[0])
    'born in'
    """
    names = [link.relation for link in step.path.links]
    name = names[0] if names else ""
    return name.replace("_", " ").lower() if name.isupper() else name


def kind_of_step(ask: str, relation: str, target: Term | None) -> str:
    """Return the kind of thing that a step asks for: by its type, its question, its relation.

    >>> kind_of_step("When was Ada born?", "born on", None), kind_of_step("", "director", None)
    ('date', 'person')
    """
    if target is not None and target.type and fold(target.type) in _OF_TYPE:
        return _OF_TYPE[fold(target.type)]
    kind = asked(words(ask))[0] if ask else "any"
    if kind not in ("any", "thing", "yesno"):
        return kind
    for word in words(relation):
        plain = fold(word.text)
        if kind_of(plain):
            return kind_of(plain)
        if is_kin(word) or is_agentive(plain):
            return "person"
    return "thing" if kind == "thing" else "any"


def _shown(cell: Cell) -> str:
    return cell.name if isinstance(cell, Entity) else written(cell)
