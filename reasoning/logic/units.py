"""Units of numbers: converting, multiplying and comparing, by pint."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kgkit.errors import QueryError

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = ["convert", "joined", "magnitude"]

_CURRENCY = re.compile(r"[A-Z]{3}|%")
#: "km2" for km².
_POWER = re.compile(r"(?<=[A-Za-zµ])([2-9])\b")
_SUPERSCRIPT = str.maketrans({"²": "**2", "³": "**3", "·": "*", "⋅": "*", "μ": "µ"})


def convert(value: float, unit: str, other: str) -> float:
    """Return a number of `unit` in the unit `other`. Raises `QueryError` where that is no length
    for a length, no mass for a mass, or a currency: rates change.

    >>> convert(5, "km", "m")
    5000.0
    """
    if unit == other:
        return value
    if _is_money(unit) or _is_money(other):
        raise QueryError(f"{unit} is not converted to {other}: rates change; compare in one unit.")
    try:
        # Offset units (degC) convert by themselves, not as factors.
        return float(_quantity(value, unit).to(_unit(other)).magnitude)
    except (_pint_error(), TypeError) as error:
        raise QueryError(
            f"a value in {unit!r} cannot be had in {other!r}; compare values of one kind of unit."
        ) from error


def magnitude(value: float, unit: str | None) -> tuple[str, float]:
    """Return the kind of a quantity and its number in the base units of that kind.

    A currency or an unknown unit is a kind of its own.

    >>> magnitude(5, "km"), magnitude(7, None), magnitude(3, "USD"), magnitude(2, "km2")
    (('[length]', 5000.0), ('', 7.0), ('USD', 3.0), ('[length] ** 2', 2000000.0))
    """
    if not unit:
        return "", float(value)
    if _is_money(unit) or not _is_known(unit):
        return unit, float(value)
    based = _quantity(value, unit).to_base_units()
    return str(based.dimensionality), float(based.magnitude)


def joined(sign: str, left: str | None, right: str | None) -> str | None:
    """Return the unit of a product ("*") or quotient ("/"). Raises `QueryError` for a unit that
    pint does not know.

    >>> joined("/", "km", "hour"), joined("/", "USD", "USD"), joined("*", None, "km")
    ('km/h', None, 'km')
    """
    if sign == "/" and left == right:
        return None
    if not right or not left:
        return left if not right else (right if sign == "*" else f"1/{right}")
    one, other = _unit(left), _unit(right)
    made = one * other if sign == "*" else one / other
    return f"{made:~P}" or None


def _quantity(value: float, unit: str) -> Any:
    return _registry().Quantity(value, _unit(unit))


def _is_money(unit: str) -> bool:
    return _CURRENCY.fullmatch(unit) is not None


def _is_known(unit: str) -> bool:
    try:
        _unit(unit)
    except QueryError:
        return False
    return True


@lru_cache(maxsize=1024)
def _unit(unit: str) -> Any:
    try:
        return _registry().Unit(_POWER.sub(r"**\1", unit.translate(_SUPERSCRIPT)))
    except (_pint_error(), ValueError, TypeError, AttributeError, KeyError) as error:
        raise QueryError(f"{unit!r} is no unit that is known; write one such as km or kg.") from (
            error
        )


def _pint_error() -> type[Exception]:
    from pint.errors import PintError

    return PintError


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry

    return UnitRegistry(cache_folder=None)
