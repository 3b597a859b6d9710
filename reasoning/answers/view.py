"""What answering needs to know of a graph, and a graph in memory that knows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from kgkit.ids import normalise_name

__all__ = ["FactView", "MemoryView", "Passage", "Scored"]


class Scored(Protocol):
    """A sentence of a hit: document characters [start, end) and its fit to the question."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""

    @property
    def score(self) -> float:
        """The fit, higher is better."""


class Passage(Protocol):
    """A retrieved chunk, best first among its fellows."""

    @property
    def chunk_id(self) -> str:
        """The id of the chunk."""

    @property
    def document_id(self) -> str:
        """The id of its document."""

    @property
    def score(self) -> float:
        """The fit of the whole chunk, higher is better."""


class FactView(Protocol):
    """The reading side of a ledger. Answers are sorted, so that equal graphs answer equally."""

    def is_empty(self) -> bool:
        """Return whether the graph holds no chunk and no fact."""

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name that has any.

        A name is compared by `kgkit.ids.normalise_name` with names, aliases and names without
        their bracket ("Alien" finds "Alien (film)"); the most mentioned entity comes first.
        """

    def similar_names(self, name: str, limit: int) -> Sequence[str]:
        """Return up to `limit` entity names that are spelt alike, the most alike first."""

    def facts_of(self, entity_ids: Sequence[str], limit: int) -> Sequence[Fact]:
        """Return the facts that bear on any of the entities, as head, tail or qualifier.

        At most `limit` an entity, the most confident first; denied and hedged ones too.
        """

    def facts_in(self, chunk_ids: Sequence[str]) -> Sequence[Fact]:
        """Return the facts with text evidence in any of the chunks."""

    def mentions_in(self, chunk_ids: Sequence[str]) -> Sequence[Mention]:
        """Return the mentions of these chunks in order of their text."""

    def chunks(self, chunk_ids: Sequence[str]) -> Mapping[str, Chunk]:
        """Return the chunks by id; ids that are not there are left out."""

    def documents(self, document_ids: Sequence[str]) -> Mapping[str, Document]:
        """Return the documents by id; ids that are not there are left out."""


class MemoryView:
    """A `FactView` over values held in memory: for tests, notebooks and small graphs."""

    def __init__(
        self,
        documents: Iterable[Document] = (),
        chunks: Iterable[Chunk] = (),
        mentions: Iterable[Mention] = (),
        facts: Iterable[Fact] = (),
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self._chunks = {chunk.id: chunk for chunk in chunks}
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self._of: dict[str, dict[str, Fact]] = defaultdict(dict)
        self._in: dict[str, dict[str, Fact]] = defaultdict(dict)
        entities: dict[str, Entity] = {}
        weight: dict[str, int] = defaultdict(int)
        for mention in mentions:
            self._mentions[mention.chunk_id].append(mention)
            entities[mention.entity.id] = mention.entity
            weight[mention.entity.id] += 1
        for fact in facts:
            for end in (fact.head, fact.tail, *(q.value for q in fact.qualifiers)):
                if isinstance(end, Entity):
                    entities.setdefault(end.id, end)
                    weight[end.id] += 1
                    self._of[end.id][fact.id] = fact
            for piece in fact.evidence:
                if isinstance(piece, TextEvidence):
                    self._in[piece.chunk_id][fact.id] = fact
        self._names: dict[str, list[Entity]] = defaultdict(list)
        for entity in sorted(entities.values(), key=lambda e: (-weight[e.id], e.id)):
            for key in sorted(
                {_key(n) for name in (entity.name, *entity.aliases) for n in _forms(name)}
            ):
                self._names[key].append(entity)

    def is_empty(self) -> bool:
        """Return whether the graph holds no chunk and no fact."""
        return not self._chunks and not self._of

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name that has any."""
        return {
            name: tuple(self._names[key]) for name in names if (key := _key(name)) in self._names
        }

    def similar_names(self, name: str, limit: int) -> Sequence[str]:
        """Return up to `limit` entity names that are spelt alike, the most alike first."""
        from rapidfuzz import fuzz, process

        found = process.extract(
            _key(name), sorted(self._names), scorer=fuzz.WRatio, limit=limit, score_cutoff=75
        )
        return [self._names[key][0].name for key, _, _ in found]

    def facts_of(self, entity_ids: Sequence[str], limit: int) -> Sequence[Fact]:
        """Return the facts that bear on any of the entities, at most `limit` an entity."""
        found: dict[str, Fact] = {}
        for entity_id in entity_ids:
            facts = self._of.get(entity_id, {})
            best = sorted(facts.items(), key=lambda item: (-item[1].confidence, item[0]))
            found.update(best[:limit])
        return [found[key] for key in sorted(found)]

    def facts_in(self, chunk_ids: Sequence[str]) -> Sequence[Fact]:
        """Return the facts with text evidence in any of the chunks."""
        found = {key: fact for c in chunk_ids for key, fact in self._in.get(c, {}).items()}
        return [found[key] for key in sorted(found)]

    def mentions_in(self, chunk_ids: Sequence[str]) -> Sequence[Mention]:
        """Return the mentions of these chunks in order of their text."""
        found = [m for chunk_id in chunk_ids for m in self._mentions.get(chunk_id, ())]
        return sorted(found, key=lambda m: (m.document_id, m.start, m.end, m.entity.id))

    def chunks(self, chunk_ids: Sequence[str]) -> Mapping[str, Chunk]:
        """Return the chunks by id."""
        return {key: self._chunks[key] for key in chunk_ids if key in self._chunks}

    def documents(self, document_ids: Sequence[str]) -> Mapping[str, Document]:
        """Return the documents by id."""
        return {key: self._documents[key] for key in document_ids if key in self._documents}


def _key(name: str) -> str:
    return normalise_name(name)


def _forms(name: str) -> tuple[str, ...]:
    bare = name.split(" (", 1)[0]
    return (name, bare) if bare and bare != name else (name,)
