"""Checking a program against what a graph holds, before it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kgkit.errors import QueryError
from reasoning.logic.expressions import Binary, Call, Constant, Expression, Not, Use
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Filter,
    Let,
    Limit,
    Mode,
    Output,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.functions import FUNCTIONS
from reasoning.logic.times import Time
from reasoning.logic.vocabulary import Vocabulary
from stores.property_graph.naming import label, relationship_type

__all__ = ["Kind", "Kinds", "check", "check_step"]

_TIMES = frozenset({"date", "dateTime", "gYear", "gYearMonth", "time"})
_NUMBERS = frozenset({"integer", "decimal", "double", "quantity"})
_ALIKE = 70


@dataclass(frozen=True, slots=True)
class Kind:
    """What a variable can hold: entities of some types, values of some datatypes; either may be
    open (None)."""

    types: frozenset[str] | None = frozenset()
    datatypes: frozenset[str] | None = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of it."""
        return self.types is None and self.datatypes is None

    def within(self, other: Kind) -> Kind:
        """Return what both allow."""
        return Kind(_both(self.types, other.types), _both(self.datatypes, other.datatypes))

    def __str__(self) -> str:
        if self.is_open:
            return "anything"
        types = ["any entity"] if self.types is None else sorted(self.types)
        datatypes = ["any value"] if self.datatypes is None else sorted(self.datatypes)
        return " or ".join([*types, *datatypes]) or "nothing"


_OPEN = Kind(None, None)
_ENTITY = Kind(None, frozenset())
_VALUE = Kind(frozenset(), None)
_TEXT = Kind(frozenset(), frozenset({"string"}))
_NUMBER = Kind(frozenset(), frozenset({"decimal"}))
_NAMED = Kind(None, frozenset({"string"}))
_TRUTH = Kind(frozenset(), frozenset({"boolean"}))

#: What each variable in scope can hold.
Kinds = Mapping[str, Kind]


def check(program: Program, vocabulary: Vocabulary, bound: Kinds | None = None) -> Kinds:
    """Return what each variable in scope at the end can hold.

    Raises `QueryError` for a relation or type that the graph does not have, naming those that are
    spelt alike; for ends that no fact of the relation can have; for an unbound variable, an
    unknown function, and a function or sign on things it is not made for.

    >>> from kgkit.schema import Schema
    >>> from reasoning.logic.reading import parse
    >>> films = Vocabulary.of_schema(Schema.parse("(Person)-[DIRECTED]->(Film)"))
    >>> str(check(parse('retrieve("Ridley Scott", DIRECTED, ?f)'), films)["f"])
    'Film'
    """
    kinds: dict[str, Kind] = dict(bound or {})
    for step in program.steps:
        kinds = check_step(step, vocabulary, kinds)
    return kinds


def check_step(step: Step, vocabulary: Vocabulary, kinds: dict[str, Kind]) -> dict[str, Kind]:
    """Return what each variable can hold after a step, as `check` does for all of them.

    Raises `QueryError` where the step cannot be right.
    """
    match step:
        case Retrieve():
            return _retrieved(step, vocabulary, kinds)
        case Filter(test):
            _require(_kind(test, kinds, step), _TRUTH, test, step)
        case Let(variable, value):
            return {**kinds, variable: _kind(value, kinds, step)}
        case Combine(operation, left, right):
            first = kinds if left is None else dict(check(left, vocabulary, kinds))
            second = check(right, vocabulary, kinds)
            if operation == "except" or left is None:
                return first
            shared = [name for name in first if name in second]
            return {name: _either(first[name], second[name]) for name in shared}
        case Aggregate(variable, function, of, by):
            _known((of, *by), kinds, step)
            if function in ("sum", "average"):
                _require(kinds[of], _NUMBER, Use(of), step)
            made = {"count": _NUMBER, "exists": _TRUTH}.get(function, kinds[of])
            return {name: kinds[name] for name in by} | {variable: made}
        case Arg(_, of, by):
            _known((of, *by), kinds, step)
        case Sort(keys):
            _known([name for name, _ in keys], kinds, step)
        case Output(variables):
            _known(variables, kinds, step)
            return {name: kinds[name] for name in variables}
        case Limit():
            pass
    return kinds


def _retrieved(step: Retrieve, vocabulary: Vocabulary, kinds: dict[str, Kind]) -> dict[str, Kind]:
    for type in (end.type for end in (step.head, step.tail) if isinstance(end, Term)):
        if type is not None and label(type) not in vocabulary.types:
            raise QueryError(_unknown("type", type, label(type), vocabulary.types))
    head, tail = _end(step.head, kinds), _end(step.tail, kinds)
    if step.path.variable is None:
        heads, tails = _ends(step, vocabulary)
        for end, allowed, side in ((head, heads, "begin with"), (tail, tails, "end in")):
            if _is_nothing(end.within(allowed)):
                raise QueryError(f"{step}: facts of {step.path} {side} {allowed}, not {end}.")
        head, tail = head.within(heads), tail.within(tails)
    found = dict(kinds)
    for condition in step.conditions:
        if isinstance(condition.operand, Use):
            found.setdefault(condition.operand.variable, _OPEN)
    if step.head.variable is not None:
        found[step.head.variable] = replace(head, datatypes=frozenset())
    if step.path.variable is not None:
        found[step.path.variable] = _TEXT
    if isinstance(step.tail, Term) and step.tail.variable is not None:
        found[step.tail.variable] = tail
    return found


