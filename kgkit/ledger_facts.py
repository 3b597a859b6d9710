"""The facts of a ledger as programs and rules read them (`reasoning.logic.FactSource`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kgkit.view import LedgerView
from stores.property_graph.naming import relationship_type

if TYPE_CHECKING:
    from kgkit.facts import Entity, Fact
    from reasoning.logic import Vocabulary
    from stores.ledger import Ledger

__all__ = ["LedgerFacts"]

#: How many facts are kept, so as not to read them again.
_KEPT = 200_000


class LedgerFacts:
    """Facts as the graph shows them: merged, renamed, and without what was rejected.

    What was read is kept until the ledger changes, so that a later step or round reads only what
    is new to it; several threads may ask at once. `view` is where names are looked up at first;
    without one they are read here.
    """

    def __init__(self, ledger: Ledger, view: LedgerView | None = None) -> None:
        self._ledger = ledger
        self._view = view or LedgerView(ledger)
        self._known: dict[str, Fact] = {}
        self._entities: dict[str, Entity] = {}
        self._about: dict[str, tuple[tuple[str, str], ...]] = {}
        self._related: dict[tuple[tuple[str, ...] | None, bool], list[str]] = {}
        self._vocabulary: Vocabulary | None = None
        self._read_at = ledger.sequence()
        self._spelt = _spellings(ledger)

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any, the most mentioned first."""
        self._refresh()
        return self._view.named(names)

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> list[Fact]:
        """Return the facts of these relations, or all, with any of these entities as an end."""
        self._refresh()
        ends = {id: pairs for id in entity_ids if (pairs := self._about.get(id)) is not None}
        missing: dict[str, set[tuple[str, str]]] = {
            id: set() for id in entity_ids if id not in ends
        }
        for entity, fact, relation in self._ledger.fact_ends(sorted(missing)):
            missing[entity].add((fact, relation))
        read = {id: tuple(sorted(pairs)) for id, pairs in missing.items()}
        self._about.update(read)
        ends.update(read)
        wanted = None if relations is None else frozenset(self._recorded(relations))
        found = (
            fact
            for id in entity_ids
            for fact, relation in ends[id]
            if wanted is None or relation in wanted
        )
        return self._facts(found, relations)

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> list[Fact]:
        """Return the facts of these relations, as `relationship_type` writes them, or all; with
        `values` only those whose tail is a value."""
        self._refresh()
        recorded = None if relations is None else self._recorded(relations)
        key = recorded, values
        ids = self._related.get(key)
        if ids is None:
            ids = self._related[key] = self._ledger.fact_ids(recorded, values=values)
        return self._facts(ids, relations)

    @property
    def vocabulary(self) -> Vocabulary:
        """The types and relations of the graph, and how many facts there are of each pattern."""
        from reasoning.logic import Vocabulary

        self._refresh()
        if self._vocabulary is None:
            self._vocabulary = Vocabulary.of_counts(self._ledger.patterns())
        return self._vocabulary

    def _recorded(self, relations: Sequence[str]) -> tuple[str, ...]:
        """Return what is recorded as relations that may be shown as these."""
        return tuple(sorted({name for each in relations for name in self._spelt.get(each, ())}))

    def _facts(self, ids: Iterable[str], relations: Sequence[str] | None = None) -> list[Fact]:
        wanted = sorted(set(ids))
        known = {id: fact for id in wanted if (fact := self._known.get(id)) is not None}
        missing = [id for id in wanted if id not in known]
        read = {fact.id: fact for fact in self._ledger.facts(ids=missing, known=self._entities)}
        if len(self._known) + len(read) > _KEPT:
            self._known = {}
        self._known.update(read)
        known.update(read)
        found = [known[id] for id in wanted if id in known]
        if relations is None:
            return found
        names = frozenset(relations)
        return [fact for fact in found if relationship_type(fact.relation) in names]

    def _refresh(self) -> None:
        """Forget what was read before the last change of the ledger."""
        sequence = self._ledger.sequence()
        if sequence == self._read_at:
            return
        self._read_at = sequence
        self._view = LedgerView(self._ledger)
        # New ones, as another thread may be reading into the old.
        self._known, self._entities, self._about, self._related = {}, {}, {}, {}
        self._vocabulary = None
        self._spelt = _spellings(self._ledger)


def _spellings(ledger: Ledger) -> dict[str, list[str]]:
    """Return what is recorded as relations that are shown as edges of each type."""
    found: dict[str, list[str]] = defaultdict(list)
    for recorded, names in ledger.relations().items():
        for name in names:
            found[relationship_type(name)].append(recorded)
    return found
