"""A schema: which types there are, how they relate and which properties they bear.

Written the way it is queried::

    (Person)-[DIRECTED]->(Film)
    (Film)-[RELEASED_IN]->(date)
    Film: a motion picture
    DIRECTED: led the making of

A pattern whose end is in lower case is a property of that datatype; a line ``Name: text``
describes a type or a relation. Rules say what follows (`reasoning.rules` reads them)::

    (x)-[COLLEAGUE]->(y) :- (x)-[WORKS_FOR]->(c), (y)-[WORKS_FOR]->(c)
    SPOUSE is symmetric
    PART_OF is transitive
    CHILD is the inverse of PARENT
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
_DESCRIPTION = re.compile(r"^(\w+)\s*:(?!-)\s*(\S.*)$")
_ARROW = re.compile(r"^\(([^()]*)\)\s*-\s*\[([^\[\]]*)\]\s*->\s*\(([^()]*)\)$")
_NAME = re.compile(r":?\w+")
_RULE = re.compile(
    r"^(?:not\b.*|\(.*\)\s*-\s*\[.*\]\s*->\s*\(.*\)\s*):-"
    r"|^(?:\w+|`[^`]+`)\s+is\s+(?:symmetric|transitive|(?:the\s+)?inverse\s+of\s+(?:\w+|`[^`]+`))$"
)
_RELATION = re.compile(r"\[\s*:?(\w+)\s*\]|^(\w+)\s+is\s|\sof\s+(\w+)$")
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
            raise SchemaError(_complaint(text.strip()))
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
    rules: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Schema:
        """Return the schema that the text writes, one pattern, description or rule a line.

        Blank lines and lines that begin with # are passed over. Raises `SchemaError` with the
        number of the line that is none of these, or that describes a name of no pattern or rule.
        """
        patterns: dict[Pattern, None] = {}
        descriptions: dict[str, str] = {}
        rules: dict[str, None] = {}
        at: dict[str, int] = {}
        for number, line in enumerate((raw.strip() for raw in text.splitlines()), 1):
            if not line or line.startswith("#"):
                continue
            described = _DESCRIPTION.match(line)
            if described:
                descriptions[described[1]], at[described[1]] = described[2], number
            elif _RULE.match(line):
                rules[line] = None
            else:
                patterns[_at_line(number, line)] = None
        schema = cls(tuple(patterns), MappingProxyType(descriptions), tuple(rules))
        known = {*schema.types, *schema.relations, *_relations_of(schema.rules)}
        _refuse_strangers(at, known)
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
        described = (f"{name}: {text}" for name, text in self.descriptions.items())
        return "\n".join([*map(str, self.patterns), *described, *self.rules])


def _at_line(number: int, line: str) -> Pattern:
    try:
        return Pattern.parse(line)
    except SchemaError as error:
        raise SchemaError(f"line {number}: {error}") from error


def _complaint(line: str) -> str:
    """Return what is wrong with a line that is no pattern, and what to write."""
    arrow = _ARROW.match(line)
    if arrow is not None:
        for part, kind in zip(arrow.groups(), ("type", "relation", "type"), strict=True):
            name = part.strip()
            if name and not _NAME.fullmatch(name):
                words = re.findall(r"\w+", name)
                said = (
                    "_".join(words).upper()
                    if kind == "relation"
                    else "".join(word[:1].upper() + word[1:] for word in words)
                )
                what = "a blank" if re.fullmatch(r"[\w ]+", name) else "a sign that names have not"
                return f"the {kind} {name!r} has {what} in it; write {said or 'a word'} instead."
    if ":-" in line:
        return (
            f"{line!r} is no rule; expected '(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), "
            "(y)-[PARENT]->(z)'."
        )
    return (
        f"{line!r} is not a pattern; expected '(Person)-[DIRECTED]->(Film)', "
        "one arrow from a type to a type or datatype, 'Film: what it means' or a rule such as "
        "'SPOUSE is symmetric'."
    )


def _relations_of(rules: Iterable[str]) -> set[str]:
    """Return the relations that rules name."""
    return {name for rule in rules for found in _RELATION.findall(rule) for name in found if name}


def _refuse_strangers(at: Mapping[str, int], known: set[str]) -> None:
    for name, number in at.items():
        if name not in known:
            raise SchemaError(
                f"line {number}: {name!r} is described but no pattern uses it; add a pattern such "
                f"as '({name})-[RELATION]->(Thing)' or remove the line."
            )
