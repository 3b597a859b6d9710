"""Texts that tell the facts of a world, with the exact place of every name and every fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from extractors.chunks import split
from extractors.worlds.cast import Cast, Figure
from extractors.worlds.names import Split
from extractors.worlds.templates import ASIDES, DENIED, HEDGED, JOINT, LISTED, TEMPLATES, WOVEN
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Fact, Literal, Mention, Modality, Polarity

__all__ = ["Page", "write"]

_SLOT = re.compile(r"\{(H's|H|h|B|T|U|L)\}")
#: How often a later mention is a pronoun, or the shorter name.
_PRONOUN, _SHORT = 0.4, 0.5
#: How often two facts share a sentence where they can.
_JOINED = 0.4
_WOVEN = 0.35
_FOLDERS = {
    "Person": "people",
    "Company": "companies",
    "University": "universities",
    "City": "cities",
    "Book": "books",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its mentions, and with what each fact rests on in it, by fact id."""

    document: Document
    mentions: tuple[Mention, ...]
    evidence: tuple[tuple[Fact, TextEvidence], ...]

    @classmethod
    def of(
        cls,
        document: Document,
        names: Iterable[tuple[int, int, Entity, str]],
        told: Iterable[tuple[int, int, Fact]],
    ) -> Page:
        """Return the page of a document: `names` are [start, end), entity and kind of its mentions,
        `told` [start, end) of the facts that it says, each within one chunk."""
        chunks = split(document)

        def around(start: int, end: int) -> str:
            return next(c.id for c in chunks if c.start <= start and end <= c.end)

        mentions = tuple(
            Mention(document.id, around(a, b), a, b, document.text[a:b], entity, kind=kind)
            for a, b, entity, kind in names
        )
        evidence = tuple(
            (fact, TextEvidence(document.id, around(a, b), a, b, "world")) for a, b, fact in told
        )
        return cls(document, mentions, evidence)


def write(cast: Cast, rng: Random, split: Split) -> list[Page]:
    """Return a page on each figure, and one of a second source for each contradiction."""
    pages = []
    shared: dict[tuple[str, str], list[Fact]] = {}
    for person in cast.figures.get("Person", []):
        for fact in cast.about(person):
            if fact.relation in LISTED and fact.is_asserted and isinstance(fact.tail, Entity):
                shared.setdefault((fact.relation, fact.tail.id), []).append(fact)
    for kind, folder in _FOLDERS.items():
        for n, figure in enumerate(cast.figures.get(kind, [])):
            draft = _Draft(cast, shared, rng, split)
            draft.tell_all(figure)
            pages.append(draft.page(f"{folder}/{n:03d}.txt", figure.entity.name))
    figures = {figure.entity.id: figure for figure in cast.figures.get("Person", [])}
    for n, (_, wrong) in enumerate(cast.conflicts):
        draft = _Draft(cast, shared, rng, split)
        draft.tell(figures[wrong.head.id], [wrong])
        pages.append(draft.page(f"registers/{n:03d}.txt", ""))
    return pages


