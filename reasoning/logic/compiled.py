"""What a program becomes in a store's query language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kgkit.errors import QueryError
from reasoning.logic.checking import Kind
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Program, Retrieve
from reasoning.logic.times import Time
from reasoning.logic.vocabulary import Vocabulary

__all__ = [
    "ORDERED",
    "Column",
    "Compiled",
    "FreshNames",
    "Links",
    "NotCompiled",
    "asks_for_entities",
    "date_bounds",
    "family",
    "tails",
    "turned",
]

#: Families whose values every store orders as we do.
ORDERED = frozenset({"number", "date", "year", "text"})

#: The ids of the entities that a name stands for.
Links = Mapping[str, Sequence[str]]


class NotCompiled(QueryError):
    """A step that the store's language cannot say; such programs run in memory."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the rows that a compiled query gives: its variable, and whether that holds
    entities (with columns `NAME_name` and `NAME_type`) or values (with `NAME_unit`)."""

    variable: str
    is_entity: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query, complete and ready to be copied, and the columns of its rows."""

    text: str
    columns: tuple[Column, ...]

    def __str__(self) -> str:
        return self.text


class FreshNames:
    """Names that no variable of a program has.

    >>> from reasoning.logic.reading import parse
    >>> names = FreshNames(parse("retrieve(?_1, MET, ?x)"))
    >>> names.new(), names.new()
    ('_2', '_3')
    """

    def __init__(self, program: Program) -> None:
        self._text = str(program)
        self._last = 0

    def new(self) -> str:
        """Return a name that was not given before."""
        self._last += 1
        name = f"_{self._last}"
        return self.new() if f"?{name}" in self._text else name


def family(kind: Kind) -> str:
    """Return the one family of values that a variable holds: number, quantity, date, year, text,
    boolean, entity. Raises `NotCompiled` where there are several or none is known.

    >>> family(Kind(frozenset(), frozenset({"integer", "decimal"})))
    'number'
    """
    if kind.types is None or kind.datatypes is None:
        raise NotCompiled("a variable may hold anything; say its type or relation.")
    found = {_FAMILIES.get(datatype, datatype) for datatype in kind.datatypes}
    found |= {"entity"} if kind.types else set()
    if len(found) != 1:
        raise NotCompiled(f"a variable holds {kind}, which the store keeps as text.")
    return found.pop()


_FAMILIES = {
    "integer": "number",
    "decimal": "number",
    "double": "number",
    "gYear": "year",
    "string": "text",
}


def date_bounds(constant: Constant) -> tuple[date, date]:
    """Return the first and last day of a time. Raises `NotCompiled` for what is no such time.

    >>> date_bounds(Constant(Time(1979, 2)))
    (datetime.date(1979, 2, 1), datetime.date(1979, 2, 28))
    """
    value = constant.value
    if isinstance(value, int) and not isinstance(value, bool) and constant.unit is None:
        value = Time(value)
    if not isinstance(value, Time) or value.micros is not None or not 1 <= value.year <= 9999:
        raise NotCompiled(f"{constant} is no date that the store can compare with.")
    return date(*value.first), date(*value.last)


def turned(sign: str) -> str:
    """Return the comparison with its sides exchanged.

    >>> turned("<="), turned("=")
    ('>=', '=')
    """
    return {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)


def tails(step: Retrieve, vocabulary: Vocabulary) -> Kind:
    """Return what the facts of a step's relations end in, without regard to direction."""
    found = [p for link in step.path.links for p in vocabulary.of_relation(link.relation)]
    return Kind(
        frozenset(p.tail for p in found if not p.is_property),
        frozenset(p.tail for p in found if p.is_property),
    )


def asks_for_entities(step: Retrieve, vocabulary: Vocabulary, after: Mapping[str, Kind]) -> bool:
    """Return whether the tail of a step is an entity; `after` is what variables can hold.

    Raises `NotCompiled` where it may be an entity or a value.
    """
    tail = step.tail
    if isinstance(tail, Constant):
        return False
    if tail.type or any(link.inverse for link in step.path.links):
        return True
    found = tails(step, vocabulary)
    if tail.names:
        found = found.within(Kind(None, frozenset({"string"})))
    if tail.variable is not None:
        found = found.within(after[tail.variable])
    if found.types and found.datatypes:
        raise NotCompiled(f"{step} asks for entities and values at once.")
    return bool(found.types)
