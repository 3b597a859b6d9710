"""What words of a text make: a value of the kind that is asked for, with the fact that they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.align.demonyms import place_of
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact
from reasoning.answers.grammar import carries
from reasoning.answers.kinds import asked
from reasoning.answers.kinship import is_kin
from reasoning.answers.words import akin, roots, words
from reasoning.executing.countries import country_of
from reasoning.executing.found import Found, Level, Thing
from reasoning.executing.kin import kin_fit
from reasoning.executing.pages import Page
from reasoning.executing.same import is_itself, same_form
from reasoning.executing.values import value_of
from stores.property_graph.naming import relationship_type

__all__ = ["READ_BY", "Wanted", "made_of"]

#: The name that evidence read off a text at asking bears.
READ_BY = "mini:reading"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sought in texts: a question, the thing that it is about, the words of the relation,
    the kind of the answer, and whether the sentence has to say the relation (`strict`)."""

    ask: str
    thing: Thing | None
    relation: str
    kind: str
    strict: bool = False

    @property
    def is_country(self) -> bool:
        """Whether a country or nationality is asked for."""
        said = roots(f"{asked(words(self.ask))[1]} {self.relation}")
        return self.kind in ("place", "any", "thing") and "nation" in said


def made_of(
    wanted: Wanted, page: Page, span: tuple[int, int], score: float, name: str = ""
) -> Found | None:
    """Return the words at a span, or the name, as a value with the fact that they make; None for
    no value."""
    value = value_of(name or page.document.text[span[0] : span[1]], wanted.kind)
    if value is None or _is_denied(wanted, page, span) or not _is_kin_said(wanted, page, span):
        return None
    if isinstance(value, Entity):
        if wanted.thing is not None and is_itself(wanted.thing.name, value.name):
            return None
        score *= kin_fit(wanted.relation, value.name) * _said_fit(wanted, page, span)
        if wanted.kind == "place":
            score *= _place_fit(value.name, is_country=wanted.is_country)
    head = wanted.thing.entity if wanted.thing is not None else Entity.named(page.title or "text")
    score = round(score, 4)
    if not score:
        return None
    evidence = TextEvidence(page.document.id, page.chunk.id, *span, READ_BY, score)
    name = relationship_type(wanted.relation) if wanted.relation.strip() else "ANSWER"
    fact = Fact(head, name, value, predicate=wanted.relation, evidence=(evidence,))
    return Found(value, fact, score, Level.TEXT)


def _said_fit(wanted: Wanted, page: Page, span: tuple[int, int]) -> float:
    """Return what is left of a person whose sentence does not say what they did: no word of the
    relation's family, and no "by" before the name. Nothing is left where it has to (`strict`)."""
    relation = [w for w in words(wanted.relation) if carries(w)]
    if wanted.kind != "person" or not relation:
        return 1.0
    start, end = _sentence(page, span)
    text = page.document.text
    said = {w.root for w in words(text[start:end])}
    by = re.search(r"\bby\s+(?:\w+\s+){0,2}$", text[start : span[0]])
    if by or any(akin(w.root, r) for w in relation for r in said):
        return 1.0
    return 0.0 if wanted.strict else _UNSAID


_UNSAID = 0.35


def _is_kin_said(wanted: Wanted, page: Page, span: tuple[int, int]) -> bool:
    """Return whether the sentence around a span has a word for the relative that is asked for:
    without one, who of two is whose child is more than a reader knows."""
    asked = {w.root for w in words(f"{wanted.relation} {wanted.ask}") if is_kin(w)}
    if not asked:
        return True
    start, end = _sentence(page, span)
    said = {w.root for w in words(page.document.text[start:end])}
    return bool(asked & said) or (bool(asked & _PARENTS) and bool(said & _SONS))


_PARENTS, _SONS = roots("father mother parent"), roots("son daughter heir")


def _sentence(page: Page, span: tuple[int, int]) -> tuple[int, int]:
    return next(((a, b) for a, b in page.chunk.sentences if a <= span[0] < b), span)


def _is_denied(wanted: Wanted, page: Page, span: tuple[int, int]) -> bool:
    """Return whether the sentence around a span denies what is asked: "did not discover"."""
    text = page.document.text
    start, end = _sentence(page, span)
    said = roots(f"{wanted.relation} {wanted.ask}")
    return any(roots(denial[1]) & said for denial in _NOT.finditer(text, start, end))


#: A denial and the two words behind it.
_NOT = re.compile(r"(?:\b(?:not|never|nor|neither)|n[’']t)\s+((?:\w+\s*){1,2})", re.IGNORECASE)


def _place_fit(name: str, *, is_country: bool) -> float:
    """Return how well a name suits as a place, or as a country, in [0, 1]."""
    if is_country:
        return 1.0 if country_of(name) else _NO_COUNTRY
    if _RANK.match(name):
        return _PEOPLE
    place = place_of(name)
    if not place:
        return 1.0
    return _VAGUE if same_form(place, name) else _PEOPLE


#: What is left of a country where a place is asked for, of a people, of no country for one.
_VAGUE, _PEOPLE, _NO_COUNTRY = 0.6, 0.25, 0.5
_RANK = re.compile(
    r"(duke|king|queen|earl|count|prince|princess|lord|lady|baron|sir)\b", re.IGNORECASE
)