@dataclass(slots=True)
class _Draft:
    """A page while it is written."""

    cast: Cast
    shared: Mapping[tuple[str, str], list[Fact]]
    rng: Random
    split: Split
    text: str = ""
    names: list[tuple[int, int, Entity, str]] = field(default_factory=list)
    told: list[tuple[int, int, Fact]] = field(default_factory=list)
    topic: str = ""

    def tell_all(self, figure: Figure) -> None:
        """Write a sentence or more on each fact about a figure, in any order."""
        facts = list(self.cast.about(figure))
        self.rng.shuffle(facts)
        while facts:
            facts = self._next(figure, facts)
        self._list(figure)

    def _next(self, figure: Figure, facts: list[Fact]) -> list[Fact]:
        """Tell the first fact, alone or with another, and return those that are left."""
        first, rest = facts[0], facts[1:]
        for pair in JOINT:
            if first.is_asserted and first.relation in pair and self.rng.random() < _JOINED:
                both = [f for name in pair for f in facts if f.relation == name and f.is_asserted]
                if len({f.relation for f in both}) == len(both) == len(pair):
                    self.tell(figure, both)
                    return [f for f in facts if f not in both]
        if rest and self.rng.random() < _WOVEN and self._weave(figure, first, rest[0]):
            return rest[1:]
        self.tell(figure, [first])
        return rest

    def _weave(self, figure: Figure, one: Fact, two: Fact) -> bool:
        """Tell two facts in one sentence if both can be told by what follows their subject."""
        first = self._predicate(one, "T")
        if first and two.relation == "KNOWS" and two.is_asserted:
            template = self.rng.choice(ASIDES[self.split])
            slots = {"T": two.tail, "U": one.tail}
            first = first.replace("{T}", "{U}")
            self._sentence(template.replace("{1}", first), figure, slots, [one, two])
            return True
        other = self.rng.choice(self.cast.figures["Person"])
        kind = "same"
        if one.head.type == "Person" and other.entity.name != one.head.name:
            theirs = [fact for fact in self.cast.about(other) if fact.is_asserted]
            if theirs and self.rng.random() < 0.5:
                kind, beside = "other", self.rng.choice(theirs)
        second = self._predicate(two if kind == "same" else beside, "U")
        if not first or not second:
            return False
        template = self.rng.choice(WOVEN[kind][self.split])
        template = template.replace("{1}", first).replace("{2}", second)
        told = two if kind == "same" else beside
        self._sentence(template, figure, {"T": one.tail, "U": told.tail}, [one, told], other)
        if kind == "other":
            self.tell(figure, [two])
        return True

    def _predicate(self, fact: Fact, slot: str) -> str:
        """Return what follows the subject in some sentence on a fact, empty where none does."""
        if not fact.is_asserted:
            return ""
        known = [t for t in TEMPLATES[fact.relation][self.split] if t.startswith("{H} ")]
        return self.rng.choice(known)[4:-1].replace("{T}", f"{{{slot}}}") if known else ""

    def tell(self, figure: Figure, facts: Sequence[Fact]) -> None:
        """Write one sentence that tells one fact, or two of a joint template."""
        if len(facts) == 2:
            choice = JOINT[facts[0].relation, facts[1].relation]
        elif facts[0].polarity is Polarity.NEGATIVE:
            choice = DENIED[facts[0].relation]
        elif facts[0].modality is Modality.HEDGED:
            choice = HEDGED[facts[0].relation]
        else:
            choice = TEMPLATES[facts[0].relation]
        slots = dict(zip("TU", (fact.tail for fact in facts), strict=False))
        self._sentence(self.rng.choice(choice[self.split]), figure, slots, facts)

    def _list(self, figure: Figure) -> None:
        """Name several people of whom the same is true, on the page of what they share."""
        for relation, templates in LISTED.items():
            facts = self.shared.get((relation, figure.entity.id), [])
            if len(facts) >= 2:
                chosen = self.rng.sample(facts, k=min(3, len(facts)))
                template = self.rng.choice(templates[self.split])
                self._sentence(template, figure, {"T": figure.entity}, chosen)

    def _sentence(
        self,
        template: str,
        figure: Figure,
        slots: dict[str, Entity | Literal],
        facts: Sequence[Fact],
        other: Figure | None = None,
    ) -> None:
        if self.text:
            self.text += " "
        start, last = len(self.text), 0
        for match in _SLOT.finditer(template):
            self.text += template[last : match.start()]
            last = match.end()
            slot = match[1]
            if slot in ("H", "H's"):
                self._refer(figure, genitive=slot == "H's")
            elif slot == "h":
                self._name(figure.entity, figure.entity.name)
            elif slot == "B" and other is not None:
                self._name(other.entity, other.entity.name)
            elif slot == "L":
                self._enumerate(fact.head for fact in facts)
            else:
                self._value(slots[slot])
        self.text += template[last:]
        # After a sentence on two people, "she" could be either.
        self.topic = figure.entity.id if "{B}" not in template else ""
        self.told += [(start, len(self.text), fact) for fact in facts]

    def _refer(self, figure: Figure, *, genitive: bool) -> None:
        entity = figure.entity
        if self.topic == entity.id and self.rng.random() < _PRONOUN:
            word = figure.genitive if genitive else figure.subject
            word = word if self.text[-2:] in ("", ". ") else word.lower()
            self._name(entity, word, "pronoun")
            return
        short = self.topic == entity.id and self.rng.random() < _SHORT
        self._name(entity, figure.short if short else entity.name)
        self.text += "'s" if genitive else ""

    def _enumerate(self, entities: Iterable[Entity]) -> None:
        members = list(entities)
        for i, entity in enumerate(members):
            if i:
                self.text += " and " if i == len(members) - 1 else ", "
            self._name(entity, entity.name)

    def _name(self, entity: Entity, words: str, kind: str = "name") -> None:
        self.names.append((len(self.text), len(self.text) + len(words), entity, kind))
        self.text += words

    def _value(self, value: Entity | Literal) -> None:
        if isinstance(value, Entity):
            self._name(value, value.name)
        else:
            self.text += self._shown(value)

    def _shown(self, literal: Literal) -> str:
        value = literal.value
        if isinstance(value, date):
            day, month, year = value.day, value.strftime("%B"), value.year
            return self.rng.choice([f"{day} {month} {year}", f"{month} {day}, {year}"])
        if literal.datatype == "integer":
            count = int(str(value))
            return f"{count / 10**6:g} million" if count >= 10**6 else f"{count:,}"
        return str(value)

    def page(self, uri: str, title: str) -> Page:
        """Return what was written as a document."""
        return Page.of(Document(uri, self.text, title), self.names, self.told)
