"""What can be seen on an answer that bears on whether it is right."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reasoning.answers.words import LIGHT, Word, akin, fold, listed, words

__all__ = ["SIGNS", "Given", "signs_of"]

#: What `signs_of` gives, in its order.
SIGNS = (
    "support",  # what the search for the answer thinks of it
    "odds",  # the log-odds of that, over 4
    "from_graph",  # a fact of the graph is among what it rests on
    "planned",  # a plan was run
    "complete",  # of the plan's retrieving steps, the share that has a citation
    "yes_or_no",  # the answer is yes or no
    "chooses",  # it chooses among names of the question
    "echoes",  # it says a name of the question although it chooses none
    "names_said",  # the share of the question's names that citations and their titles say
    "words_said",  # ... of its other words
    "titled",  # ... of its names that are the title of a cited document
    "quoted",  # the answer stands in a quote
    "documents",  # the documents cited, over 4
    "citations",  # the citations beyond one, over 4
    "read",  # the share of steps that read a sentence
)

_YES_NO = frozenset({"yes", "no"})
_NAME = re.compile(
    r"(?<=[\w,'’] )[A-Z0-9][\w.'’-]*(?:,? (?:(?:of|the|de|and|in) )*[A-Z0-9(][\w.'’)-]*)*"
)
#: What ends a name without being a part of it: a genitive, a stop.
_TAIL = re.compile(r"(?:['’]s?)?[.,]*$")
_CHOICE = re.compile(r"\b(?:or|both|first|older|younger|later|earlier|more|same)\b", re.IGNORECASE)
_ASKING = listed(
    "who whom whose which what where when why how name film movie song director performer person "
    "country place date mother father"
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as confidence looks at it.

    `quotes` and `titles` are those of its citations, in order; `support` in [0, 1] is what the
    search for the answer thinks of it; `source`, `program` and `actions` (the kinds of its steps)
    say how it was come by.
    """

    question: str
    text: str
    support: float
    quotes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    source: str = "none"
    program: str = ""
    actions: tuple[str, ...] = ()


def signs_of(given: Given) -> tuple[float, ...]:
    """Return the numbers named in `SIGNS` for an answer, to 4 decimals.

    >>> given = Given("Who found Xenia?", "Ada", 0.8, ("Ada found Xenia.",), ("Xenia",))
    >>> dict(zip(SIGNS, signs_of(given)))["names_said"]
    1.0
    """
    names = _names(given.question)
    taken = " ".join(names)
    told = words(" ".join((*given.quotes, *given.titles)))
    heard = {fold(word.text) for word in told}
    roots = {word.root for word in told}
    rest = [w for w in words(given.question) if fold(w.text) not in LIGHT | _ASKING]
    rest = [w for w in rest if w.text not in taken]
    plain = fold(given.text)
    titles = {fold(_bare(title)) for title in given.titles}
    chosen = any(plain and (plain in fold(name) or fold(name) in plain) for name in names)
    choice = _CHOICE.search(given.question) is not None
    held = min(0.99, max(0.01, given.support))
    steps = [action for action in given.actions if action in ("read", "followed")]
    retrieves = given.program.count("retrieve(")
    values = (
        given.support,
        math.log(held / (1.0 - held)) / 4.0,
        float(given.source == "graph"),
        float(bool(given.program)),
        min(1.0, len(given.quotes) / retrieves) if retrieves else 0.0,
        float(plain in _YES_NO),
        float(chosen and choice),
        float(chosen and not choice),
        _mean([_said(name, heard) for name in names]),
        _mean([any(akin(w.root, r) for r in roots) for w in rest]),
        _mean([fold(_bare(name)) in titles for name in names]),
        float(bool(plain) and any(plain in fold(quote) for quote in given.quotes)),
        min(1.0, len(set(given.titles)) / 4),
        min(1.0, max(0, len(given.quotes) - 1) / 4),
        _mean([action == "read" for action in steps]) if steps else 0.0,
    )
    return tuple(round(value, 4) for value in values)


def _names(question: str) -> list[str]:
    """Return the runs of capitalised words of a question but for its first word."""
    return [_TAIL.sub("", m[0]) for m in _NAME.finditer(question)]


def _bare(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", name)


def _said(name: str, heard: set[str]) -> float:
    """Return the share of a name's words that are among those heard."""
    parts: Sequence[Word] = [w for w in words(name) if fold(w.text) not in LIGHT]
    return _mean([fold(part.text) in heard for part in parts])


def _mean(values: Sequence[float | bool]) -> float:
    return sum(map(float, values)) / len(values) if values else 1.0
