"""Literals of facts to literals of RDF and back, to the last bit.

A value whose XSD type says all there is to say becomes a literal of that type. The others become
the nearest literal that queries can compute with, and `exact` says besides what it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from kgkit.facts import Literal, Value
from stores.rdf.names import BASE, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ESCAPED", "escaped", "exact", "literal_of", "native", "term_of", "text_of", "text_term"]

#: The datatype of text that the format cannot hold: a JSON string in ASCII.
ESCAPED = f"{BASE}term:escaped"

_XSD = PREFIXES["xsd"]
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-](?:0\d|1[0-3]):\d\d|Z)?")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"-?\d{4,}")
_DURATION = re.compile(r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")


def term_of(literal: Literal) -> ox.Literal:
    """Return the RDF literal of a value.

    >>> print(term_of(Literal(1903, "gYear")), term_of(Literal("Alien")))
    "1903"^^<http://www.w3.org/2001/XMLSchema#gYear> "Alien"
    """
    from pyoxigraph import Literal as Term
    from pyoxigraph import NamedNode

    text, datatype = _lexical(literal.value, literal.datatype)
    if datatype == "string":
        return text_term(text)
    return Term(text, datatype=NamedNode(_XSD + datatype))


def exact(literal: Literal) -> str | None:
    """Return value and datatype as JSON where `term_of` alone does not tell them, else None."""
    if literal.datatype != "duration":  # a duration has several spellings, and engines choose one
        back = literal_of(term_of(literal))
        if _key(back) == _key(literal):
            return None
    return json.dumps(_key(literal))


def literal_of(
    term: ox.Literal, exact: str | None = None, *, text: str = "", unit: str | None = None
) -> Literal:
    """Return the value that an RDF literal, and `exact` where there is one, stand for.

    A literal of a datatype that is not known, or not written as its datatype asks, keeps its text.
    Raises `ValueError` for an `exact` that this module did not write.

    >>> from pyoxigraph import Literal as Term
    >>> literal_of(Term(7), unit="km")
    Literal(value=7, datatype='integer', text='', unit='km')
    """
    if exact is not None:
        kind, datatype, shown = json.loads(exact)
        return Literal(_READ[kind](shown), datatype, text, unit)
    iri = term.datatype.value
    datatype = iri.removeprefix(_XSD) if iri.startswith(_XSD) else iri
    if iri in (ESCAPED, _LANGUAGE, _DIRECTED):
        datatype = "string"
    return Literal(native(term), datatype, text, unit)


def native(term: ox.Literal) -> Value:
    """Return an RDF literal as the Python value nearest to it, its text where there is none."""
    iri = term.datatype.value
    if iri == ESCAPED:
        return text_of(term)
    read = _NATIVE.get(iri.removeprefix(_XSD)) if iri.startswith(_XSD) else None
    if read is None:
        return term.value
    try:
        return read(term.value)
    except ValueError:
        return term.value


def text_term(text: str) -> ox.Literal:
    """Return text as a literal; half a surrogate pair, which no RDF holds, is escaped."""
    from pyoxigraph import Literal as Term

    return escaped(text) if _SURROGATE.search(text) else Term(text)


def escaped(text: str) -> ox.Literal:
    """Return text as a literal of ASCII that `text_of` reads.

    >>> print(escaped("bell\\a").value)
    "bell\\u0007"
    """
    from pyoxigraph import Literal as Term
    from pyoxigraph import NamedNode

    return Term(json.dumps(text), datatype=NamedNode(ESCAPED))


def text_of(term: ox.Literal) -> str:
    """Return the text of a literal that `text_term` made. Raises `ValueError` for a broken one."""
    return str(json.loads(term.value)) if term.datatype.value == ESCAPED else term.value


_LANGUAGE = f"{PREFIXES['rdf']}langString"
_DIRECTED = f"{PREFIXES['rdf']}dirLangString"


def _lexical(value: Value, datatype: str) -> tuple[str, str]:
    """Return the text and XSD type of a value: those asked for, or those of its Python type.

    Raises `InputError` for a value that is none of `kgkit.facts.Value`.
    """
    shown = _shown(value)
    match value, datatype:
        case bool(), _:
            return shown.lower(), "boolean"
        case int(), "gYear":
            return f"{'-' if value < 0 else ''}{abs(value):04d}", "gYear"
        case int(), "decimal":
            return shown, "decimal"
        case int(), _:
            return shown, "integer"
        case float(), "decimal" if value - value == 0:
            plain = format(Decimal(shown), "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain, "decimal"
        case float(), _:
            return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(shown, shown), "double"
        case datetime(), _:
            return shown, "dateTime" if _MOMENT.fullmatch(shown) else "string"
        case date(), _:
            return shown, "date"
        case str(), "gYearMonth" if _MONTH.fullmatch(value):
            return value, "gYearMonth"
        case str(), "duration" if _DURATION.fullmatch(value):
            return value, "duration"
        case str(), _:
            return value, "string"
        case _:
            raise InputError(
                f"{value!r} is no value of a literal: give text, a number, a boolean or a date"
            )


def _shown(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _key(literal: Literal) -> list[str]:
    value = literal.value
    kinds: tuple[type, ...] = (bool, int, float, datetime, date)
    kind = next((kind.__name__ for kind in kinds if isinstance(value, kind)), "str")
    return [kind, literal.datatype, _shown(value)]


def _boolean(text: str) -> Value:
    known: Mapping[str, Value] = {"true": True, "1": True, "false": False, "0": False}
    return known.get(text, text)


def _decimal(text: str) -> Value:
    return float(text) if "." in text else int(text)


def _year(text: str) -> Value:
    return int(text) if _YEAR.fullmatch(text) else text


_NATIVE: Mapping[str, Callable[[str], Value]] = {
    "boolean": _boolean,
    "integer": int,
    "int": int,
    "long": int,
    "short": int,
    "byte": int,
    "nonNegativeInteger": int,
    "positiveInteger": int,
    "decimal": _decimal,
    "double": float,
    "float": float,
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
    "gYear": _year,
}
_READ: Mapping[str, Callable[[str], Value]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda shown: shown == "True",
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
