"""Conditions of a program as openCypher."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from reasoning.logic.checking import Kind
from reasoning.logic.compiled import NotCompiled, date_bounds, family, turned
from reasoning.logic.expressions import Binary, Call, Constant, Expression, Not, Use, quoted

__all__ = ["compared", "condition", "named"]

_PLAIN = re.compile(r"[A-Za-z]\w*|_\d+", re.ASCII)
_RESERVED = frozenset(
    [
        *("all", "and", "any", "as", "asc", "by", "call", "case", "contains", "count", "create"),
        *("date", "delete", "desc", "detach", "distinct", "else", "end", "ends", "exists", "false"),
        *(
            "filter",
            "for",
            "foreach",
            "from",
            "in",
            "is",
            "limit",
            "load",
            "match",
            "merge",
            "none",
        ),
        *("not", "null", "of", "offset", "on", "optional", "or", "order", "remove", "return"),
        *("set", "single", "skip", "starts", "then", "true", "type", "union", "unique", "unwind"),
        *("use", "when", "where", "with", "xor", "yield"),
    ]
)
_TEXT_CALLS = {"contains": "CONTAINS", "starts": "STARTS WITH", "ends": "ENDS WITH"}


def named(text: str) -> str:
    """Return a variable, label, type or property as Cypher writes it.

    >>> named("film"), named("order"), named("größe")
    ('film', '`order`', '`größe`')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return "`" + text.replace("`", "``") + "`"


def condition(test: Expression, kinds: Mapping[str, Kind]) -> str:
    """Return an expression that is true in the rows for which the test is.

    Raises `NotCompiled` for what is computed in memory: functions of dates, arithmetic, units.

    >>> film = {"f": Kind(frozenset({"Film"}))}
    >>> condition(Binary("=", Use("f"), Constant("Alien")), film)
    'f.name = "Alien"'
    """
    match test:
        case Not(inner):
            return f"NOT ({condition(inner, kinds)})"
        case Binary("and" | "or" as sign, left, right):
            return f"({condition(left, kinds)}) {sign.upper()} ({condition(right, kinds)})"
        case Binary(sign, Use(variable), Constant() as constant):
            return compared(sign, named(variable), kinds[variable], constant)
        case Binary(sign, Constant() as constant, Use(variable)):
            return compared(turned(sign), named(variable), kinds[variable], constant)
        case Binary("=" | "!=" as sign, Use(left), Use(right)):
            kind = family(kinds[left])
            if kind not in ("entity", "text") or family(kinds[right]) != kind:
                raise NotCompiled(f"{test} compares values that may differ in form.")
            part = ".id" if kind == "entity" else ""
            return f"{named(left)}{part} {_sign(sign)} {named(right)}{part}"
        case Call("contains" | "starts" | "ends" as function, (whole, Constant(str() as part))):
            return f"{_text(whole, kinds)} {_TEXT_CALLS[function]} {quoted(part)}"
        case _:
            raise NotCompiled(f"{test} is computed in memory.")


def compared(sign: str, value: str, kind: Kind, constant: Constant) -> str:
    """Return the comparison of a value of this kind with a constant.

    Raises `NotCompiled` for comparisons that need units or mix kinds.
    """
    held = family(kind)
    if held == "entity" and sign in ("=", "!=") and isinstance(constant.value, str):
        return f"{value}.name {_sign(sign)} {constant}"
    if held == "date":
        return _dated(sign, value, constant)
    if held == "year":
        return f"{value} {_sign(sign)} {date_bounds(constant)[0].year}"
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "number": (int, float),
        "quantity": (int, float),
        "text": str,
        "boolean": bool,
    }
    if constant.unit is not None or not isinstance(constant.value, kinds.get(held, ())):
        raise NotCompiled(f"{sign} {constant} is compared in memory.")
    return f"{value} {_sign(sign)} {constant}"


def _text(expression: Expression, kinds: Mapping[str, Kind]) -> str:
    match expression:
        case Call("name", (Use(variable),)) | Use(variable):
            kind = family(kinds[variable])
            if kind in ("entity", "text"):
                return f"{named(variable)}{'.name' if kind == 'entity' else ''}"
    raise NotCompiled(f"{expression} is computed in memory.")


def _dated(sign: str, value: str, constant: Constant) -> str:
    """Compare a day with a stretch of days: it is in it, before its first or after its last."""
    first, last = (_date(day) for day in date_bounds(constant))
    inside = f"{first} <= {value} AND {value} <= {last}"
    return {
        "=": f"({inside})",
        "!=": f"NOT ({inside})",
        "<": f"{value} < {first}",
        "<=": f"{value} <= {last}",
        ">": f"{value} > {last}",
        ">=": f"{value} >= {first}",
    }[sign]


def _date(day: date) -> str:
    return f"date('{day.isoformat()}')"


def _sign(sign: str) -> str:
    return "<>" if sign == "!=" else sign
