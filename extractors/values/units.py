"""Units of measurement after a number, canonicalised by pint."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = ["read_unit"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: pint knows far more units than texts mean: "at", "hands", "points". These count.
_BASES = _words(
    """
    meter gram liter watt volt ampere joule calorie newton pascal hertz kelvin tesla ohm farad
    becquerel sievert gray byte bit inch foot yard mile nautical_mile acre hectare pound ounce
    stone ton metric_ton gallon pint barrel oil_barrel knot bar decibel lumen candela mole degree
    degree_Celsius degree_Fahrenheit parsec light_year electron_volt psi horsepower
    pound_force_per_square_inch kilometer_per_hour mile_per_hour watt_hour revolutions_per_minute
    astronomical_unit dalton coulomb siemens weber henry lux cup teaspoon tablespoon fluid_ounce
    arcminute arcsecond ppm meter_Hg standard_atmosphere
    """
)
_TIMES = frozenset(["second", "minute", "hour", "day", "year"])
#: Symbols that are words, or mean something else beside a number.
_WORDS = frozenset(
    ["in", "a", "at", "am", "as", "pm", "P", "M", "B", "b", "k", "c", "d", "C", "F", "H", "T"]
)
_SUPERSCRIPT = str.maketrans({"²": "**2", "³": "**3", "·": "*", "⋅": "*", "μ": "µ"})
_RAISED = re.compile(r"(?<=[^\W\d_])([23])(?!\d)")
#: What texts write where pint writes, or means, something else.
_RENAMED = {"AU": "astronomical_unit", "mph": "mile/hour", "kph": "km/hour"}
_SYMBOL = re.compile(
    r"[-\s]?(?P<unit>°\s?[CFK]?\b|°|[^\W\d_µμ]*[µμ]?[^\W\d_]+[²³23]?(?:[/·⋅][^\W\d_]+[²³23]?)?)(?!\d)"
)
_PHRASE = re.compile(
    r"""[-\s]?(?P<unit>(?:(?P<power>square|cubic|sq\.?|cu\.?)[\s-])?(?P<first>[^\W\d_]+)
        (?:[\s-](?!per\b)(?P<second>[^\W\d_]+))?(?:\sper\s(?P<per>[^\W\d_]+))?)""",
    re.VERBOSE | re.IGNORECASE,
)
_DEGREES = {"celsius": "degC", "centigrade": "degC", "fahrenheit": "degF", "kelvin": "kelvin"}


def read_unit(text: str, start: int) -> tuple[str, int] | None:
    """Return the symbol of the unit that follows a number, and where it ends, or None.

    >>> read_unit(" square kilometres of land", 0), read_unit(" km/h", 0), read_unit(" men", 0)
    (('km²', 18), ('km/h', 5), None)
    """
    matches = [pattern.match(text, start) for pattern in (_PHRASE, _SYMBOL)]
    found = [each for match in matches if match and (each := _longest(text, match))]
    return max(found, key=lambda each: each[1], default=None)


def _longest(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    for expression, end in _readings(match):
        symbol = _symbol(expression)
        if symbol and not (end < len(text) and text[end].isalnum()):
            return symbol, end
    return None


def _readings(match: re.Match[str]) -> list[tuple[str, int]]:
    """Return what the words may mean to pint, with their ends, the longest first."""
    groups = match.groupdict()
    if "first" not in groups:
        sign = match["unit"].replace(" ", "")
        degrees = {"°C": "degC", "°F": "degF", "°K": "kelvin", "°": "degree"}
        return [(degrees.get(sign, sign), match.end("unit"))]
    first, second, per = match["first"], match["second"], match["per"]
    power = {"sq": "**2", "cu": "**3"}.get((match["power"] or "").lower()[:2], "")
    found: list[tuple[str, int]] = []
    if second:
        degree = _DEGREES.get(second.lower()) if first.lower() in ("degree", "degrees") else None
        joined = degree or f"{first}_{second}{power}"
        found += [(f"{joined}/{per}", match.end("per"))] if per else []
        found.append((joined, match.end("second")))
    elif per:
        found.append((f"{first}{power}/{per}", match.end("per")))
    return [*found, (f"{first}{power}", match.end("first"))]


@lru_cache(maxsize=4096)
def _symbol(expression: str) -> str | None:
    """Return pint's symbol for an expression of units that texts use, or None."""
    plain = _RAISED.sub(r"**\1", _RENAMED.get(expression, expression).translate(_SUPERSCRIPT))
    names = re.split(r"\*\*\d|[/*]", plain)
    if not all(_is_unit(name, alone=i == 0) for i, name in enumerate(filter(None, names))):
        return None
    from pint.errors import PintError

    try:
        return f"{_registry().Unit(_known(plain)):~P}"
    except PintError:  # it takes some names apart that it cannot put together
        return None


def _known(plain: str) -> str:
    """Return the expression with names that only begin with a capital in lower case."""
    return re.sub(r"[^\W\d]{4,}", lambda m: _named(m.group()), plain)


def _named(name: str) -> str:
    if name[:1].isupper() and _registry().parse_unit_name(name, case_sensitive=True):
        return name  # "Mbit"
    return name.lower() if len(name) > 3 and name[1:].islower() and name[:3] != "deg" else name


def _is_unit(name: str, *, alone: bool) -> bool:
    if name in _WORDS:
        return False
    parsed: Any = _registry().parse_unit_name(_named(name), case_sensitive=True)
    bases = {base for _, base, _ in parsed}
    # Times by themselves are durations.
    return bool(bases & (_BASES if alone else _BASES | _TIMES))


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry

    return UnitRegistry(cache_folder=None)