def _ends(step: Retrieve, vocabulary: Vocabulary) -> tuple[Kind, Kind]:
    """Return what the facts of a step's links begin with and end in."""
    heads = tails = Kind()
    deduced = step.mode is Mode.DEDUCE
    for link in step.path.links:
        patterns = vocabulary.of_relation(link.relation, deduced=deduced)
        if not patterns:
            name = relationship_type(link.relation)
            known = {*vocabulary.relations, *(p.relation for p in vocabulary.concluded)}
            raise QueryError(_unknown("relation", link.relation, name, sorted(known)))
        begin = Kind(frozenset(p.head for p in patterns))
        end = Kind(
            frozenset(p.tail for p in patterns if not p.is_property),
            frozenset(p.tail for p in patterns if p.is_property),
        )
        first, second = (end, begin) if link.inverse else (begin, end)
        heads, tails = _either(heads, first), _either(tails, second)
    return heads, tails


def _end(end: Term | Constant, kinds: Kinds) -> Kind:
    if isinstance(end, Constant):
        return Kind(frozenset(), _datatypes(end))
    known = kinds.get(end.variable, _OPEN) if end.variable else _OPEN
    if end.type is not None:
        return known.within(Kind(frozenset({label(end.type)})))
    # A name can be the text of a literal too.
    return known.within(_NAMED) if end.names else known


def _datatypes(constant: Constant) -> frozenset[str] | None:
    value = constant.value
    if isinstance(value, bool):
        return frozenset({"boolean"})
    if isinstance(value, Time):
        return _TIMES
    if isinstance(value, int | float):
        # A bare number can stand for a year.
        return _NUMBERS | _TIMES if constant.unit is None else _NUMBERS
    return None


def _kind(expression: Expression, kinds: Kinds, step: Step) -> Kind:
    match expression:
        case Use(variable):
            _known((variable,), kinds, step)
            return kinds[variable]
        case Constant():
            return Kind(frozenset(), _datatypes(expression))
        case Not(test):
            _require(_kind(test, kinds, step), _TRUTH, test, step)
            return _TRUTH
        case Binary("and" | "or", left, right):
            for each in (left, right):
                _require(_kind(each, kinds, step), _TRUTH, each, step)
            return _TRUTH
        case Binary("+" | "-" | "*" | "/", left, right):
            for each in (left, right):
                _require(_kind(each, kinds, step), _NUMBER, each, step)
            return _NUMBER
        case Binary(_, left, right):
            for each in (left, right):
                _kind(each, kinds, step)
            return _TRUTH
        case Call(function, arguments):
            return _called(function, arguments, kinds, step)


def _called(function: str, arguments: Sequence[Expression], kinds: Kinds, step: Step) -> Kind:
    known = FUNCTIONS.get(function)
    if known is None:
        raise QueryError(_unknown("function", function, function, sorted(FUNCTIONS)))
    if len(arguments) != len(known.takes):
        raise QueryError(
            f"{function}() in {step} has {len(arguments)} arguments; it takes {len(known.takes)}."
        )
    wanted = {"number": _NUMBER, "time": Kind(frozenset(), _TIMES), "entity": _ENTITY}
    for taken, argument in zip(known.takes, arguments, strict=True):
        kind = _kind(argument, kinds, step)
        if taken in wanted:
            _require(kind, wanted[taken], argument, step)
    return {"number": _NUMBER, "text": _TEXT, "truth": _TRUTH}[known.gives]


def _require(kind: Kind, wanted: Kind, expression: Expression, step: Step) -> None:
    """Raise where an expression can hold nothing of what is wanted."""
    if wanted is _NUMBER:
        wanted = Kind(frozenset(), _NUMBERS | _TIMES)
    if _is_nothing(kind.within(wanted)):
        shown = {_TRUTH: "true or false", _ENTITY: "an entity"}.get(wanted, "a number or a time")
        raise QueryError(f"{expression} in {step} holds {kind}; expected {shown}.")


def _known(names: Iterable[str], kinds: Kinds, step: Step) -> None:
    for name in names:
        if name not in kinds:
            have = ", ".join(f"?{each}" for each in kinds) or "nothing"
            raise QueryError(f"?{name} in {step} is not bound; what is bound: {have}.")


def _unknown(what: str, written: str, name: str, known: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=3,
        score_cutoff=_ALIKE,
    )
    alike = " or ".join(each for each, _, _ in found)
    hint = f"did you mean {alike}?" if alike else f"there are {len(known)} others."
    return f"the {what} {written!r} is not known; {hint}"


def _is_nothing(kind: Kind) -> bool:
    return kind.types == frozenset() == kind.datatypes


def _either(left: Kind, right: Kind) -> Kind:
    def union(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
        return None if a is None or b is None else a | b

    return Kind(union(left.types, right.types), union(left.datatypes, right.datatypes))


def _both(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b
