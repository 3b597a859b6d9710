"""What a program becomes in a store's query language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kgkit.errors import QueryError
from reasoning.logic.checking import Kind, check_step
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Aggregate, Arg, Filter, Let, Mode, Program, Retrieve, Step
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
    "checked",
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
    """A column of the rows that a compiled query gives: its variable, and for entities the columns
    of their names and types, which are empty for values."""

    variable: str
    name: str = ""
    type: str = ""

    @property
    def is_entity(self) -> bool:
        """Whether the variable holds entities."""
        return bool(self.name)


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
        return self.new() if self._is_taken(name) else name

    def beside(self, variable: str, part: str) -> str:
        """Return the name of what is said of a variable, the same each time.

        >>> from reasoning.logic.reading import parse
        >>> FreshNames(parse("retrieve(?f, IS, ?f_name)")).beside("f", "name")
        'f_name_'
        """
        name = f"{variable}_{part}"
        while self._is_taken(name):
            name += "_"
        return name

    def column(self, variable: str, kind: Kind) -> Column:
        """Return the column of a variable that can hold this."""
        if not kind.types:
            return Column(variable)
        return Column(variable, self.beside(variable, "name"), self.beside(variable, "type"))

    def _is_taken(self, name: str) -> bool:
        return f"?{name}" in self._text


def checked(
    step: Step, vocabulary: Vocabulary, kinds: Mapping[str, Kind], *, inner: bool
) -> Mapping[str, Kind]:
    """Return what variables can hold after a step that a store can be asked for, `inner` if it
    stands in a block.

    Raises `NotCompiled` for what every store leaves to be done in memory, and what `check` raises.
    """
    after = check_step(step, vocabulary, dict(kinds))
    if inner and not isinstance(step, Retrieve | Filter):
        raise NotCompiled(f"{step} in a block is done in memory.")
    match step:
        case Retrieve(mode=mode, conditions=conditions):
            if mode is not Mode.RETRIEVE or conditions:
                raise NotCompiled(f"{step} is done in memory.")
            if step.path.variable is not None:
                raise NotCompiled(f"{step} binds a relation.")
        case Let():
            raise NotCompiled(f"{step} is done in memory.")
        case Aggregate(_, function, of):
            held = family(kinds[of])
            if held == "quantity" or (function in ("min", "max") and held not in ORDERED):
                raise NotCompiled(f"{step} is computed in memory, with units.")
        case Arg(_, of):
            if family(kinds[of]) not in ORDERED:
                raise NotCompiled(f"{step} is computed in memory, with units.")
    return after


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
