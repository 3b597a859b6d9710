"""Where a quoted sentence names the ends of a claim: by name, alias, mention, or as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.align.demonyms import place_of
from kgkit.facts import Document, Entity, Literal, Mention
from kgkit.ids import normalise_name
from reasoning.answers.literals import is_date, is_number, literals, year
from reasoning.answers.words import fold
from reasoning.citations.kinds import kind_of_end

__all__ = ["Spot", "spots_of"]

_WORD = re.compile(r"\w+", re.UNICODE)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_PRONOUN = re.compile(r"\b(he|she|it|they|his|her|its|their|him|them)\b", re.IGNORECASE)
#: A noun that stands for what the document is about, where it begins a sentence.
_THE_NOUN = re.compile(r"(?:The|This)\s+[a-z]+\b")
#: The shortest part of a person's name that is looked for by itself.
_SHORTEST = 3
#: From this score on a mention is taken to mean what is recorded, in [0, 1].
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Spot:
    """Document characters [start, end) that name an end of a claim.

    `how` is "name", "mention" (a word that a reader of the text found to mean it), "value", or
    "subject" (a pronoun or noun for what the document is about).
    """

    start: int
    end: int
    how: str


def spots_of(
    end: Entity | Literal,
    document: Document,
    span: tuple[int, int],
    mentions: Sequence[Mention] = (),
) -> list[Spot]:
    """Return where the document characters `span` name an end, in order; [] where they do not.

    The surest way of naming decides: words that only stand for the document's subject count where
    no name does.
    """
    if isinstance(end, Literal):
        return _values(end, document, span)
    found = [*_named(end, document, span), *_mentioned(end, span, mentions)]
    if not found:
        found = _short(end, document, span) or _subject(end, document, span, mentions)
    if not found and kind_of_end(end) in ("Location", "Misc"):
        found = _peoples(end, document, span)
    unique = {(spot.start, spot.end): spot for spot in reversed(found)}
    return [unique[key] for key in sorted(unique)]


def _named(entity: Entity, document: Document, span: tuple[int, int]) -> list[Spot]:
    text = [(m.start(), m.end(), fold(m[0])) for m in _words(document.text, span)]
    forms = {_plain(form) for name in (entity.name, *entity.aliases) for form in _forms(name)}
    return [
        Spot(first, last, "name")
        for form in sorted(forms, key=lambda f: (-len(f), f))
        if form
        for first, last in _runs(text, form)
    ]


def _runs(text: Sequence[tuple[int, int, str]], form: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for at in range(len(text) - len(form) + 1):
        if tuple(word for _, _, word in text[at : at + len(form)]) == form:
            yield text[at][0], text[at + len(form) - 1][1]


def _mentioned(entity: Entity, span: tuple[int, int], mentions: Sequence[Mention]) -> list[Spot]:
    names = {normalise_name(name) for name in (entity.name, *entity.aliases)}
    return [
        Spot(m.start, m.end, "mention")
        for m in mentions
        if span[0] <= m.start and m.end <= span[1]
        if m.entity.id == entity.id or normalise_name(m.entity.name) in names
    ]


def _short(entity: Entity, document: Document, span: tuple[int, int]) -> list[Spot]:
    """Return where the last word of a name stands, if the document has the whole name."""
    words = _plain(_BRACKET.sub("", entity.name))
    whole = tuple(fold(m[0]) for m in _WORD.finditer(f"{document.title} {document.text}"))
    if len(words) < 2 or len(words[-1]) < _SHORTEST or not _holds(whole, words):
        return []
    return [
        Spot(m.start(), m.end(), "name")
        for m in _words(document.text, span)
        if fold(m[0]) == words[-1] and m[0][:1].isupper()
    ]


def _subject(
    entity: Entity, document: Document, span: tuple[int, int], mentions: Sequence[Mention]
) -> list[Spot]:
    """Return where a word stands for what the document is about, if that is the entity.

    A pronoun that surely means someone else by the record of mentions does not.
    """
    titles = {normalise_name(form) for form in _forms(document.title)}
    names = {normalise_name(f) for name in (entity.name, *entity.aliases) for f in _forms(name)}
    if not titles & names:
        return []
    taken = {(m.start, m.end) for m in mentions if m.score >= _SURE}
    quote = document.text[span[0] : span[1]]
    found = [(m.start() + span[0], m.end() + span[0]) for m in _PRONOUN.finditer(quote)]
    opening = _THE_NOUN.match(quote)
    if opening is not None:
        found.append((span[0] + opening.start(), span[0] + opening.end()))
    return [Spot(*place, "subject") for place in sorted(found) if place not in taken]


def _peoples(entity: Entity, document: Document, span: tuple[int, int]) -> list[Spot]:
    """Return where a word for what belongs to a place names it: "French" for France."""
    place = place_of(entity.name)
    if not place:
        return []
    return [
        Spot(m.start(), m.end(), "mention")
        for m in _words(document.text, span)
        if m[0][:1].isupper() and place_of(m[0]) == place
    ]


def _values(wanted: Literal, document: Document, span: tuple[int, int]) -> list[Spot]:
    quote = document.text[span[0] : span[1]]
    found = [
        Spot(span[0] + first, span[0] + last, "value")
        for first, last, literal in literals(quote)
        if _same_value(wanted, literal)
    ]
    if found or is_date(wanted):
        return found
    words = [(m.start(), m.end(), fold(m[0])) for m in _words(document.text, span)]
    shown = _plain(wanted.text) or _plain(str(wanted.value))
    return [Spot(first, last, "value") for first, last in _runs(words, shown) if shown]


def _same_value(wanted: Literal, found: Literal) -> bool:
    """Whether a value that a sentence gives says the one wanted: a day says its year as well."""
    if is_date(wanted):
        if not is_date(found):
            return False
        if isinstance(wanted.value, date):
            return found.value == wanted.value
        if wanted.datatype == "gYearMonth" and isinstance(found.value, date):
            return found.value.isoformat().startswith(str(wanted.value))
        if wanted.datatype == "gYearMonth":
            return str(found.value) == str(wanted.value)
        return year(found) == year(wanted)
    if is_number(wanted):
        # A bare number of four digits reads as a year.
        numeric = is_number(found) or found.datatype == "gYear"
        return numeric and _number(found) == _number(wanted)
    return False


def _number(literal: Literal) -> float | None:
    try:
        return float(str(literal.value))
    except ValueError:
        return None


def _words(text: str, span: tuple[int, int]) -> Iterator[re.Match[str]]:
    return _WORD.finditer(text, span[0], span[1])


def _forms(name: str) -> tuple[str, ...]:
    bare = _BRACKET.sub("", name)
    return (name, bare) if bare and bare != name else (name,)


def _plain(name: str) -> tuple[str, ...]:
    words = tuple(fold(m[0]) for m in _WORD.finditer(name))
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


def _holds(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(text[i : i + len(words)] == words for i in range(len(text) - len(words) + 1))
