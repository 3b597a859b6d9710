"""A schema: which types there are, how they relate and which properties they bear.

Written the way it is queried::

    (Person)-[DIRECTED]->(Film)
    (Film)-[RELEASED_IN]->(date)
    Film: a motion picture
    DIRECTED: led the making of

A pattern whose end is in lower case is a property of that datatype; a line ``Name: text``
describes a type or a relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from kgkit.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pattern", "Schema"]

_PATTERN = re.compile(r"^\(\s*:?(\w+)\s*\)\s*-\s*\[\s*:?(\w+)\s*\]\s*->\s*\(\s*:?(\w+)\s*\)$")
_DESCRIPTION = re.compile(r"^(\w+)\s*:\s*(\S.*)$")
_DATATYPES = frozenset(
    [
        "string",
        "integer",
        "decimal",
        "boolean",
        "date",
        "dateTime",
        "gYear",
        "gYearMonth",
        "duration",
        "interval",
        "quantity",
        "range",
        "time",
    ]
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One allowed shape of a fact: `head` type, `relation`, and `tail` type or datatype.

    >>> str(Pattern.parse("(Person)-[DIRECTED]->(Film)"))
    '(Person)-[DIRECTED]->(Film)'
    """

    head: str
    relation: str
    tail: str

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Return the pattern that the text writes; `SchemaError` when it writes none."""
        match = _PATTERN.match(text.strip())
        if match is None:
            raise SchemaError(
                f"{text.strip()!r} is not a pattern; expected '(Person)-[DIRECTED]->(Film)', "
                "one arrow from a type to a type or datatype."
            )
        return cls(*match.groups())

    @property
    def is_property(self) -> bool:
        """Whether the tail is a literal of some datatype."""
        return self.tail in _DATATYPES

    def __str__(self) -> str:
        return f"({self.head})-[{self.relation}]->({self.tail})"


@dataclass(frozen=True, slots=True)
class Schema:
    """The patterns a graph allows, with what their types and relations mean.

    >>> schema = Schema.parse("(Person)-[DIRECTED]->(Film)")
    >>> schema.types, schema.relations
    (('Film', 'Person'), ('DIRECTED',))
    """

    patterns: tuple[Pattern, ...]
    descriptions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def parse(cls, text: str) -> Schema:
        """Return the schema that the text writes, one pattern or description a line.

        Blank lines and lines that begin with # are passed over. Raises `SchemaError` naming the
        line that is neither, or the described name that no pattern uses.
        """
        patterns: list[Pattern] = []
        descriptions: dict[str, str] = {}
        for line in (raw.strip() for raw in text.splitlines()):
            described = _DESCRIPTION.match(line)
            if described:
                descriptions[described[1]] = described[2]
            elif line and not line.startswith("#"):
                patterns.append(Pattern.parse(line))
        schema = cls(tuple(dict.fromkeys(patterns)), MappingProxyType(descriptions))
        _refuse_strangers(descriptions, {*schema.types, *schema.relations})
        return schema

    @property
    def types(self) -> tuple[str, ...]:
        """The entity types, sorted."""
        heads = {p.head for p in self.patterns}
        return tuple(sorted(heads | {p.tail for p in self.patterns if not p.is_property}))

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations, properties among them, sorted."""
        return tuple(sorted({p.relation for p in self.patterns}))

    def __str__(self) -> str:
        lines = [str(pattern) for pattern in self.patterns]
        return "\n".join(lines + [f"{name}: {text}" for name, text in self.descriptions.items()])


def _refuse_strangers(names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise SchemaError(
                f"{name!r} is described but no pattern uses it; add a pattern such as "
                f"'({name})-[RELATION]->(Thing)' or remove the line."
            )
