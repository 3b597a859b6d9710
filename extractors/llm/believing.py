"""Rows of a document's chunks, from any model, as what the text bears out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.base import Extraction
from extractors.llm.assemble import ChunkReading, assemble
from extractors.llm.claims import Claim, Kinds, claim_of
from extractors.llm.context import earlier_names
from extractors.llm.ends import ChunkReader, End
from extractors.llm.parse import Rows
from extractors.llm.rejections import Rejection
from extractors.mini.naming import bare_title
from kgkit.facts import Chunk, Document
from kgkit.ids import normalise_name
from kgkit.schema import Schema

__all__ = ["Reading", "believed"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, and every row about it that was not believed."""

    extraction: Extraction
    rejections: tuple[Rejection, ...] = ()


def believed(
    document: Document,
    chunks: Sequence[Chunk],
    rows: Sequence[Rows],
    *,
    schema: Schema | None,
    extractor: str,
    trust: float = 1.0,
) -> Reading:
    """Return what a document says by the rows of its chunks, and the rows that it does not say.

    An end must be in its chunk, or be a name that another chunk or the title says, so that
    "she" can be resolved. `extractor` is named in the evidence, whose scores are times `trust`.
    """
    known = _known(document, chunks, rows)
    readings: list[ChunkReading] = []
    rejections: list[Rejection] = []
    for chunk, own in zip(chunks, rows, strict=True):
        reading, lost = _read(ChunkReader(chunk, known), own, schema, trust)
        readings.append(reading)
        rejections += [replace(each, chunk_id=chunk.id) for each in (*own.rejections, *lost)]
    extraction, unfit = assemble(document, readings, schema, extractor)
    told = (replace(each, document_id=document.id) for each in (*rejections, *unfit))
    return Reading(extraction, tuple(told))


def _known(document: Document, chunks: Sequence[Chunk], rows: Sequence[Rows]) -> dict[str, str]:
    """Return the names that the whole document uses, by their normalised form."""
    names = [bare_title(document.title), document.title.strip()]
    names += earlier_names([*chunks, chunks[-1]])[-1] if chunks else ()
    for chunk, own in zip(chunks, rows, strict=True):
        reader = ChunkReader(chunk, {})
        said = [row.name for row in own.entities]
        said += [words for row in own.facts for words in (row.head, row.tail)]
        names += [end.text for end in map(reader.name, said) if end is not None]
    return {normalise_name(name): name for name in reversed(names) if name}


def _read(
    reader: ChunkReader, rows: Rows, schema: Schema | None, trust: float
) -> tuple[ChunkReading, list[Rejection]]:
    """Return the names and claims of a chunk that its text bears out, and the others."""
    names: list[tuple[End, str]] = []
    types: dict[str, str] = {}
    lost: list[Rejection] = []
    for row in sorted(rows.entities, key=lambda row: (row.name, row.type)):
        end, kind = reader.name(row.name), Kinds(schema, {}).type(row.type)
        shown = row.model_dump_json(exclude_defaults=True)
        if end is None:
            lost.append(Rejection.of("not found", shown, f"the text does not say {row.name!r}"))
        elif kind is None:
            lost.append(Rejection.of("not in schema", shown, f"{row.type!r} is no type here"))
        else:
            types.setdefault(normalise_name(row.name), kind)
            types.setdefault(normalise_name(end.text), kind)
            names.append((end, kind))
    claims: list[Claim] = []
    for fact in rows.facts:
        claim = claim_of(reader, Kinds(schema, types), fact)
        if isinstance(claim, Rejection):
            lost.append(claim)
        else:
            claims.append(replace(claim, score=round(claim.score * trust, 4)))
            lost.extend(claim.lost)
    # In the order of the text: that of the reply is chance.
    names.sort(key=lambda name: (name[0].spans, name[0].text, name[1]))
    claims.sort(key=lambda claim: (claim.span, claim.row.model_dump_json()))
    return ChunkReading(reader.chunk, tuple(names), tuple(claims)), lost
