"""The entities of each document, merged and typed as the graph has them, the weightiest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from extractors.entigraph.view import GraphView
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact

__all__ = ["Entry", "Inventory", "inventory"]

#: The weight of a fact of the document beside that of a mention.
_FACT = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity of a document: under its own name and the aliases that the document uses.

    `salience` is its share, 0 to 1, of the document's mentions and facts, a fact counting twice.
    """

    entity: Entity
    aliases: tuple[str, ...]
    mentions: int
    salience: float


@dataclass(frozen=True, slots=True)
class Inventory:
    """The entities of one document, by falling salience."""

    document: str
    entries: tuple[Entry, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entities."""
        return tuple(entry.entity.id for entry in self.entries)


def inventory(view: GraphView, *, most: int = 40) -> list[Inventory]:
    """Return the inventory of every document with a mention or fact, by document id.

    Mentions of one entity under several names are one entry, since the graph has merged them.
    At most the `most` weightiest entities are kept: pairs grow with the square of their number.
    """
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in view.facts:
        if not fact.is_asserted:
            continue
        sources = {e.document_id for e in fact.evidence if isinstance(e, TextEvidence)}
        for document in sources:
            facts[document].append(fact)
    names: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    entities: dict[str, Entity] = {}
    for mention in view.mentions:
        entities[mention.entity.id] = mention.entity
        shown = " ".join(mention.text.split()) if mention.kind == "name" else ""
        names[mention.document_id][mention.entity.id][shown] += 1
    for fact in view.facts:  # the graph's own form of an entity goes before a mention's
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity):
                entities[end.id] = end
    return [
        _of(document, names.get(document, {}), facts.get(document, []), entities, most)
        for document in sorted({*names, *facts})
    ]


def _of(
    document: str,
    names: dict[str, Counter[str]],
    facts: list[Fact],
    entities: dict[str, Entity],
    most: int,
) -> Inventory:
    weight: Counter[str] = Counter()
    for id, shown in names.items():
        weight[id] += shown.total()
    for fact in facts:
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity):
                weight[end.id] += int(_FACT)
    total = weight.total() or 1
    ranked = sorted(weight, key=lambda id: (-weight[id], id))[:most]
    entries = []
    for id in ranked:
        entity, shown = entities[id], names.get(id, Counter())
        aliases = tuple(sorted({name for name in shown if name and name != entity.name}))
        salience = round(weight[id] / total, 4)
        entries.append(Entry(entity, aliases, shown.total(), salience))
    return Inventory(document, tuple(entries))
