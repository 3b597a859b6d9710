"""Where sentences begin and end, by rules, with exact offsets and in linear time."""

from __future__ import annotations

import re

__all__ = ["LONGEST", "pieces", "sentences"]

#: No sentence is longer than this many characters; longer runs are cut at blanks.
LONGEST = 2000

# The look-behind keeps a long run of stops from being tried at each of its characters.
_CANDIDATE = re.compile(
    r"""(?<![.!?…])[.!?…]++["'”’»)\]*_]*+(?:\[\w{1,3}\])*+(?=\s)  # stop, quotes, notes, blank
      | [。！？]++[」』”’）]*+                     # scripts that put no blank after a stop
      | \n""",
    re.VERBOSE,
)
_NON_BLANK = re.compile(r"\S")
_NEXT = re.compile(r"""\s*+["'“‘«(\[¿¡*_]*+(?P<word>\w*)(?P<after>.?)""", re.DOTALL)
_TOKEN = re.compile(r"""[^\s"'“‘«(\[]*\Z""")
_DOTTED = re.compile(r"(?:[^\W\d]{1,3}\.)+[^\W\d]{1,2}")
# A line that stands alone: blank, a heading, a list item, a row of a table.
_OWN_LINE = re.compile(r"[^\S\n]*+(?:\n|\Z|\||(?:#{1,6}|[-*+•‣▪]|\(?[0-9]{1,3}[.)])[^\S\n])")
_HEADING_OR_RULE = re.compile(r"[^\S\n]*+(?:#{1,6}[^\S\n]|[-=*_~]{3,}+[^\S\n]*+\Z)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "mr mrs ms mx dr prof messrs mme mlle gen col maj capt cpt lt sgt cpl pvt adm cmdr cdr gov sen "
    "rep rev hon pres supt insp e.g i.e eg ie cf vs viz approx ca"
)
_BEFORE_NUMBER = _words("no nos nr vol vols p pp fig figs ch chap sec art eq op pt ser para vv")
_PERHAPS = _words(
    "st mt ft inc ltd co corp llc plc jr sr bros dept univ etc al est assn assoc ave blvd rd hwy "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun min max avg "
    "ed eds trans repr orig dist gmbh cie intl natl govt incl excl publ illus resp pron misc temp"
)
_STARTERS = _words(
    "The A An It He She They We I You This That These Those There In On At By For From With After "
    "Before During Since While When Where As But And Or So If Although Though However His Her Its "
    "Their Our My Your No Not Yes What Who Why How Which Also Then Now Once Here Both Each Many "
    "Most Some All Such Until Under Later Today According Despite Because Meanwhile Moreover "
    "Furthermore Instead Nevertheless To Of Every Only Other Another"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of each sentence, in characters, in order.

    Spans do not overlap, begin and end with a non-blank character and cover every one. A blank
    line ends a sentence; headings, list items and table rows are sentences; any other newline is
    a blank. Runs above `LONGEST` are cut at blanks, so that time stays linear.

    >>> text = "Dr. Ada Lovelace met J. R. Smith. She paid 3.50 pounds."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Ada Lovelace met J. R. Smith.', 'She paid 3.50 pounds.']
    """
    spans: list[tuple[int, int]] = []
    start = _skip_blanks(text, 0)
    line = 0
    for found in _CANDIDATE.finditer(text):
        at, end = found.span()
        if text[at] == "\n":
            ends = at > start and _line_ends(text, line, at)
            line = end
        else:
            ends = at >= start and _stop_ends(text, start, at, end)
        if ends:
            _append(spans, text, start, end)
            start = _skip_blanks(text, end)
    _append(spans, text, start, len(text))
    return spans


def pieces(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Return [start, end) cut into spans of at most `limit` characters, at blanks where there are.

    A cut after a comma, colon or semicolon is preferred; a run without blanks is cut hard.

    >>> pieces("one two three", 0, 13, 8)
    [(0, 7), (8, 13)]
    """
    spans = []
    while end - start > limit:
        cut = start + _cut(text[start : start + limit + 1], limit)
        spans.append((start, start + len(text[start:cut].rstrip())))
        start = _skip_blanks(text, cut)
    if start < end:
        spans.append((start, end))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stripped = start + len(text[start:end].rstrip())
    if stripped > start:
        spans.extend(pieces(text, start, stripped, LONGEST))


def _skip_blanks(text: str, position: int) -> int:
    found = _NON_BLANK.search(text, position)
    return found.start() if found else len(text)


def _cut(window: str, limit: int) -> int:
    for mark in (";", ":", ","):
        at = window.rfind(mark + " ", limit // 2)
        if at >= 0:
            return at + 1
    head = window.rsplit(None, 1)
    # A window that ends in a blank may be cut there; one blank-free run has to be cut hard.
    if window[-1].isspace():
        return limit
    return len(window) - len(head[1]) if len(head) == 2 else limit


def _line_ends(text: str, line: int, newline: int) -> bool:
    """Tell whether the newline after the line that starts at `line` ends a sentence."""
    if _OWN_LINE.match(text, newline + 1):
        return True
    if _HEADING_OR_RULE.match(text, line, newline):
        return True
    return text.find(" | ", line, newline) >= 0 or text.find("\t", line, newline) > line


def _stop_ends(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether the stop at [at, end) ends the sentence that begins at `start`."""
    following = _NEXT.match(text, end)
    word, after = (following["word"], following["after"]) if following else ("", "")
    if not word:
        return after not in ",;:&—–-/%"
    lower = word[0].islower() and not word[1:2].isupper()
    if text[at] != "." or text[at + 1 : at + 2] in (".", "…"):
        return not lower
    found = _TOKEN.search(text[max(start, at - 24) : at])
    token = found[0] if found else ""
    if token.isdigit() and len(token) < 4 and at - len(token) <= start + 1:
        return False
    return _dot_ends(token, word, after, lower, newline="\n" in text[end : end + 2])


def _dot_ends(token: str, word: str, after: str, lower: bool, *, newline: bool) -> bool:
    key = token.lower()
    if key in _TITLES:
        return False
    starter = word in _STARTERS and after != "."
    if (len(token) == 1 and token.isalpha()) or _DOTTED.fullmatch(token) or key in _PERHAPS:
        return starter
    if key in _BEFORE_NUMBER and word[0].isdigit():
        return False
    # Informal text starts sentences in lower case; after a whole word the stop is believed.
    return newline or not lower or (len(token) > 3 and token.isalpha())
