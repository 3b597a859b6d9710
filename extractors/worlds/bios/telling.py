"""Biographies as texts, with the place of every name and of every fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from extractors.worlds.bios.wording import WORDINGS
from extractors.worlds.names import Split
from extractors.worlds.writing import Page
from kgkit.facts import Document, Entity, Fact, Literal

__all__ = ["Manner", "said", "tell", "tell_fact"]

_SLOT = re.compile(r"\{(H's|h's|H|h|T)\}")
#: Sentences that tell nothing.
_ASIDES = (
    "Little else is known.",
    "The records of that time are incomplete.",
    "{h} kept a diary that was lost.",
    "Several letters of {h} were sold at an auction.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a biography is told: which sentences may be used; whether the order of the facts is
    drawn anew; with which probability a later sentence says "she" or "he", or an alias, for the
    name, and something beside the point is said after a sentence."""

    split: Split = "train"
    shuffled: bool = False
    pronouns: float = 0.8
    aliases: float = 0.0
    asides: float = 0.0


def said(value: Entity | Literal) -> str:
    """Return a value as texts of this world say it.

    >>> said(Literal(date(1903, 5, 7), "date"))
    '7 May 1903'
    """
    if isinstance(value, Entity):
        return value.name
    if isinstance(value.value, date):
        return f"{value.value.day} {value.value.strftime('%B %Y')}"
    return str(value.value)


def tell(uri: str, facts: Sequence[Fact], rng: Random, manner: Manner) -> Page:
    """Return a page that tells these facts, all of one head, a sentence each.

    The order is the one given unless `manner` shuffles it. The text begins with the name, as in
    bioS, so that what a model gives to names can be read off its first token.
    """
    order = list(facts)
    if manner.shuffled:
        rng.shuffle(order)
    gender = next((said(f.tail) for f in facts if f.relation == "GENDER"), "")
    draft = _Draft(rng, manner, {"woman": "she", "man": "he"}.get(gender, ""))
    for fact in order:
        forms = WORDINGS[fact.relation].told[manner.split]
        leading = [form for form in forms if form.startswith(("{H", "{h"))] or forms
        draft.sentence(rng.choice(forms if draft.text else leading), fact.head, fact)
        if fact.head.type == "Person" and rng.random() < manner.asides:
            draft.sentence(rng.choice(_ASIDES), fact.head, None)
    return draft.page(uri, facts[0].head.name if facts else "")


def tell_fact(fact: Fact, template: str) -> tuple[str, int, int]:
    """Return a sentence of a template on a fact, and the [start, end) of the tail in it.

    >>> ada, rome = Entity.named("Ada", "Person"), Entity.named("Rome", "City")
    >>> tell_fact(Fact(ada, "BORN_IN", rome), "{H's} birthplace is {T}.")
    ("Ada's birthplace is Rome.", 20, 24)
    """
    draft = _Draft(Random(0), Manner(pronouns=0.0), "")
    draft.sentence(template, fact.head, fact)
    start, end = draft.tail
    return draft.text, start, end


@dataclass(slots=True)
class _Draft:
    """A page while it is written."""

    rng: Random
    manner: Manner
    pronoun: str
    text: str = ""
    names: list[tuple[int, int, Entity, str]] = field(default_factory=list)
    told: list[tuple[int, int, Fact]] = field(default_factory=list)
    tail: tuple[int, int] = (0, 0)

    def sentence(self, template: str, head: Entity, fact: Fact | None) -> None:
        """Add a sentence on a head and, where it is one, a fact."""
        first = not self.text
        self.text += "" if first else " "
        start, last = len(self.text), 0
        for slot in _SLOT.finditer(template):
            self.text += template[last : slot.start()]
            last = slot.end()
            if slot[1] == "T":
                assert fact is not None
                self._tail(fact.tail)
            else:
                self._head(head, slot[1], first, len(self.text) == start)
        self.text += template[last:]
        if fact is not None:
            self.told.append((start, len(self.text), fact))

    def _tail(self, tail: Entity | Literal) -> None:
        words = said(tail)
        self.tail = (len(self.text), len(self.text) + len(words))
        if isinstance(tail, Entity):
            self.names.append((*self.tail, tail, "name"))
        self.text += words

    def _head(self, head: Entity, slot: str, first: bool, leads: bool) -> None:
        genitive = slot.endswith("'s")
        free = slot.startswith("H") and not first and bool(self.pronoun)
        if free and self.rng.random() < self.manner.pronouns:
            word = ("her" if self.pronoun == "she" else "his") if genitive else self.pronoun
            self._name(head, word.capitalize() if leads else word, "pronoun")
            return
        short = not first and head.aliases and self.rng.random() < self.manner.aliases
        self._name(head, head.aliases[0] if short else head.name, "name")
        self.text += "'s" if genitive else ""

    def _name(self, entity: Entity, words: str, kind: str) -> None:
        self.names.append((len(self.text), len(self.text) + len(words), entity, kind))
        self.text += words

    def page(self, uri: str, title: str) -> Page:
        """Return what was written as a document."""
        return Page.of(Document(uri, self.text, title), self.names, self.told)
