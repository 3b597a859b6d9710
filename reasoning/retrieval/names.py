"""Names: how they are compared, where a text seems to have one, and where it has a known one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reasoning.retrieval.words import Word, words

__all__ = ["JOINING", "FoundName", "NameTable", "capitalised", "name_key", "without_bracket"]

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: Words that may stand inside a name.
JOINING = _listed("of the de la le du von van der den al el bin ibn y e di da do dos das del")
_COMMON = _listed(
    "a about after all also although an and another any are as at be because been before both but "
    "by can could did do does during each either even every few first for from had has have he her "
    "his how however i if in into is it its january february march april may june july august "
    "september october november december many more most mr mrs much my neither no nor not now of "
    "on one only or other our over she since so some such than that the their then there these "
    "they this those three through to two under until was we were what when where which while who "
    "whom whose why will with would you your according against among between despite here later "
    "like once though today together upon within without yet monday tuesday "
    "wednesday thursday friday saturday sunday"
)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a text: its key, and [start, end) in characters."""

    key: str
    start: int
    end: int


def without_bracket(title: str) -> str:
    """Return a title without the bracket that tells namesakes apart.

    >>> without_bracket("Alien (film)")
    'Alien'
    """
    return _BRACKET.sub("", title) or title


def name_key(name: str) -> str:
    """Return the words of a name as they are compared, joined by blanks; "" for no name at all.

    >>> name_key("São Paulo's"), name_key("The")
    ('sao paulo', '')
    """
    return _key(words(name))


def _key(found: Sequence[Word]) -> str:
    if len(found) == 1 and found[0].folded in _COMMON:
        return ""
    return " ".join(word.folded for word in found)


def capitalised(text: str, found: Sequence[Word]) -> Iterator[FoundName]:
    """Yield the runs of capitalised words among the words of a text, in order.

    Short words like "of" may stand inside a run; common words are cut off its front.

    >>> text = "The Duke of York met Ada in Paris."
    >>> [name.key for name in capitalised(text, words(text))]
    ['duke of york', 'ada', 'paris']
    """
    run: list[Word] = []
    inner: list[Word] = []
    for word in found:
        joined = not run or _adjacent(text, (inner or run)[-1], word)
        if not joined:
            yield from _found(run)
            run, inner = [], []
        if text[word.start].isupper() or (run and text[word.start].isdigit()):
            run, inner = [*run, *inner, word], []
        elif run and len(inner) < 2 and word.folded in JOINING:
            inner.append(word)
        else:
            yield from _found(run)
            run, inner = [], []
    yield from _found(run)


def _adjacent(text: str, before: Word, after: Word) -> bool:
    gap = text[before.end : after.start]
    return not gap.strip() or (gap in (". ", ".") and before.end - before.start <= 2)


def _found(run: list[Word]) -> Iterator[FoundName]:
    while run and run[0].folded in _COMMON:
        run = run[1:]
    if run:
        yield FoundName(_key(run), run[0].start, run[-1].end)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Known names: `keys` by number, `numbers` by key, and the most words after a first one."""

    keys: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, names: Iterable[str]) -> NameTable:
        """Return the table of these keys (`name_key`), numbered as they come."""
        table = cls()
        for name in names:
            table.add(name)
        return table

    def add(self, name: str) -> int:
        """Return the number of a key, giving it the next one when it is new."""
        if name not in self.numbers:
            parts = name.split()
            self.numbers[name] = len(self.keys)
            self.keys.append(name)
            self.longest[parts[0]] = max(self.longest[parts[0]], len(parts))
        return self.numbers[name]

    def find(self, text: str, found: Sequence[Word]) -> Iterator[FoundName]:
        """Yield the known names among the words of a text: the longest, left to right.

        A name of one word counts only when it begins with a capital or a digit.

        >>> table = NameTable.of(["curie", "marie curie"])
        >>> [name.key for name in table.find("Marie Curie", words("Marie Curie"))]
        ['marie curie']
        """
        at = 0
        while at < len(found):
            length = self._match(text, found, at)
            if length:
                part = found[at : at + length]
                key = " ".join(word.folded for word in part)
                yield FoundName(key, part[0].start, part[-1].end)
            at += length or 1

    def _match(self, text: str, found: Sequence[Word], at: int) -> int:
        most = min(self.longest.get(found[at].folded, 0), len(found) - at)
        for length in range(most, 0, -1):
            if length == 1:
                first = text[found[at].start]
                if not (first.isupper() or first.isdigit()):
                    return 0
            if " ".join(word.folded for word in found[at : at + length]) in self.numbers:
                return length
        return 0
