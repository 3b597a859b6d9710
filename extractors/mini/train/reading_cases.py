"""Questions laid before texts to learn from, a part of them where the text does not answer."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from extractors.mini.reading.layout import Case, Passage, Query, case_of, query_of
from extractors.mini.reading.marks import stem
from extractors.mini.reading.network import LONGEST
from extractors.mini.train.reading_pages import Asked, Page

__all__ = ["Composer", "Example"]

#: The share of questions that are made unanswerable, in three ways.
_UNANSWERABLE = 0.34
_ROOM = 380


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage and both as one case, with the answers: first and last word in the
    passage and weight; none: not there."""

    query: Query
    passage: Passage
    case: Case
    golds: tuple[tuple[int, int, float], ...]
    source: str


class Composer:
    """Draws the text around a question: some sentences of its page, at times others beside."""

    def __init__(self, pages: Sequence[Page], tokenizer: Tokenizer) -> None:
        self._pages = pages
        self._tokenizer = tokenizer
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._named: dict[str, list[str]] = defaultdict(list)
        for number, page in enumerate(pages):
            for key in sorted({stem(w) for words in page.words for w in words if len(w) > 3}):
                self._holding[key].append(number)
            for name, kind in page.names:
                self._named[kind].append(name)

    def compose(
        self, asked: Asked, room: int, chance: random.Random, kind: str | None = None
    ) -> Example | None:
        """Return an example of about `room` pieces, None where none can be made; `kind` is one
        of "answered", "removed", "elsewhere", "replaced", drawn when not given."""
        page = self._pages[asked.page]
        if kind is None:
            kind = "answered"
            if chance.random() < _UNANSWERABLE:
                kind = chance.choice(("removed", "elsewhere", "replaced"))
        question, golds = asked.question, asked.golds
        if kind == "removed":
            room = max(room, 80)
        window = self._window(page, asked.needed, room, chance)
        if kind == "removed":
            answers = {w for n, a, b, _ in golds for w in self._answer(page, n, a, b)}
            window = [
                n
                for n in window
                if not asked.needed[0] <= n <= asked.needed[1] and not answers <= page.words[n]
            ]
        elif kind == "elsewhere":
            page, window = self._elsewhere(asked, room, chance)
        elif kind == "replaced":
            question = self._replaced(asked, page, chance)
        if not window or not question:
            return None
        golds = golds if kind == "answered" else ()
        passage = page.passage.part(window)
        before = 0
        size = sum(row.length for row in passage.rows)
        if size < 0.7 * room and chance.random() < 0.5:
            passage, before = self._beside(passage, room - size, chance)
        if sum(row.length for row in passage.rows) > _ROOM:
            return None
        return self._example(
            asked.source, _noised(question, chance), passage, window, before, golds
        )

    def _example(
        self,
        source: str,
        question: str,
        passage: Passage,
        window: Sequence[int],
        before: int,
        golds: Sequence[tuple[int, int, int, float]],
    ) -> Example | None:
        query = query_of(self._tokenizer, question)
        starts, total = {}, sum(len(spans) for spans in passage.spans[:before])
        for place, number in enumerate(window):
            starts[number] = total
            total += len(passage.spans[before + place])
        found = tuple(
            (starts[n] + first, starts[n] + last, weight)
            for n, first, last, weight in golds
            if n in starts and last - first < LONGEST
        )
        if bool(found) != bool(golds):
            return None
        return Example(query, passage, case_of(query, passage), found, source)

    @staticmethod
    def _window(page: Page, needed: tuple[int, int], room: int, chance: random.Random) -> list[int]:
        first, last = needed
        sizes = [row.length for row in page.passage.rows]
        total = sum(sizes[first : last + 1])
        sides = [-1, 1]
        while sides:
            side = chance.choice(sides)
            number = first - 1 if side < 0 else last + 1
            if not 0 <= number < len(sizes) or total + sizes[number] > room:
                sides.remove(side)
                continue
            total += sizes[number]
            first, last = min(first, number), max(last, number)
        return list(range(first, last + 1))

    def _elsewhere(self, asked: Asked, room: int, chance: random.Random) -> tuple[Page, list[int]]:
        """Another page that shares a rare word with the question, or another part of its page."""
        page = self._pages[asked.page]
        count = len(page.passage.rows)
        far = [n for n in range(count) if not asked.needed[0] - 1 <= n <= asked.needed[1] + 1]
        if far and chance.random() < 0.4:
            start = chance.choice(far)
            window = self._window(page, (start, start), room, chance)
            return page, [n for n in window if not asked.needed[0] <= n <= asked.needed[1]]
        keys = [stem(w) for w in asked.question.rstrip("?").split() if len(w) > 3]
        keys = sorted((k for k in keys if k in self._holding), key=lambda k: len(self._holding[k]))
        others = [n for k in keys[:2] for n in self._holding[k] if n != asked.page][:40]
        number = chance.choice(others) if others else chance.randrange(len(self._pages))
        if number == asked.page or not self._pages[number].passage.rows:
            return page, []
        other = self._pages[number]
        start = chance.randrange(len(other.passage.rows))
        answers = {w for n, a, b, _ in asked.golds for w in self._answer(page, n, a, b)}
        window = self._window(other, (start, start), room, chance)
        return other, [n for n in window if not answers <= other.words[n]]

    def _replaced(self, asked: Asked, page: Page, chance: random.Random) -> str:
        """The question with one of its names exchanged for another of the same type."""
        answers = {w for n, a, b, _ in asked.golds for w in self._answer(page, n, a, b)}
        lower = asked.question.lower()
        present = [(n, k) for n, k in page.names if len(n) > 3 and n.lower() in lower]
        if not present:
            return ""
        name, kind = max(present, key=lambda pair: len(pair[0]))
        near = [n for n, k in page.names if k == kind and n != name and n.lower() not in lower]
        near = [n for n in near if not answers & set(n.lower().split())]
        pool = near if near and chance.random() < 0.35 else self._named[kind]
        other = chance.choice(pool)
        at = lower.index(name.lower())
        if other.lower() in name.lower() or name.lower() in other.lower():
            return ""
        return asked.question[:at] + other + asked.question[at + len(name) :]

    def _beside(self, passage: Passage, room: int, chance: random.Random) -> tuple[Passage, int]:
        """The passage with sentences of another page before or behind it, and how many before."""
        other = chance.choice(self._pages)
        if not other.passage.rows:
            return passage, 0
        start = chance.randrange(len(other.passage.rows))
        if other.passage.rows[start].length > room:
            return passage, 0
        added = other.passage.part(self._window(other, (start, start), room, chance))
        if chance.random() < 0.5:
            return _joined(passage, added), 0
        return _joined(added, passage), len(added.spans)

    @staticmethod
    def _answer(page: Page, number: int, first: int, last: int) -> frozenset[str]:
        spans, text = page.passage.spans[number], page.passage.text
        return frozenset(text[a:b].lower() for a, b in spans[first : last + 1])


def _joined(first: Passage, second: Passage) -> Passage:
    by = len(first.text) + 1
    moved = tuple(tuple((a + by, b + by) for a, b in spans) for spans in second.spans)
    return Passage(f"{first.text}\n{second.text}", first.spans + moved, first.rows + second.rows)


def _noised(question: str, chance: random.Random) -> str:
    """The question as people type it: at times in small letters or without its mark."""
    if chance.random() < 0.25:
        question = question.lower()
    if chance.random() < 0.2:
        question = question.rstrip("? ")
    return question
