"""What was named in a dialogue so far, for words such as "she" and "that film" to stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mini.coreference.given_names import FEMALE, MALE
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity
from kgkit.ids import normalise_name
from reasoning.answers.kinds import asked, kind_of
from reasoning.answers.names import link
from reasoning.answers.view import FactView
from reasoning.answers.words import fold, listed, words
from reasoning.planning.plan import Turn

__all__ = ["Referent", "is_person_noun", "kind_of_entity", "read_beside", "referents"]

#: Nouns that ask for a man, and for a woman.
_HIS = listed("husband father son brother uncle nephew grandfather grandson king prince actor man")
_HER = listed(
    "wife mother daughter sister aunt niece grandmother granddaughter queen princess actress woman"
)
_PRONOUNS = {"he": -1, "him": -1, "his": -1, "she": 1, "her": 1, "hers": 1}
_KINDS = {
    "person": "person human people",
    "place": "location place city country town village state region river continent capital "
    "island gpe mountain geopoliticalentity",
    "organization": "organization organisation company institution university band team club party",
}
_KIND_OF = {word: kind for kind, listed in _KINDS.items() for word in listed.split()}
_PARTS = re.compile(r"\s*(?:,\s*and\b|,|;|\band\b)\s*")
#: What somebody was asked for as: "the teacher of", "Chadwick's teacher?".
_ROLE = re.compile(r"\bthe\s+(?:\w+\s+)??(\w+)\s+of\b|[’']s\s+(\w+)\s*\?*$", re.IGNORECASE)
_DOER = re.compile(r"(?:er|or|ist|ian)$")
_NO_DOERS = listed("number order letter river other paper weather water matter color power tower")
_FACTS = 20
#: Words of an answer that may be a name.
_LONGEST_NAME = 7


@dataclass(frozen=True, slots=True)
class Referent:
    """Something that was named: its words, its kind (person, place, organization, thing, date,
    number or any) and the noun it was asked for by ("film").

    `gender` is 1 for "she", -1 for "he", 0 where nothing tells; `turn` counts from 0; `answered`
    tells an answer from a name in a question, and `group` an answer of several.
    """

    text: str
    kind: str
    noun: str = ""
    gender: int = 0
    turn: int = 0
    answered: bool = False
    group: bool = False


def referents(turn: Turn, number: int, facts: FactView) -> list[Referent]:
    """Return what a turn named: the answer, what was met on the way to it, then the names of its
    question in order."""
    kind, noun = asked(words(turn.question))
    found: list[Referent] = []
    if turn.answer and kind in ("date", "number"):
        found.append(Referent(turn.answer, kind, noun, 0, number, True))
    elif turn.answer and kind != "yesno":
        role = _ROLE.search(turn.question)
        noun = noun or (fold(role[1] or role[2]) if role else "")
        found += _answered(turn, kind, noun, number, facts)
    names, strangers = link(turn.question, facts)
    known = {normalise_name(r.text) for r in found}
    known |= {normalise_name(n.text) for n in names}
    for entity in turn.entities:
        own = kind_of_entity(entity)
        if not known & {normalise_name(form) for form in (entity.name, *entity.aliases)}:
            gender = _gender(entity.name, entity, facts) if own == "person" else 0
            found.append(Referent(entity.name, own, "", gender, number))
    for name in sorted([*names, *strangers], key=lambda name: name.start):
        before = words(turn.question[: name.start])
        said = fold(before[-1].text) if before else ""
        bearer = name.entities[0] if name.entities else None
        own = kind_of_entity(bearer) if bearer else "any"
        gender = _gender(name.text, bearer, facts) if own in ("person", "any") else 0
        found.append(Referent(name.text, own, said, gender, number))
    return found


def read_beside(
    quotes: Sequence[str], known: Sequence[Referent], number: int, facts: FactView
) -> list[Referent]:
    """Return who and what cited sentences name besides; the last to be thought of."""
    told = {normalise_name(referent.text) for referent in known}
    found: list[Referent] = []
    for quote in dict.fromkeys(quotes):
        for name in link(quote, facts)[0]:
            entity = name.entities[0]
            names = {normalise_name(form) for form in (name.text, entity.name, *entity.aliases)}
            if name.text[:1].isupper() and not names & told:
                told |= names
                own = kind_of_entity(entity)
                gender = _gender(entity.name, entity, facts) if own == "person" else 0
                found.append(Referent(entity.name, own, "", gender, number))
    return found


def kind_of_entity(entity: Entity) -> str:
    """Return what kind of thing an entity is: person, place, organization or thing.

    >>> kind_of_entity(Entity.named("Paris", "Location"))
    'place'
    """
    return _KIND_OF.get(fold(entity.type).replace(" ", ""), "thing")


def is_person_noun(noun: str) -> bool:
    """Return whether a noun stands for somebody: "teacher", "aunt".

    >>> is_person_noun("teachers"), is_person_noun("aunt"), is_person_noun("river")
    (True, True, False)
    """
    plain = fold(noun)
    single = plain.removesuffix("s")
    if kind_of(plain) or kind_of(single):
        return "person" in (kind_of(plain), kind_of(single))
    return bool(_DOER.search(single)) and single not in _NO_DOERS


def _answered(turn: Turn, kind: str, noun: str, number: int, facts: FactView) -> list[Referent]:
    """Return what an answer names: the whole, and each part of a list."""
    answer = re.sub(r"^\d+:\s*", "", turn.answer).removeprefix("reportedly ")
    parts = [part for part in _PARTS.split(answer) if part]
    known = facts.named([answer, *parts])
    given = {entity.name: entity for entity in turn.entities}
    several = len(parts) > 1 and answer not in known
    role = _role(turn.question)

    def made(text: str, group: bool = False) -> Referent:
        bearers = known.get(text, ())
        entity = given.get(text) or (bearers[0] if bearers else None)
        own = kind_of_entity(entity) if entity else kind
        if entity is not None and own == "thing" and kind in ("person", "place", "organization"):
            own = kind  # a type that says little
        gender = (role or _gender(text, entity, facts)) if own in ("person", "any") else 0
        return Referent(text, own, noun, 0 if group else gender, number, True, group)

    if several:
        return [made(answer, group=True), *map(made, parts)]
    most = _LONGEST_NAME // 2 if answer.endswith(".") else _LONGEST_NAME
    if answer not in known and len(words(answer)) > most:
        return []  # a whole sentence
    return [made(answer)]


def _role(question: str) -> int:
    """Return the gender of whoever a question asks for: "Who was the mother of ...?"."""
    said = [fold(word.text) for word in words(question)]
    told = [1 if word in _HER else -1 for word in said if word in _HER | _HIS]
    return told[0] if len(told) == 1 else 0


def _gender(name: str, entity: Entity | None, facts: FactView) -> int:
    """Return 1 for "she", -1 for "he": by the pronouns that texts use, else by the given name."""
    if entity is not None:
        told = _pronouns(entity, facts)
        if told:
            return 1 if told > 0 else -1
    first = next((fold(word.text) for word in words(name)), "")
    return (first in FEMALE) - (first in MALE)


def _pronouns(entity: Entity, facts: FactView) -> int:
    chunks = sorted(
        {
            piece.chunk_id
            for fact in facts.facts_of([entity.id], _FACTS)
            for piece in fact.evidence
            if isinstance(piece, TextEvidence)
        }
    )
    own = [m for m in facts.mentions_in(chunks[:_FACTS]) if m.entity.id == entity.id]
    return sum(_PRONOUNS.get(fold(m.text), 0) for m in own)
