"""Where the names of a question are: quoted, linked to the graph, or written large."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reasoning.planning.lexicon import AUXILIARIES, OFFICES, PREPOSITIONS, listed

__all__ = ["name_spans"]

_WORD = re.compile(r"[^\W_](?:[\w.&/’'`*-]*[\w’'])?\.?|\(|\)|[^\w\s]")
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,120})[\"”]|‘([^’‘]{2,120})’(?!\w)")
_JOINS = listed("of the de la le les von van der den du del della di da dos al el bin y & and")
_ASKING = listed("who whom whose what which when where why how")
_FIRST = (
    _ASKING
    | AUXILIARIES
    | PREPOSITIONS
    | listed(
        """
    the a an this that these those list name give show tell find count all both each every
    i me my we you he she it they there please between film films one many people and or
    not if among out who's what's where's director directors say state identify return
    """
    )
)
#: After a comma these go on with a name: "John, Duke of Durazzo".
_STYLES = listed(
    """
    duke duchess count countess king queen baron baroness baronet lord lady earl prince
    princess jr sr emperor empress marquis marquess margrave landgrave viscount elector
    despot despotess sultan archduke archduchess infante infanta inc ltd
    """
)
#: Written large, these alone are no name either.
_COMMON = listed("university state city country company government congress film league series")
_LONGEST = 16
#: After the singular of these, "and" joins the words of one title: "the film Kiss and Tell".
_TITLED = re.compile(
    r"(?<!both )\b(film|movie|song|album|book|novel|play|series|show|magazine|opera|musical)\s+$",
    re.IGNORECASE,
)
_TIED = re.compile(r"-(?:born|based|owned|founded|directed|produced|speaking)$")


def name_spans(text: str, linked: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Return the [start, end) of the names of a question, in order and apart from each other.

    Quotation marks belong to the span. `linked` are names that were found in the graph: they
    decide where names that touch each other end.

    >>> text = "Who is the mother of the director of film Kiss Me Again (1925 Film)?"
    >>> [text[a:b] for a, b in name_spans(text)]
    ['Kiss Me Again (1925 Film)']
    """
    quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    known = list(_linked(text, linked))
    found = list(quoted)
    for start, end in _large(text, quoted):
        found += _parted(text, start, end, known)
    for span in known:
        over = [s for s in found if s[0] < span[1] and span[0] < s[1]]
        if all(span[0] <= s[0] and s[1] <= span[1] for s in over):
            found = [s for s in found if s not in over] + [span]
    return sorted(found)


