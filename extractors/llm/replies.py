"""The JSON in a reply, however much is around it or wrong with it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from extractors.llm.rejections import Rejection

__all__ = ["LONGEST", "json_values", "unescaped", "visible"]

#: Characters of a reply that are read; no honest one is as long.
LONGEST = 400_000

#: Places at which JSON is looked for in vain before the rest is given up.
_TRIES = 1_000
#: Characters of a row that is mended.
_LONGEST_ROW = 5_000

_THOUGHTS = "think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis"
_THINKING = re.compile(
    rf"<({_THOUGHTS})>.*?(?:</\1>|\Z)|\[(think)\].*?(?:\[/think\]|\Z)", re.DOTALL | re.IGNORECASE
)
_LATE_THINKING = re.compile(rf"\A.*(?:</(?:{_THOUGHTS})>|\[/think\])", re.DOTALL | re.IGNORECASE)
#: Models that write in channels think aloud in the others.
_FINAL = re.compile(r"\A.*<\|channel\|>final<\|message\|>", re.DOTALL)
_CHANNEL = re.compile(r"<\|channel\|>(?!final).*?(?:<\|end\|>|\Z)", re.DOTALL)
_OPENING = re.compile(r"[{\[]")
_COMMENT = re.compile(r"(?m)(?<![:\"'\w])//[^\n\"]*$|/\*.*?\*/")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})

_decoder = json.JSONDecoder(strict=False)


def visible(reply: str) -> str:
    """Return a reply without what a model thought aloud before it.

    >>> visible("<think>Let me see: [1]</think>{}")
    '{}'
    """
    said = _CHANNEL.sub("", _FINAL.sub("", reply))
    return _LATE_THINKING.sub("", _THINKING.sub("", said)).strip()


def unescaped(text: str) -> str:
    """Return a text that was written as a JSON string, or as its inside, as it was before.

    >>> unescaped(r'"{\\"a\\": 1}"')
    '"{"a": 1}"'
    """
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def json_values(text: str) -> Iterator[object]:
    """Yield every JSON value in a text: whole objects and arrays, else the objects inside.

    Around them may be anything. Where an outer value is damaged or cut off, what is whole in it
    is found by itself; an innermost object that cannot be read is mended if it is Python or
    nearly JSON, else yielded as a `Rejection`.

    >>> list(json_values('Sure! [{"a": 1}, {"a": 2')) == [{"a": 1}, Rejection.of(
    ...     "unreadable", '{"a": 2', "the reply ends within the row")]
    True
    """
    place = failures = 0
    while failures < _TRIES:
        found = _OPENING.search(text, place)
        if found is None:
            return
        place = found.start()
        value, end = _decoded(text, place)
        if end > place:
            yield value
            place = end
            continue
        failures += 1
        inner, place = _innermost(text, place)
        if inner is not None:
            yield inner
    yield Rejection.of("unreadable", text[place:], "too much of the reply is damaged to go on")


def _decoded(text: str, place: int) -> tuple[object, int]:
    """Return the value at a place and where it ends, which is `place` where there is none."""
    try:
        return _decoder.raw_decode(text, place)
    except (ValueError, RecursionError):
        return None, place


def _innermost(text: str, place: int) -> tuple[object | None, int]:
    """Return what is made of a value that cannot be read, and where to go on.

    That is nothing where it holds others: they are looked at by themselves.
    """
    if text[place] == "[":
        return None, place + 1
    closing = text.find("}", place + 1)
    opening = text.find("{", place + 1)
    if opening >= 0 and (closing < 0 or opening < closing):
        return None, place + 1
    if closing < 0:
        if text.count('"', place) + text.count("'", place) == 0:
            return None, len(text)  # a stray brace
        cut = Rejection.of("unreadable", text[place:], "the reply ends within the row")
        return cut, len(text)
    row = text[place : closing + 1]
    mended = _mended(row) if len(row) <= _LONGEST_ROW else None
    if mended is not None:
        return mended, closing + 1
    if ":" not in row:
        return None, closing + 1  # braces in prose
    return Rejection.of("unreadable", row, "the row is no JSON"), closing + 1


def _mended(row: str) -> object | None:
    """Return a row that is Python's, or JSON but for commas, quotes, comments or bare keys."""
    plain = _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", row))
    for candidate in (plain, plain.translate(_CURLY), _BARE_KEY.sub(r'\1"\2"\3', plain)):
        value, end = _decoded(candidate, 0)
        if end == len(candidate):
            return value
    try:
        found = ast.literal_eval(plain)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
