"""The names in a sentence: their exact bounds, acronyms in brackets, the title's name."""

from __future__ import annotations

from dataclasses import replace

from extractors.mini.naming import Named
from extractors.mini.syntax import Sentence, Span

__all__ = ["NAME_TYPES", "name_bounds", "name_of", "with_acronyms", "with_title"]

#: The types of spans that name entities; Time and Number are values.
NAME_TYPES = frozenset({"Person", "Organization", "Location", "Misc"})
_ARTICLES = frozenset({"the", "a", "an"})


def with_title(sentence: Sentence, text: str, about: str) -> Sentence:
    """Return the sentence with a span wherever its words are those of the title, `about`.

    Such a span takes the place of those that it overlaps, and the type of the one with its
    head, or of the surest, else Misc. Titles without a capital letter or digit are left alone.
    """
    if not any(c.isupper() or c.isdecimal() for c in about):
        return sentence
    place = text.find(about, sentence.start, sentence.end)
    spans = sentence.spans
    while place >= 0:
        spans = _covered(sentence, spans, place, place + len(about))
        place = text.find(about, place + len(about), sentence.end)
    return sentence if spans is sentence.spans else replace(sentence, spans=spans)


def _covered(sentence: Sentence, spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    inside = [i for i, t in enumerate(sentence.tokens) if start <= t.start and t.end <= end]
    if not inside or sentence.extent(inside[0], inside[-1] + 1) != (start, end):
        return spans
    first, last = inside[0], inside[-1] + 1
    over = [span for span in spans if span.first < last and first < span.last]
    if any(span.first <= first and last <= span.last for span in over):
        return spans
    head = next((i for i in inside if sentence.tokens[i].head not in inside), first)
    surest = max(over, key=lambda s: (s.first <= head < s.last, s.score), default=None)
    known = surest is not None and surest.type in NAME_TYPES
    kind = surest.type if surest is not None and known else "Misc"
    whole = Span(first, last, kind, surest.score if surest is not None else 0.8)
    kept = (*(span for span in spans if span not in over), whole)
    return tuple(sorted(kept, key=lambda span: span.first))


def name_bounds(sentence: Sentence, span: Span) -> tuple[int, int]:
    """Return the characters of a name without an article before it and a genitive after it."""
    first, last = span.first, span.last
    while first < last - 1 and sentence.tokens[first].text in _ARTICLES:
        first += 1
    while last > first + 1 and sentence.tokens[last - 1].xpos == "POS":
        last -= 1
    return sentence.extent(first, last)


def name_of(text: str, sentence: Sentence, span: Span) -> Named:
    """Return the name of a span, with the longer one before it if it is its acronym."""
    start, end = name_bounds(sentence, span)
    before = ""
    opening = span.first - 1
    if opening > 0 and sentence.tokens[opening].text == "(" and _acronym(text[start:end]):
        long = next((s for s in sentence.spans if s.last == opening), None)
        if long is not None and _abbreviates(text[start:end], sentence, long):
            first, last = name_bounds(sentence, long)
            before = text[first:last]
    if not before and span.type == "Person":
        before = _other_name(text, sentence, span)
    words = " ".join(text[start:end].split()).replace("- ", "-")
    return Named(words, span.type, before)


def _other_name(text: str, sentence: Sentence, span: Span) -> str:
    """Return the name before a bracket that gives another name and then dates of a life."""
    person = next(
        (s for s in sentence.spans if s.type == "Person" and _opens(sentence, s.last, span)), None
    )
    if person is None:
        return ""
    start, end = name_bounds(sentence, person)
    return text[start:end]


def _opens(sentence: Sentence, bracket: int, span: Span) -> bool:
    """Whether a bracket opens at this token, holds the span and a time after it."""
    tokens = sentence.tokens
    if not bracket < span.first <= bracket + 4 or tokens[bracket].text != "(":
        return False
    close = next((i for i in range(bracket, len(tokens)) if tokens[i].text == ")"), -1)
    times = (s for s in sentence.spans if s.type == "Time" and s.first >= span.last)
    return any(s.last <= close for s in times)


def with_acronyms(sentence: Sentence) -> Sentence:
    """Return the sentence with a span for each acronym in brackets after the name it shortens."""
    added: list[Span] = []
    for span in sentence.spans:
        place = span.last + 1
        if span.type not in NAME_TYPES or place + 1 >= len(sentence.tokens):
            continue
        if sentence.tokens[span.last].text != "(" or sentence.tokens[place + 1].text != ")":
            continue
        word = sentence.tokens[place].text
        free = sentence.span_at(place) is None
        if free and _acronym(word) and _abbreviates(word, sentence, span):
            added.append(Span(place, place + 1, span.type, span.score))
    if not added:
        return sentence
    spans = tuple(sorted((*sentence.spans, *added), key=lambda span: span.first))
    return Sentence(sentence.start, sentence.end, sentence.tokens, spans)


def _acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and sum(c.isupper() for c in word) >= 2 and " " not in word


def _abbreviates(word: str, sentence: Sentence, span: Span) -> bool:
    """Whether the capitals of an acronym are initials of the name, in order."""
    initials = iter(t.text[:1].upper() for t in sentence.tokens[span.first : span.last])
    return all(any(c == initial for initial in initials) for c in word.upper() if c.isalpha())
