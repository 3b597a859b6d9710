"""What answering reads of a ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kgkit.facts import Chunk, Document, Entity, Fact, Mention, Qualifier
from kgkit.ids import normalise_name

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["LedgerView"]


class LedgerView:
    """The reading side of a ledger (`reasoning.answers.FactView`) as it was at first use.

    Names are read once and kept; everything else is looked up when asked for.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def is_empty(self) -> bool:
        """Return whether the ledger holds no chunk and no fact."""
        counts = self._ledger.counts()
        return not counts["chunks"] and not counts["facts"]

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name that has any, the most mentioned first."""
        keys = {name: normalise_name(name) for name in names}
        known = {name: self._ids[key] for name, key in keys.items() if key in self._ids}
        wanted = {id for ids in known.values() for id in ids}
        entities = {entity.id: entity for entity in self._ledger.entities(ids=wanted)}
        return {
            name: tuple(entities[id] for id in ids if id in entities) for name, ids in known.items()
        }

    def similar_names(self, name: str, limit: int) -> Sequence[str]:
        """Return up to `limit` entity names that are spelt alike, the most alike first."""
        from rapidfuzz import fuzz, process

        key, names = normalise_name(name), self._sorted_names
        found = process.extract(key, names, scorer=fuzz.WRatio, limit=limit, score_cutoff=75)
        ids = [self._ids[key][0] for key, _, _ in found]
        shown = {entity.id: entity.name for entity in self._ledger.entities(ids=ids)}
        return list(dict.fromkeys(shown[id] for id in ids if id in shown))

    def facts_of(self, entity_ids: Sequence[str], limit: int) -> Sequence[Fact]:
        """Return the facts that bear on any of the entities, at most `limit` an entity."""
        wanted = set(entity_ids)
        by_entity: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._ledger.facts_about(entity_ids):
            for id in {end.id for end in _ends(fact)} & wanted:
                by_entity[id].append(fact)
        found: dict[str, Fact] = {}
        for facts in by_entity.values():
            best = sorted(facts, key=lambda fact: (-fact.confidence, fact.id))[:limit]
            found.update((fact.id, fact) for fact in best)
        return [found[id] for id in sorted(found)]

    def facts_in(self, chunk_ids: Sequence[str]) -> Sequence[Fact]:
        """Return the facts that these chunks are evidence of."""
        return list(self._ledger.facts_in(chunk_ids))

    def mentions_in(self, chunk_ids: Sequence[str]) -> Sequence[Mention]:
        """Return the mentions of these chunks in order of their text."""
        found = self._ledger.mentions(chunk_ids=chunk_ids)
        return sorted(found, key=lambda m: (m.document_id, m.start, m.end, m.entity.id))

    def chunks(self, chunk_ids: Sequence[str]) -> Mapping[str, Chunk]:
        """Return the chunks by id; ids that are not there are left out."""
        return {chunk.id: chunk for chunk in self._ledger.chunks(ids=chunk_ids)}

    def documents(self, document_ids: Sequence[str]) -> Mapping[str, Document]:
        """Return the documents by id; ids that are not there are left out."""
        return {document.id: document for document in self._ledger.documents(ids=document_ids)}

    @cached_property
    def _ids(self) -> Mapping[str, Sequence[str]]:
        """Entity ids by compared name, the most mentioned first."""
        uses: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for id, name, count in self._ledger.names():
            for form in dict.fromkeys((name, name.split(" (", 1)[0])):
                uses[normalise_name(form)][id] += count
        return {
            key: sorted(counts, key=lambda id: (-counts[id], id)) for key, counts in uses.items()
        }

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self._ids)


def _ends(fact: Fact) -> list[Entity]:
    values: list[object] = [fact.head, fact.tail, *(_value(q) for q in fact.qualifiers)]
    return [value for value in values if isinstance(value, Entity)]


def _value(qualifier: Qualifier) -> object:
    return qualifier.value
