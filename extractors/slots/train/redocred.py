"""Re-DocRED as slots: entities, what a schema wants to know of them, and what is annotated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.chunks import split
from extractors.mini.train.data import SPAN_TYPES
from extractors.mini.train.relations_judging import Annotated, annotated
from kgkit.facts import Chunk, Entity, Fact, Mention
from kgkit.ids import normalise_name

__all__ = ["SLOTS", "AnnotatedSlots", "annotated_slots"]

#: Patterns that documents are asked for, each with the property that the set annotates.
SLOTS = {
    "(Person)-[date_of_birth]->(date)": "P569",
    "(Person)-[place_of_birth]->(Location)": "P19",
    "(Person)-[date_of_death]->(date)": "P570",
    "(Person)-[place_of_death]->(Location)": "P20",
    "(Person)-[educated_at]->(Organization)": "P69",
    "(Person)-[employer]->(Organization)": "P108",
    "(Person)-[spouse]->(Person)": "P26",
    "(Person)-[father]->(Person)": "P22",
    "(Organization)-[inception]->(date)": "P571",
    "(Organization)-[headquarters_location]->(Location)": "P159",
    "(Organization)-[founded_by]->(Person)": "P112",
    "(Location)-[country]->(Country)": "P17",
    "(Location)-[located_in]->(Location)": "P131",
    "(Misc)-[publication_date]->(date)": "P577",
    "(Misc)-[author]->(Person)": "P50",
    "(Misc)-[director]->(Person)": "P57",
    "(Misc)-[performer]->(Person)": "P175",
}
_RELATIONS = {pattern.split("[")[1].split("]")[0]: p for pattern, p in SLOTS.items()}
_HEADS = {p: pattern[1:].partition(")")[0] for pattern, p in SLOTS.items()}


@dataclass(frozen=True, slots=True)
class AnnotatedSlots:
    """A document with its names, and the annotated values by entity id and property."""

    gold: Annotated
    chunks: tuple[Chunk, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    values: dict[tuple[str, str], frozenset[str]]

    def is_right(self, fact: Fact) -> bool:
        """Return whether a fact of one of the patterns is annotated."""
        tail = fact.tail
        said = tail.id if isinstance(tail, Entity) else self._written(tail.text)
        return said in self.values.get((fact.head.id, _RELATIONS[fact.relation]), ())

    def _written(self, text: str) -> str:
        said = normalise_name(text)
        found = (n for words, n in self.gold.written.items() if normalise_name(words) == said)
        return _id(next(found, -1))


def annotated_slots(document: Any) -> AnnotatedSlots:
    """Return a document of the set with its entities, each under an id of its own."""
    gold = annotated(document)
    chunks = tuple(split(gold.document))
    entities = dict(_entities(document))
    types = [SPAN_TYPES[mentions[0]["type"]] for mentions in document["vertexSet"]]
    values: dict[tuple[str, str], frozenset[str]] = {}
    for head, property, tail in sorted(gold.properties):
        if types[head] == _HEADS.get(property):
            key = _id(head), property
            values[key] = values.get(key, frozenset()) | {_id(tail)}
    mentions = tuple(_mentions(gold, chunks, entities))
    return AnnotatedSlots(gold, chunks, tuple(entities.values()), mentions, values)


def _id(number: int) -> str:
    return f"e{number}"


def _entities(document: Any) -> Iterator[tuple[int, Entity]]:
    """Yield the entities that are no times or numbers: those are values."""
    for number, mentions in enumerate(document["vertexSet"]):
        if mentions[0]["type"] not in ("TIME", "NUM"):
            name = max((m["name"] for m in mentions), key=len)
            yield number, Entity(_id(number), name, SPAN_TYPES[mentions[0]["type"]])


def _mentions(
    gold: Annotated, chunks: tuple[Chunk, ...], entities: dict[int, Entity]
) -> Iterator[Mention]:
    for (start, end), number in sorted(gold.mentions.items()):
        for chunk in chunks:
            if number in entities and chunk.start <= start and end <= chunk.end:
                at = (gold.document.id, chunk.id, start, end)
                yield Mention(*at, gold.document.text[start:end], entities[number])
