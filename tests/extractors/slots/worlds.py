"""A document cut by hand, with the mentions that a test wants in it."""

from __future__ import annotations

from extractors.chunks import split
from extractors.slots import Source, passage_about
from kgkit.facts import Chunk, Document, Entity, Mention

IDA = Entity.named("Ida Vale", "Person")


def chunk_of(text: str) -> Chunk:
    """Return a short text as its only chunk."""
    (chunk,) = split(Document("a.txt", text))
    return chunk


def mention(chunk: Chunk, words: str, entity: Entity, *, kind: str = "name") -> Mention:
    """Return where a chunk has these words for the first time, as a mention of an entity."""
    start = chunk.start + chunk.text.index(words)
    at = (chunk.document_id, chunk.id, start, start + len(words))
    return Mention(*at, words, entity, kind=kind)


def source(text: str, *named: tuple[str, Entity]) -> Source:
    """Return a text as a passage on Ida Vale in which these words name these entities."""
    chunk = chunk_of(text)
    pronouns = ("she", "her", "he", "his")
    mentions = tuple(
        mention(chunk, words, entity, kind="pronoun" if words.lower() in pronouns else "name")
        for words, entity in named
    )
    own = [m for m in mentions if m.entity.id == IDA.id]
    return Source(passage_about(chunk, IDA.name, own), mentions)
