"""Python values as JSON that tells lists from tuples, dates from text, and every key from another.

JSON's own values stay what they are. Any other is an object with one key: `$date`, `$datetime`,
`$time`, `$seconds`, `$float` (one that is not finite), `$tuple`, or `$map` with a list of pairs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from kgkit.errors import InputError, ReadError

__all__ = ["dump_text", "load_text", "pack", "unpack"]

_READERS: dict[str, Any] = {
    "$date": date.fromisoformat,
    "$datetime": datetime.fromisoformat,
    "$time": time.fromisoformat,
    "$duration": lambda parts: timedelta(*parts),
    "$float": float,
    "$tuple": lambda parts: tuple(unpack(part) for part in parts),
    "$map": lambda pairs: {unpack(key): unpack(value) for key, value in pairs},
}


def pack(value: Any) -> Any:
    """Return a value as JSON has it. Raises `InputError` for a type that has no place there.

    >>> pack({"born": date(1867, 11, 7), "n": (1, 2)})
    {'born': {'$date': '1867-11-07'}, 'n': {'$tuple': [1, 2]}}
    """
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return value if math.isfinite(value) else {"$float": str(value)}
        case datetime() | date() | time():
            kind = type(value).__name__
            return {f"${kind}": value.isoformat()}
        case timedelta():
            return {"$duration": [value.days, value.seconds, value.microseconds]}
        case list():
            return [pack(part) for part in value]
        case tuple():
            return {"$tuple": [pack(part) for part in value]}
        case Mapping():
            if all(isinstance(key, str) and not key.startswith("$") for key in value):
                return {key: pack(part) for key, part in value.items()}
            return {"$map": [[pack(key), pack(part)] for key, part in value.items()]}
    raise InputError(
        f"a {type(value).__name__} cannot be written to a file: give text, numbers, booleans, "
        "dates, times, lists, tuples or dicts of these"
    )


def unpack(value: Any) -> Any:
    """Return the value that `pack` was given. Raises `ReadError` for a tag that it never makes."""
    if isinstance(value, list):
        return [unpack(part) for part in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if not tag.startswith("$"):
        return {key: unpack(part) for key, part in value.items()}
    reader = _READERS.get(tag)
    if reader is None or len(value) != 1:
        raise ReadError(f"{tag!r} marks no value of a graph file: write the file again")
    try:
        return reader(value[tag])
    except (TypeError, ValueError) as error:
        raise ReadError(f"{value!r} is no value of a graph file: write the file again") from error


def dump_text(value: Any) -> str:
    """Return a value as one line of ASCII."""
    return json.dumps(pack(value), allow_nan=False, separators=(",", ":"))


def load_text(text: str) -> Any:
    """Return the value of a line that `dump_text` made. Raises `ReadError` for any other."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ReadError(f"{text[:40]!r} is no JSON: write the file again") from error
    return unpack(found)
