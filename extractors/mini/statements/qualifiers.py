"""Times and places beside a statement."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mini.clauses.clause import Argument
from extractors.mini.clauses.modifiers import kind_of
from extractors.mini.values import Reader
from kgkit.facts import Entity, Literal, Qualifier

__all__ = ["qualifiers"]

_BOUNDS = {"from": "valid_from", "since": "valid_from", "until": "valid_to", "till": "valid_to"}


def qualifiers(reader: Reader, arguments: Sequence[Argument]) -> tuple[Qualifier, ...]:
    """Return `time`, `valid_from`, `valid_to` and `place` of a clause, from its obliques."""
    found: list[Qualifier] = []
    begun = False
    for argument in arguments:
        kind = kind_of(reader.tree, argument) if argument.role == "oblique" else "other"
        if kind == "other":
            continue
        mark = reader.tree.tokens[argument.marker[-1]].text.lower() if argument.marker else ""
        for each in reader.values(argument):
            if kind == "time" and isinstance(each.value, Literal):
                role = "valid_to" if begun and mark == "to" else _BOUNDS.get(mark, "time")
                begun = begun or role == "valid_from"
                found.append(Qualifier(role, each.value))
            elif kind == "place" and isinstance(each.value, Entity):
                found.append(Qualifier("place", each.value))
    return tuple(found)
