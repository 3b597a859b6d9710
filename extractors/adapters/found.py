"""What a model that marks spans has found, as mentions and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.base import Extraction
from extractors.llm.anchors import Span
from extractors.llm.assemble import ChunkReading, assemble
from extractors.llm.claims import Claim, Kinds
from extractors.llm.ends import ChunkReader, End
from extractors.llm.rows import FactRow
from kgkit.facts import Chunk, Document
from kgkit.schema import Schema

__all__ = ["Found", "FoundLink", "FoundName", "extraction_of", "read_chunks"]


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name that a model marked: its characters in the chunk, its type and a score in [0, 1]."""

    span: Span
    type: str
    score: float = 0.9


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A relation that a model found between two spans of a chunk; types are "" if it gave none."""

    head: Span
    relation: str
    tail: Span
    score: float = 0.75
    types: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a model found in one chunk."""

    names: tuple[FoundName, ...] = ()
    links: tuple[FoundLink, ...] = ()


def read_chunks(
    document: Document,
    chunks: Sequence[Chunk],
    find: Callable[[str], Found],
    *,
    schema: Schema | None,
    extractor: str,
) -> Extraction:
    """Return what a model, asked about each chunk's text by `find`, found in a document."""
    found = [find(chunk.text) for chunk in chunks]
    return extraction_of(document, chunks, found, schema=schema, extractor=extractor)


def extraction_of(
    document: Document,
    chunks: Sequence[Chunk],
    found: Sequence[Found],
    *,
    schema: Schema | None,
    extractor: str,
) -> Extraction:
    """Return the mentions and facts of a document; what does not fit the schema is left out.

    Spans outside their chunk and relations without a name are left out as well. An end that
    reads as a date or number is a value, unless it is one of the names.
    """
    readings = []
    for chunk, own in zip(chunks, found, strict=True):
        reader = ChunkReader(chunk, {})
        kinds = Kinds(schema, {})
        best: dict[Span, FoundName] = {}
        for name in sorted(own.names, key=lambda name: (-name.score, name.span, name.type)):
            best.setdefault(name.span, name)  # a span has one type
        named = [(name, _end(reader, name.span, name.score)) for name in best.values()]
        names = tuple(
            (end, kind)
            for name, end in named
            if end is not None and (kind := kinds.type(name.type)) is not None
        )
        marked = {span for end, _ in names for span in end.spans}
        claims = (_claim(reader, kinds, marked, link) for link in own.links)
        readings.append(ChunkReading(chunk, names, tuple(c for c in claims if c is not None)))
    extraction, _ = assemble(document, readings, schema, extractor)
    return extraction


def _claim(
    reader: ChunkReader, kinds: Kinds, marked: Iterable[Span], link: FoundLink
) -> Claim | None:
    head = _end(reader, link.head, link.score)
    tail = _end(reader, link.tail, link.score)
    relation = kinds.relation(link.relation)
    if head is None or tail is None or relation is None or head.text == tail.text:
        return None
    if link.tail not in marked:
        value = reader.value_at(link.tail)
        tail = value or tail
    start, stop = min(link.head[0], link.tail[0]), max(link.head[1], link.tail[1])
    over = [s for s in reader.sentences if s[0] < stop and start < s[1]]
    span = (over[0][0], over[-1][1]) if over else (start, stop)
    row = FactRow.model_validate({"head": head.text, "relation": link.relation, "tail": tail.text})
    types = kinds.type(link.types[0]) or "", kinds.type(link.types[1]) or ""
    return Claim(row, head, relation, tail, types, (), span, round(link.score, 4))


def _end(reader: ChunkReader, span: Span, score: float) -> End | None:
    """Return what stands at a span without blanks around it; None for one that is none."""
    start, end = span
    text = reader.chunk.text
    if not 0 <= start < end <= len(text):
        return None
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = " ".join(text[start:end].split())
    if not any(character.isalnum() for character in words) or len(words) > 300:
        return None
    return End(words, ((start, end),), score=round(min(1.0, max(0.0, score)), 4))