def _linked(text: str, linked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where linked names stand, the longest first, none inside of another."""
    low = text.lower()
    shouted = any(c.isupper() for c in text[1:])
    taken: list[tuple[int, int]] = []
    for name in sorted(dict.fromkeys(linked), key=lambda n: (-len(n), n)):
        if len(name) < 2 or name.lower() in _FIRST:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name.lower())}(?!\w)", low):
            span = match.span()
            said = text[span[0] : span[1]]
            if shouted and not any(c.isupper() or c.isdigit() for c in said):
                continue
            if not shouted and len(name) < 4:
                continue
            if not any(a < span[1] and span[0] < b for a, b in taken):
                taken.append(span)
                yield span


def _parted(
    text: str, start: int, end: int, known: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return a run of large words cut where several linked names make it up."""
    inside = sorted(s for s in known if start <= s[0] and s[1] <= end)
    if len(inside) < 2 or (start, end) in known:
        return [(start, end)]
    between = [text[a[1] : b[0]] for a, b in pairwise(inside)]
    edges = text[start : inside[0][0]].strip() or text[inside[-1][1] : end].strip()
    if edges or not all(re.fullmatch(r"(['’]s|,|\s|and|or|of|the)*", gap) for gap in between):
        return [(start, end)]
    return inside


def _large(text: str, quoted: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield runs of words written large, with the small ones that join them."""
    words = list(_WORD.finditer(text))
    i = 0
    while i < len(words):
        if _inside(words[i].start(), quoted) or not _opens(words, i):
            i += 1
            continue
        last = _run(words, i, quoted)
        start = words[i - 1].start() if _is_dated(words, i) else words[i].start()
        after = words[last + 1 : last + 3]
        titled = _TITLED.search(text[: words[i].start()]) and len(after) == 2
        if titled and after[0].group() == "and" and _is_large(after[1].group()):
            last = _run(words, last + 2, quoted)
        run = [w.group().lower() for w in words[i : last + 1]]
        if not all(w.rstrip("s") in OFFICES | _COMMON or w in ("of", "the", "-") for w in run):
            yield start, _trimmed(words[last])
        i = last + 1


def _is_dated(words: Sequence[re.Match[str]], i: int) -> bool:
    """Return whether a number begins the name: "the song 1913 Massacre"."""
    if i < 2 or not words[i - 1].group().isdigit():
        return False
    before = words[i - 2].group().lower()
    return before.isalpha() and before not in PREPOSITIONS


def _trimmed(word: re.Match[str]) -> int:
    """Return the end of a word without the genitive that closes it."""
    found = re.search(r"['’]s?$", word.group()) or _TIED.search(word.group())
    return word.start() + found.start() if found and found.start() > 0 else word.end()


def _opens(words: Sequence[re.Match[str]], i: int) -> bool:
    word = words[i].group()
    if not _is_large(word):
        return False
    first = i == 0 or (i == 1 and not words[0].group()[0].isalnum())
    titled = not first and i + 1 < len(words) and _is_large(words[i + 1].group())
    if word.lower() in _ASKING and not titled and (first or words[i - 1].group() in ".,;:"):
        return False
    if first and i + 1 < len(words):
        after = words[i + 1].group()
        if after in PREPOSITIONS or after in ("that", "who", "which", "directed", "written"):
            return False
    return not (first and word.lower().split("'")[0] in _FIRST)


def _is_large(word: str) -> bool:
    return word[0].isupper() or (len(word) > 1 and any(c.isupper() for c in word[1:]))


def _run(words: Sequence[re.Match[str]], i: int, quoted: Sequence[tuple[int, int]]) -> int:
    """Return the index of the last word of the run that begins at word `i`."""
    last, at = i, i + 1
    depth = 0
    while at < len(words) and at - i < 3 * _LONGEST and not _inside(words[at].start(), quoted):
        word = words[at].group()
        before = words[at - 1]
        glued = words[at].start() == before.end()
        if depth or word == "(":
            depth += (word == "(") - (word == ")")
            if depth == 0:
                last = at
            at += 1
            continue
        if re.search(r"['’]s?$", words[last].group()) and last == at - 1 and not _is_large(word):
            break
        if _is_large(word) or (word[0].isdigit() and last == at - 1):
            last = at
        elif word in "!?" and last == at - 1 and at + 1 < len(words) and _asks_on(words[at + 1]):
            # Where the question goes on, the mark belongs to a title.
            return at
        elif word in ",.:;!?&-–/'’" and _goes_on(words, at, glued):
            pass
        elif word.lower() not in _JOINS or at - last > 2 or _ends(words, at, i):
            break
        at += 1
    return last


def _goes_on(words: Sequence[re.Match[str]], at: int, glued: bool) -> bool:
    """Return whether a name goes on after a mark."""
    if at + 1 >= len(words):
        return False
    word, after = words[at].group(), words[at + 1].group()
    if word in "!?" and after in "(:-–" and at + 2 < len(words):
        return after == "(" or _is_large(words[at + 2].group())
    if word in "!?.:;":
        return (_is_large(after) and word != ";") or (
            word in "!?" and after.lower() in ("or", "and")
        )
    if word == ",":
        style = re.sub(r"\W", "", after.lower())
        return _is_large(after) or style in _STYLES or bool(re.match(r"\d+(st|nd|rd|th)", style))
    return (glued and (_is_large(after) or after[0].isdigit())) or _is_large(after)


def _asks_on(word: re.Match[str]) -> bool:
    return word.group()[0].isalpha() and not _is_large(word.group())


def _ends(words: Sequence[re.Match[str]], at: int, begin: int) -> bool:
    """Return whether the small word at `at` parts two names rather than joins one."""
    word = words[at].group()
    if word.lower() in ("and", "y") and word == word.lower():
        return True
    after = next((w.group() for w in words[at + 1 : at + 3] if w.group().lower() != "the"), "")
    if not after or not _is_large(after):
        return True
    run = [w.group().lower().rstrip("s") for w in words[begin:at]]
    return word.lower() == "of" and all(w in OFFICES or w in ("of", "the") for w in run)


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= place < b for a, b in spans)
