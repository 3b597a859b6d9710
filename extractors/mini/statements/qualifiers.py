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
                found.extend(_until(reader, argument.head) if begun else ())
            elif kind == "place" and isinstance(each.value, Entity):
                found.append(Qualifier("place", each.value))
    return tuple(found)


def _until(reader: Reader, head: int) -> list[Qualifier]:
    """Return the end of "from 1934 to 1939" where it hangs on the beginning."""
    tree = reader.tree
    for child in tree.kids(head, "nmod"):
        words = [tree.tokens[i].text.lower() for i in tree.kids(child, "case")]
        value = reader.value(child, (child,)) if {"to", "until"}.intersection(words) else None
        if value is not None and isinstance(value.value, Literal):
            return [Qualifier("valid_to", value.value)]
    return []
