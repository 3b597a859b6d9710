"""Finding a value among the facts of a thing: which of them say what a relation asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgkit.facts import Entity, Fact, Literal
from reasoning.answers.grammar import carries
from reasoning.answers.kinds import asked
from reasoning.answers.links import End, fact_link
from reasoning.answers.literals import is_date
from reasoning.answers.match import cover, suits
from reasoning.answers.names import Name
from reasoning.answers.question import Question, analyse
from reasoning.answers.similar import Similar
from reasoning.answers.view import FactView
from reasoning.answers.words import fold, words
from reasoning.executing.found import Found, Level, Thing
from reasoning.executing.kin import kin_fit
from reasoning.executing.pages import Shelf
from reasoning.executing.same import bare_name, is_itself, same
from reasoning.executing.values import value_of

__all__ = ["asked_of", "look_up"]

_FACTS = 150
#: Facts that fit less are none; when none fits as well as the second, meanings are compared too.
_LEAST, _CLEAR = 0.12, 0.5
_PHRASES = 12
#: What is left of a country that is said of a person, not of a thing.
_OF_THINGS = 0.85


def look_up(
    ask: str,
    thing: Thing,
    relation: str,
    kind: str,
    *,
    view: FactView,
    shelf: Shelf,
    similar: Similar,
) -> list[Found]:
    """Return what facts of a thing answer, each with the fit of its words times its confidence.

    `relation` is a phrase in words, read in either direction; denied and hedged facts and those
    that lead back to the thing are left out. In a text about the thing a part of its name stands
    for it ("Cheney").
    """
    thing, facts = _facts(thing, view, shelf)
    if not facts:
        return []
    question, hint = asked_of(ask, thing, relation, kind)
    found = _fitting(question, hint, thing, facts, similar)
    if not any(each.score >= _CLEAR for each in found):
        meant = " ".join(w.text for w in question.content).lower()
        similar.learn([meant, *(fold(w.text) for w in question.content)], limit=4)
        phrases = sorted({fact_link(fact, {}, {}).meaning for fact in facts})
        similar.learn(phrases, limit=_PHRASES)
        found = _fitting(question, hint, thing, facts, similar)
    return found


def _facts(thing: Thing, view: FactView, shelf: Shelf) -> tuple[Thing, list[Fact]]:
    """Return the thing with those that a text about it calls by a part of its name, and all of
    their stated facts."""
    found = {f.id: f for f in view.facts_of([e.id for e in thing.entities], _FACTS)}
    pages = shelf.about(thing.name)[:1]
    own = {entity.id: entity for entity in thing.entities}
    parts = frozenset(bare_name(thing.name).split())
    for fact in view.facts_in([page.chunk.id for page in pages]) if pages else ():
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity) and parts.issuperset(bare_name(end.name).split()):
                own.setdefault(end.id, end)
        if {e.id for e in (fact.head, fact.tail) if isinstance(e, Entity)} & own.keys():
            found[fact.id] = fact
    stated = [found[id] for id in sorted(found) if found[id].is_asserted]
    return replace(thing, entities=tuple(own.values())), stated


def asked_of(ask: str, thing: Thing, relation: str, kind: str) -> tuple[Question, str]:
    """Return the question taken apart, with the relation's words as its only step, and the noun
    that it asks for."""
    text = ask if thing.name in ask else f"{relation or ask} of {thing.name}"
    start = text.index(thing.name)
    name = Name(start, start + len(thing.name), thing.name, thing.entities)
    question = analyse(text, [name])
    said = tuple(word for word in words(relation) if carries(word))
    slots = (said,) if said else (question.content,)
    hint = asked(words(text))[1]
    return replace(question, kind=kind, hint=hint, slots=slots), hint


def _fitting(
    question: Question, hint: str, thing: Thing, facts: Sequence[Fact], similar: Similar
) -> list[Found]:
    found = []
    slot = question.content
    for fact, source, target in _steps(facts, thing):
        value = _as_asked(target.value, question.kind)
        if value is None or same(value, thing.entity):
            continue
        if isinstance(value, Entity) and is_itself(thing.name, value.name):
            continue
        link = fact_link(fact, {}, {})
        said = cover(question, slot, link, source, target, similar)
        end = replace(target, value=value)
        score = said * suits(question.kind, hint, end) * fact.confidence
        if fact.relation == "COUNTRY" and fact.head.type == "Person":
            score *= _OF_THINGS
        score = round(score * kin_fit(" ".join(w.text for w in slot), end.name), 4)
        if score >= _LEAST:
            found.append(Found(value, fact, score, Level.FUZZY))
    return sorted(found, key=lambda each: (-each.score, each.fact.id))


def _steps(facts: Iterable[Fact], thing: Thing) -> Iterable[tuple[Fact, End, End]]:
    """Yield each fact with the end that is the thing and another one."""
    ids = {entity.id for entity in thing.entities}
    for fact in facts:
        ends = fact_link(fact, {}, {}).ends
        for source in ends:
            if isinstance(source.value, Entity) and source.value.id in ids:
                for target in ends:
                    if target.key not in ids:
                        yield fact, source, target


def _as_asked(value: Entity | Literal, kind: str) -> Entity | Literal | None:
    """Return the value as one of the kind, None where it is none: a text that holds a date is that
    date, and true or false answers nothing that asks for a thing."""
    if isinstance(value, Literal) and value.datatype == "boolean" and kind != "yesno":
        return None
    if kind == "date" and not (isinstance(value, Literal) and is_date(value)):
        text = value.text or str(value.value) if isinstance(value, Literal) else ""
        return value_of(text, "date") if text else None
    return value
