"""Which of the facts that an extractor finds in a world's document are true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.base import Extraction
from extractors.worlds.relations import RELATIONS
from extractors.worlds.world import World
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Fact, Literal
from kgkit.ids import normalise_name

__all__ = ["Judgement", "judge"]

#: The agent of a passive is who does it, wherever it stands.
_AGENT = re.compile(r"\b(?:is|was|are|were)\s(?:not\s)?\w+(?:ed|en)\sby\s")

_End = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A fact, the score of one piece of its evidence, and the facts of the world that it states
    rightly: none, or one (the same with another head, where two people share a name)."""

    fact: Fact
    score: float
    states: tuple[Fact, ...]

    @property
    def right(self) -> bool:
        """Whether the sentence says so."""
        return bool(self.states)


def judge(world: World, document: Document, found: Extraction) -> Iterator[Judgement]:
    """Yield a judgement on every fact found in a document that the world can decide.

    A fact is right where one that the world tells in the same sentence joins the same two ends,
    is as affirmed or denied and as sure, and runs from the end that the sentence makes its
    subject; what the relation is called is open, and where it is called as the world does, the
    direction is the world's. Facts with an end that no document of the world
    could name, such as the concept "engineer", are left out.
    """
    told = [(e, fact) for fact in world.told_in(document).facts for e in _texts(fact)]
    known = {normalise_name(name) for e in world.entities for name in (e.name, *e.aliases)}
    for fact in found.facts:
        ends = _end(fact.head), _end(fact.tail)
        if any(
            _is_concept(end) and name not in known
            for end, (_, name) in zip((fact.head, fact.tail), ends, strict=True)
        ):
            continue
        for evidence in _texts(fact):
            here = [gold for e, gold in told if e.start < evidence.end and evidence.start < e.end]
            spans = [e for e, _ in told if e.start < evidence.end and evidence.start < e.end]
            words = document.text[spans[0].start : spans[0].end] if spans else ""
            stated = tuple(gold for gold in here if _states(words, fact, gold))
            yield Judgement(fact, evidence.score, stated)


def _states(sentence: str, fact: Fact, gold: Fact) -> bool:
    if (gold.polarity, gold.modality) != (fact.polarity, fact.modality):
        return False
    symmetric = RELATIONS[gold.relation].symmetric
    if fact.relation == gold.relation and _same(gold.head, fact.head):
        return _same(gold.tail, fact.tail)
    if _same(gold.head, fact.head) and _same(gold.tail, fact.tail):
        return symmetric or isinstance(gold.tail, Literal) or _leads(sentence, gold.head, gold.tail)
    if not isinstance(gold.tail, Entity) or not isinstance(fact.tail, Entity):
        return False
    turned = _same(gold.tail, fact.head) and _same(gold.head, fact.tail)
    return turned and (symmetric or _leads(sentence, gold.tail, gold.head))


def _leads(sentence: str, head: Entity, tail: Entity) -> bool:
    """Whether the sentence makes `head` the subject of what it says of both."""
    agent = _AGENT.search(sentence)
    first = _place(sentence, head) <= _place(sentence, tail)
    if agent is None:
        return first
    return not first if _place(sentence, tail if first else head) >= agent.end() else first


def _place(sentence: str, entity: Entity) -> int:
    places = [sentence.find(name) for name in (entity.name, *entity.aliases)]
    # A pronoun stands at the beginning.
    return min((p for p in places if p >= 0), default=0)


def _same(gold: Entity | Literal, found: Entity | Literal) -> bool:
    if isinstance(gold, Literal) or isinstance(found, Literal):
        return _end(gold) == _end(found)
    names = {_bare(name) for name in (gold.name, *gold.aliases)}
    return _bare(found.name) in names


def _bare(name: str) -> str:
    """Return a name as it is compared, without the article that begins a title."""
    return re.sub(r"^(?:the|an?) ", "", normalise_name(name))


def _end(value: Entity | Literal) -> _End:
    if isinstance(value, Entity):
        return "entity", normalise_name(value.name)
    shown = value.value.isoformat() if hasattr(value.value, "isoformat") else str(value.value)
    return "literal", shown


def _is_concept(value: Entity | Literal) -> bool:
    return isinstance(value, Entity) and value.type == "Concept"


def _texts(fact: Fact) -> list[TextEvidence]:
    return [e for e in fact.evidence if isinstance(e, TextEvidence)]
