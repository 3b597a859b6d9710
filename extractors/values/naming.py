"""Digits that name or count out loud: "Boeing 747", "page 12", and years."""

from __future__ import annotations

import re

from extractors.values.found import FoundValue

__all__ = ["is_label", "is_year"]


def _words(text: str) -> list[str]:
    return text.split()


_LABELS = _words(
    """
    page pages p pp chapter chapters section figure fig table no nos number numbers version
    route highway flight room iso rfc act article vol volume part step level line channel phone
    tel call grade class type model question exercise appendix paragraph bus tram train gate
    platform psalm verse canto opus op sonnet clause rule
    """
)
#: Words that have a capital where a sentence begins, and are no names.
_OPENERS = _words(
    """
    In On At By From To The A An Of For With About Around Over Under Only Nearly Almost Some All
    Between Roughly And But Or Than Its His Her Their Our They We He She It These Those After
    Before Since Until Within Another Other Use Die Der
    """
)
_LABEL = re.compile(
    rf"\b(?:(?:{'|'.join(_LABELS)})\.?\s(?:#|№)?|number\s(?:is|was)\s)\Z", re.IGNORECASE
)
#: "Genesis 1:3" is named by what stands before both numbers.
_NAME = re.compile(r"(?P<name>[^\W\d_][\w’'.-]*)\s(?:\d{1,3}:)?\Z")
_GLUED = re.compile(r"[^\W_][-/.(]\Z")
_RUNS_ON = re.compile(r"[-.](?=\d)|[^\W\d_]")
_YEAR_CUES = re.compile(
    r"""(?:\b(?:in|of|since|by|from|until|till|to|during|after|before|year|for|around|circa|c|ca|
        early|late|mid|and|the|a|an|his|her|its|their|summer|spring|autumn|winter|fall|between|
        through|born|died|founded|est|dated?)\.?|[(\[,])[\s-]?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.compile(r"\s(?!was|is|has|his|its|this|as|us)[a-z]+s\b")


def is_year(text: str, start: int, end: int) -> bool:
    """Return whether four bare digits are a year, by what stands around them.

    >>> [is_year(t, 3, 7) for t in ("in 1999.", "of 1500 men", "of 1500 soldiers")]
    [True, True, False]
    """
    if not 1000 <= int(text[start:end]) <= 2200:
        return False
    before = text[max(0, start - 12) : start]
    counted = _COUNTED.match(text, end)
    if before.lower().endswith(" a ") or re.search(r"\bthe\s\Z", before, re.IGNORECASE):
        return True
    return _YEAR_CUES.search(before) is not None and not counted


def is_label(text: str, value: FoundValue) -> bool:
    """Return whether digits are part of a name or number something ("Apollo 11", "page 12")."""
    words = text[value.start : value.end]
    if value.kind not in ("number", "range", "time") or not words[0].isdecimal():
        return False
    before = text[max(0, value.start - 40) : value.start]
    if _GLUED.search(before) or _RUNS_ON.match(text, value.end):
        return True
    if "," in words:
        return False
    named = _NAME.search(before)
    if named is not None and named["name"][0].isupper() and named["name"] not in _OPENERS:
        return True
    return _LABEL.search(before) is not None
