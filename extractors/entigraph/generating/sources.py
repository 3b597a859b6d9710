"""What a language model is shown: documents in sections, with the entities of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from extractors.chunks import split
from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.inventory import Entry, inventory
from extractors.entigraph.view import FactIndex, GraphView
from kgkit.facts import Chunk, Document

__all__ = ["Section", "sections"]

#: Characters of a document that one prompt shows at most.
_LONGEST = 16_000
#: Facts that stand in for a document where there is none.
_TOLD = 40


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document with the entities that it names, the weightiest first."""

    document: str
    title: str
    text: str
    entries: tuple[Entry, ...]


def sections(view: GraphView, *, most: int = 20, seed: int = 0) -> Iterator[Section]:
    """Yield the sections of every document that names an entity, by address.

    Where the view has no document, the facts around one entity after the other are written out
    and stand for one, those of the weightiest entities first. A section has at most `most`
    entities.
    """
    if not view.documents:
        yield from _written_out(view, seed)
        return
    entries = {each.document: each.entries for each in inventory(view, most=1000)}
    for document in sorted(view.documents, key=lambda document: (document.uri, document.id)):
        for text in _stretches(document):
            named = [entry for entry in entries.get(document.id, ()) if _names(entry, text)]
            if named:
                title = document.title or document.uri
                yield Section(document.id, title, text, tuple(named[:most]))


def _stretches(document: Document) -> Iterator[str]:
    if len(document.text) <= _LONGEST:
        yield document.text.strip()
        return
    held: list[Chunk] = []
    for chunk in split(document):
        if held and chunk.end - held[0].start > _LONGEST:
            yield document.text[held[0].start : held[-1].end]
            held = []
        held.append(chunk)
    yield document.text[held[0].start : held[-1].end]


def _names(entry: Entry, text: str) -> bool:
    return any(name in text for name in (entry.entity.name, *entry.aliases))


def _written_out(view: GraphView, seed: int) -> Iterator[Section]:
    index = FactIndex.over(view)
    speaker = Speaker(index)
    ranked = sorted(index.entities, key=lambda id: (-len(index.of[id]), id))
    for id in ranked:
        rng = Random(f"{seed}/section/{id}")
        facts = index.of[id][:_TOLD]
        text = " ".join(speaker.sentence(fact, rng) for fact in facts)
        ids = [id, *index.neighbours[id]]
        named = [e for e in (index.entities[other] for other in ids) if e.name in text]
        entries = tuple(Entry(entity, (), 0, 0.0) for entity in named[:20])
        yield Section("", speaker.name(id), text, entries)
