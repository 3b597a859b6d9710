"""Finding a value in texts: a question is put to the few sentences that should answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from reasoning.answers.words import fold, roots
from reasoning.executing.budget import Meter
from reasoning.executing.countries import country_in
from reasoning.executing.excerpts import Excerpt, excerpt_of
from reasoning.executing.found import Found, Thing
from reasoning.executing.lifespans import place_in_lifespan
from reasoning.executing.lineage import relatives_in
from reasoning.executing.making import Wanted, made_of
from reasoning.executing.pages import Shelf

__all__ = ["Reading", "TextReader", "read", "read_over"]

#: Sentences that are read for one question, and from how many pages beside those about its thing.
_SENTENCES, _OTHERS = 4, 2


class Reading(Protocol):
    """What a reader marks: characters [start, end) of a text, and how sure it is in [0, 1]."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""

    @property
    def text(self) -> str:
        """The characters."""

    @property
    def score(self) -> float:
        """The probability that they answer."""


class TextReader(Protocol):
    """What finds the words of a text that answer a question."""

    def judge(self, questions: Sequence[tuple[str, str]]) -> Sequence[tuple[Reading, bool]]:
        """Return the best span for each (question, text), and whether the text answers it."""


def read(  # noqa: PLR0913
    ask: str,
    thing: Thing | None,
    relation: str,
    kind: str,
    *,
    shelf: Shelf,
    reader: TextReader,
    meter: Meter,
    known: float = 0.0,
    strict: bool = False,
) -> list[Found]:
    """Return what texts answer to a question about a thing, as values of a kind, surest first.

    The pages about the thing are read first, others that say its name only where neither these
    nor facts (`known` is the score of the best) say anything sure; without a thing the best
    pages for the question are read. `strict` asks for persons that the sentence says so of.
    """
    wanted = Wanted(ask, thing, relation, kind, strict)
    excerpts = _about(ask, thing, shelf)
    excerpts = excerpts[: meter.take_texts(len(excerpts))]
    found = [*_clues(wanted, excerpts, shelf), *_found(wanted, excerpts, shelf, reader)]
    if max((each.score for each in found), default=known) < _SURE > known:
        read = {excerpt.page.chunk.id for excerpt in excerpts}
        others = [e for e in _elsewhere(ask, thing, shelf) if e.page.chunk.id not in read]
        others = others[: meter.take_texts(len(others))]
        found += _found(wanted, others, shelf, reader)
    return sorted(found, key=lambda each: (-each.score, each.fact.id))


def read_over(
    question: str,
    relation: str,
    kind: str,
    *,
    shelf: Shelf,
    reader: TextReader,
    strict: bool = False,
) -> list[Found]:
    """Return what the best pages at hand answer to a question, as values of a kind."""
    pages = sorted(shelf.pages.values(), key=lambda page: page.rank)[:_PAGES]
    excerpts = [excerpt_of(page, question, 3, 1.0 - 0.08 * i) for i, page in enumerate(pages)]
    found = _found(Wanted(question, None, relation, kind, strict), excerpts, shelf, reader)
    return sorted(found, key=lambda each: (-each.score, each.fact.id))


#: Pages of which a whole question is asked.
_PAGES = 4
#: A reading as sure as this ends the search.
_SURE = 0.45
#: How sure the bracket behind a name and the first country of a text are.
_LIFESPAN, _COUNTRY = 0.8, 0.5


def _about(ask: str, thing: Thing | None, shelf: Shelf) -> list[Excerpt]:
    if thing is None:
        return []
    pages = shelf.about(thing.name)
    if not pages:
        shelf.look(ask, 5)
        pages = shelf.about(thing.name)
    return [excerpt_of(page, ask, _SENTENCES, 1.0) for page in pages[:2]]


def _elsewhere(ask: str, thing: Thing | None, shelf: Shelf) -> list[Excerpt]:
    if thing is None:
        return [excerpt_of(page, ask, 4, 0.8) for page in shelf.look(ask, 5)[: _OTHERS + 1]]
    wanted = fold(thing.name)
    pages = [page for page in shelf.saying(thing.name) if fold(page.title) != wanted]
    return [excerpt_of(page, ask, 3, 0.7) for page in pages[:_OTHERS]]


def _found(
    wanted: Wanted,
    excerpts: Sequence[Excerpt],
    shelf: Shelf,
    reader: TextReader,
) -> list[Found]:
    """Return what the reader marks in each excerpt, widened to a title that is said there."""
    judged = reader.judge([(wanted.ask, excerpt.text) for excerpt in excerpts]) if excerpts else []
    found = []
    for excerpt, (answer, _) in zip(excerpts, judged, strict=True):
        span = excerpt.span(answer.start, answer.end)
        if span is None:
            made = _titled(wanted, excerpt, answer)
            found += [made] if made is not None else []
            continue
        if wanted.kind not in ("date", "number"):
            span = shelf.widened(excerpt.page, *span)
        made = made_of(wanted, excerpt.page, span, answer.score * excerpt.trust)
        found += [made] if made is not None else []
    return found


def _titled(wanted: Wanted, excerpt: Excerpt, answer: Reading) -> Found | None:
    """Return the title where that is what the reader marks; what the page first says bears it."""
    page = excerpt.page
    if answer.end > len(page.title) or wanted.kind in ("date", "number") or not excerpt.starts:
        return None
    begins, ends, start = excerpt.starts[0]
    score = answer.score * excerpt.trust
    return made_of(wanted, page, (start, start + ends - begins), score, page.title.split(" (")[0])


def _clues(wanted: Wanted, excerpts: Sequence[Excerpt], shelf: Shelf) -> list[Found]:
    """Return what the wording of a text about the thing tells by itself: the bracket behind a
    name, a country, the names of relatives."""
    found: list[Found | None] = []
    for excerpt in excerpts[:1]:
        text = excerpt.page.document.text
        for i, (begins, ends, start) in enumerate(excerpt.starts):
            sentence = text[start : start + ends - begins]
            for first, last, trust in _spots(wanted, sentence, is_first=i == 0):
                span = first + start, last + start
                if wanted.kind != "place":
                    span = shelf.widened(excerpt.page, *span)
                found.append(made_of(wanted, excerpt.page, span, trust))
    return [each for each in found if each is not None]


def _spots(wanted: Wanted, sentence: str, *, is_first: bool) -> Iterator[tuple[int, int, float]]:
    """Yield the [start, end) of what a sentence's wording tells, with a trust in [0, 1]."""
    if wanted.kind in ("person", "any"):
        yield from relatives_in(sentence, wanted.relation)
    if not is_first:
        return
    said = roots(wanted.relation)
    event = "birth" if "birth" in said else "death" if "die" in said else ""
    if wanted.kind == "place" and event:
        span = place_in_lifespan(sentence, event)
        if span is not None:
            yield *span, _LIFESPAN
    if wanted.is_country:
        span = country_in(sentence)
        if span is not None:
            yield *span, _COUNTRY
