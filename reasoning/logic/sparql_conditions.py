"""Conditions of a program as SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reasoning.logic.checking import Kind
from reasoning.logic.compiled import FreshNames, NotCompiled, date_bounds, family, turned
from reasoning.logic.expressions import Binary, Call, Constant, Expression, Not, Use, quoted

__all__ = ["compared", "condition"]

_TEXT_CALLS = {"contains": "CONTAINS", "starts": "STRSTARTS", "ends": "STRENDS"}


def condition(
    test: Expression, kinds: Mapping[str, Kind], names: FreshNames
) -> tuple[str, tuple[str, ...]]:
    """Return an expression that is true in the rows for which the test is, and the variables of
    which it needs the label, under the name that is `names.beside(variable, "label")`.

    Raises `NotCompiled` for what is computed in memory: functions of dates, arithmetic, units.

    >>> from reasoning.logic.forms import Program
    >>> film = {"f": Kind(frozenset({"Film"}))}
    >>> condition(Binary("=", Use("f"), Constant("Alien")), film, FreshNames(Program()))
    ('STR(?f_label) = "Alien"', ('f',))
    """
    match test:
        case Not(inner):
            text, labels = condition(inner, kinds, names)
            return f"!({text})", labels
        case Binary("and" | "or" as sign, left, right):
            (one, labels), (other, more) = (condition(each, kinds, names) for each in (left, right))
            joined = "&&" if sign == "and" else "||"
            return f"({one}) {joined} ({other})", tuple(dict.fromkeys(labels + more))
        case Binary(sign, Use(variable), Constant() as constant):
            return _against(sign, _Held(variable, kinds[variable], names), constant)
        case Binary(sign, Constant() as constant, Use(variable)):
            held = _Held(variable, kinds[variable], names)
            return _against(turned(sign), held, constant)
        case Binary("=" | "!=" as sign, Use(left), Use(right)):
            kind = family(kinds[left])
            if kind not in ("entity", "text") or family(kinds[right]) != kind:
                raise NotCompiled(f"{test} compares values that may differ in form.")
            return f"?{left} {sign} ?{right}", ()
        case Call("contains" | "starts" | "ends" as function, (whole, Constant(str() as part))):
            text, labels = _text(whole, kinds, names)
            return f"{_TEXT_CALLS[function]}({text}, {quoted(part)})", labels
        case _:
            raise NotCompiled(f"{test} is computed in memory.")


def compared(sign: str, value: str, kind: Kind, constant: Constant) -> str:
    """Return the comparison of a value of this kind with a constant.

    Raises `NotCompiled` for comparisons that need units or mix kinds.
    """
    held = family(kind)
    if held == "date":
        return _dated(sign, value, constant)
    if held == "year":
        return f'{value} {sign} "{date_bounds(constant)[0].year:04d}"^^xsd:gYear'
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "number": (int, float),
        "quantity": (int, float),
        "text": str,
        "boolean": bool,
    }
    if constant.unit is not None or not isinstance(constant.value, kinds.get(held, ())):
        raise NotCompiled(f"{sign} {constant} is compared in memory.")
    return f"{value} {sign} {constant}"


@dataclass(frozen=True, slots=True)
class _Held:
    """A variable and what it can hold."""

    variable: str
    kind: Kind
    names: FreshNames

    @property
    def label(self) -> str:
        return f"STR(?{self.names.beside(self.variable, 'label')})"


def _against(sign: str, held: _Held, constant: Constant) -> tuple[str, tuple[str, ...]]:
    if family(held.kind) != "entity":
        return compared(sign, f"?{held.variable}", held.kind, constant), ()
    if sign not in ("=", "!=") or not isinstance(constant.value, str):
        raise NotCompiled(f"?{held.variable} {sign} {constant} orders entities.")
    return f"{held.label} {sign} {constant}", (held.variable,)


def _text(
    expression: Expression, kinds: Mapping[str, Kind], names: FreshNames
) -> tuple[str, tuple[str, ...]]:
    match expression:
        case Call("name", (Use(variable),)) | Use(variable):
            kind = family(kinds[variable])
            if kind == "entity":
                return _Held(variable, kinds[variable], names).label, (variable,)
            if kind == "text":
                return f"STR(?{variable})", ()
    raise NotCompiled(f"{expression} is computed in memory.")


def _dated(sign: str, value: str, constant: Constant) -> str:
    """Compare a day with a stretch of days: it is in it, before its first or after its last."""
    first, last = (_date(day) for day in date_bounds(constant))
    inside = f"{first} <= {value} && {value} <= {last}"
    return {
        "=": f"({inside})",
        "!=": f"!({inside})",
        "<": f"{value} < {first}",
        "<=": f"{value} <= {last}",
        ">": f"{value} > {last}",
        ">=": f"{value} >= {first}",
    }[sign]


def _date(day: date) -> str:
    return f'"{day.isoformat()}"^^xsd:date'
