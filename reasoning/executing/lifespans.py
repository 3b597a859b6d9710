"""Where a person was born and died, by the bracket that stands behind a name in a biography."""

from __future__ import annotations

import re

from reasoning.answers.literals import literals

__all__ = ["place_in_lifespan"]

_BRACKET = re.compile(r"\(([^()]{6,160})\)")
_DASH = re.compile(r"\s*[–—]\s*|\s+-\s+")
_PLACE = re.compile(r"[^\W\d_][^\W\d_'’.]*(?:[ -][^\W\d_][^\W\d_'’.]*){0,3}")
_NO_PLACE = re.compile(
    r"^(born|died|b|d|née|nee|in|at|on|circa|c|ca|aged|age|also|about|before|after|or|of|reigned"
    r"|ruled|baptised|baptized|buried|[A-Z]?[a-z]*uary|March|April|May|June|July|August"
    r"|September|October|November|December)\b",
    re.IGNORECASE,
)


def place_in_lifespan(sentence: str, event: str) -> tuple[int, int] | None:
    """Return the [start, end) of the place of "birth" or "death" in a biography's first sentence.

    >>> text = "Max Ophüls (6 May 1902, Saarbrücken, Germany – 26 March 1957, Hamburg) filmed."
    >>> [text[slice(*place_in_lifespan(text, event))] for event in ("birth", "death")]
    ['Saarbrücken', 'Hamburg']
    """
    for bracket in _BRACKET.finditer(sentence):
        if not re.search(r"\d{3,4}", bracket[1]):
            continue
        dash = _DASH.search(bracket[1])
        begin, end = bracket.span(1)
        if dash is None:
            return _place(sentence, begin, end) if event == "birth" else None
        if event == "birth":
            return _place(sentence, begin, begin + dash.start())
        return _place(sentence, begin + dash.end(), end)
    return None


def _place(sentence: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return the first part between commas that is neither date nor word of a date."""
    part = sentence[begin:end]
    dated = [(start, stop) for start, stop, _ in literals(part)]
    for found in re.finditer(r"[^,;]+", part):
        begins = max((b for a, b in dated if a < found.end() and found.start() < b), default=-1)
        text = part[max(begins, found.start()) : found.end()].strip()
        lead = re.match(r"(?:in|at|near)\s+", text)
        text = text[lead.end() :] if lead else text
        if text[:1].isupper() and _PLACE.fullmatch(text) and not _NO_PLACE.match(text):
            at = part.index(text, max(begins, found.start()))
            return begin + at, begin + at + len(text)
    return None
