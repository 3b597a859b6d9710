"""A question as tagged words, each of its names and dates being one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mini.syntax import Token as Parsed
from reasoning.logic.expressions import Constant
from reasoning.logic.times import time_of
from reasoning.planning.names import name_spans

__all__ = ["LONGEST", "Token", "tokens_of"]

#: Characters of the longest question that is looked at.
LONGEST = 600
_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: n for n, name in enumerate(_MONTHS.split(), 1)}
_MONTH |= {name[:3]: n for name, n in list(_MONTH.items())}
_NAMED = "|".join([*_MONTHS.split(), *(f"{m[:3]}\\.?" for m in _MONTHS.split())])
_DATES = re.compile(
    rf"\b(?P<month>{_NAMED})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_NAMED}),?\s+(?P<year2>\d{{4}})\b"
    rf"|\b(?P<month3>{_NAMED}),?\s+(?:of\s+)?(?P<year3>\d{{4}})\b"
    r"|\b(?P<iso>\d{4}-\d\d(?:-\d\d)?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
#: What stands for a name while the question is parsed.
_MASKS = ("Boston", "Dover", "Milton", "Preston", "Burton", "Norton", "Clifton", "Ashton")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question: its text and lower-case form, tags, and characters [start, end).

    `name` is the name that it is, "" for other words; `value` a date or number."""

    text: str
    low: str
    upos: str
    xpos: str
    start: int
    end: int
    name: str = ""
    value: Constant | None = None


def tokens_of(text: str, linked: Sequence[str] = ()) -> tuple[Token, ...]:
    """Return the words of a question; `linked` are names of it that the graph has.

    The parser reads the question with names masked, so that "Who's Afraid?" in a title changes
    nothing. Raises `ModelError` when the parser is missing or damaged.
    """
    from extractors.mini.load import load_mini

    pieces: list[tuple[int, int, Constant | None]] = [
        (m.start(), m.end(), value) for m in _DATES.finditer(text) if (value := _date(m))
    ]
    taken = [(a, b) for a, b, _ in pieces]
    masked, places = "", []
    pieces += [
        (start, end, None)
        for start, end in name_spans(text, linked)
        if not any(a < end and start < b for a, b in taken)
    ]
    at = 0
    for n, (start, end, value) in enumerate(sorted(pieces, key=lambda p: p[0])):
        masked += text[at:start]
        stand_in = "1990" if value is not None else _MASKS[n % len(_MASKS)]
        places.append((len(masked), len(masked) + len(stand_in), start, end, value))
        masked += stand_in
        at = end
    masked += text[at:]
    found: list[Token] = []
    for sentence in load_mini().analyse(masked, [(0, len(masked))]):
        found += [_token(text, t, places) for t in sentence.tokens]
    return tuple(_hyphened(text, _scaled(found)))


def _token(
    text: str, parsed: Parsed, places: Sequence[tuple[int, int, int, int, Constant | None]]
) -> Token:
    shift, start, end = 0, parsed.start, parsed.end
    for a, b, first, last, value in places:
        if a <= start and end <= b:
            said = text[first:last]
            name = "" if value is not None else said.strip('"“”‘’ ').rstrip(",.")
            tags = ("NUM", "CD") if value is not None else ("PROPN", "NNP")
            return Token(said, said.lower(), *tags, first, last, name, value)
        if b <= start:
            shift = last - b
    start, end = start + shift, end + shift
    said = text[start:end]
    return Token(said, said.lower(), parsed.upos, parsed.xpos, start, end, "", _number(said))


def _number(said: str) -> Constant | None:
    if _NUMBER.fullmatch(said):
        plain = said.replace(",", "")
        return Constant(float(plain) if "." in plain else int(plain))
    low = said.lower()
    return Constant(_WORDS.index(low)) if low in _WORDS and low != "one" else None


def _hyphened(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Join "father-in-law" to one word."""
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        match = re.match(r"(?:[a-z]+-in-law|step-[a-z]+|great-grand[a-z]+)", text[token.start :])
        if match and not token.name:
            end = token.start + match.end()
            token = Token(match[0], match[0].lower(), "NOUN", "NN", token.start, end)
            while i + 1 < len(tokens) and tokens[i + 1].start < end:
                i += 1
        found.append(token)
        i += 1
    return found


def _scaled(tokens: Sequence[Token]) -> list[Token]:
    """Join "3 million" to one number."""
    found: list[Token] = []
    for token in tokens:
        size = found[-1].value.value if found and found[-1].value is not None else None
        if token.low in _SCALE and isinstance(size, int | float) and not isinstance(size, bool):
            before = found.pop()
            total = size * _SCALE[token.low]
            said = f"{before.text} {token.text}"
            value = Constant(int(total) if float(total).is_integer() else total)
            token = Token(said, said.lower(), "NUM", "CD", before.start, token.end, "", value)
        found.append(token)
    return found


def _date(match: re.Match[str]) -> Constant | None:
    parts = match.groupdict()
    if parts["iso"]:
        time = time_of(parts["iso"])
        return Constant(time) if time is not None else None
    year = parts["year"] or parts["year2"] or parts["year3"]
    month = (parts["month"] or parts["month2"] or parts["month3"] or "").lower().rstrip(".")
    day = parts["day"] or parts["day2"]
    written = f"{year}-{_MONTH[month]:02d}" + (f"-{int(day):02d}" if day else "")
    time = time_of(written)
    return Constant(time) if time is not None else None
