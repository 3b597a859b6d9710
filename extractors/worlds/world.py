"""A synthetic world: what is true in it, and texts that say so."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from extractors.base import Extraction
from extractors.worlds.cast import Shares, cast_world
from extractors.worlds.names import Split
from extractors.worlds.questions import Question, ask_about
from extractors.worlds.writing import write
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Fact, Mention

__all__ = ["Question", "World"]


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """Facts of people and places that do not exist, and the documents that tell them.

    `facts` rest on the exact sentences of `documents` that say them; two that contradict each
    other, as two documents give two dates of birth, are both there and paired, by id, in
    `conflicts`. Denied and hedged facts have their polarity and modality. `mentions` says where
    each entity is named, by name or pronoun; people in `namesakes` share a name and nothing else.
    """

    seed: int
    templates: Split
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    documents: tuple[Document, ...]
    mentions: tuple[Mention, ...]
    questions: tuple[Question, ...]
    conflicts: tuple[tuple[str, str], ...]
    namesakes: tuple[tuple[str, str], ...]

    @classmethod
    def make(
        cls,
        seed: int = 0,
        *,
        people: int = 40,
        templates: Split = "train",
        namesakes: float = 0.05,
        contradictions: float = 0.1,
        denied: float = 0.1,
        hedged: float = 0.1,
    ) -> World:
        """Return the world of this seed, the same on every machine.

        `templates` chooses sentences and names to learn from ("train") or to measure on
        ("held_out"), which share none. The other arguments are shares of the people, from 0 to
        1. Raises `InputError` for fewer than 3 people, another split or another share.

        >>> world = World.make(7, people=6)
        >>> world == World.make(7, people=6), world.documents[0].uri
        (True, 'people/000.txt')
        """
        _check(people, templates, (namesakes, contradictions, denied, hedged))
        rng = Random(f"{seed}/{templates}/{people}")
        shares = Shares(namesakes, contradictions, denied, hedged)
        cast = cast_world(rng, seed, people, templates, shares)
        pages = write(cast, rng, templates)
        said: dict[str, tuple[Fact, list[TextEvidence]]] = {}
        for page in pages:
            for fact, evidence in page.evidence:
                said.setdefault(fact.id, (fact, []))[1].append(evidence)
        facts = tuple(said[id][0].with_evidence(*said[id][1]) for id in sorted(said))
        entities = [f.entity for figures in cast.figures.values() for f in figures]
        doubtful = {one.name for one, _ in cast.namesakes}
        doubtful |= {f"{true.head.name}|{true.relation}" for true, _ in cast.conflicts}
        return cls(
            seed,
            templates,
            tuple(sorted(entities, key=lambda entity: entity.id)),
            facts,
            tuple(page.document for page in pages),
            tuple(mention for page in pages for mention in page.mentions),
            tuple(ask_about(facts, frozenset(doubtful))),
            tuple((true.id, wrong.id) for true, wrong in cast.conflicts),
            tuple((one.id, other.id) for one, other in cast.namesakes),
        )

    def told_in(self, document: Document) -> Extraction:
        """Return what a perfect extractor would find in a document: its mentions and facts."""
        facts = []
        for fact in self.facts:
            own = [e for e in fact.evidence if _document(e) == document.id]
            if own:
                facts.append(fact.with_evidence(*own))
        mentions = tuple(m for m in self.mentions if m.document_id == document.id)
        return Extraction(mentions, tuple(facts))

    def __repr__(self) -> str:
        return (
            f"<World {self.seed}, {self.templates}: {len(self.entities)} entities, "
            f"{len(self.facts)} facts, {len(self.documents)} documents>"
        )


def _document(evidence: object) -> str:
    return evidence.document_id if isinstance(evidence, TextEvidence) else ""


def _check(people: int, templates: str, shares: tuple[float, ...]) -> None:
    if people < 3:
        raise InputError(f"people={people} is too few for a world; give 3 or more.")
    if templates not in ("train", "held_out"):
        raise InputError(f"templates={templates!r} is no split; give 'train' or 'held_out'.")
    for share in shares:
        if not 0.0 <= share <= 1.0:
            raise InputError(f"{share} is no share of the people; give one from 0 to 1.")
