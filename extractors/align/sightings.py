"""What each document says of each entity: the smallest profiles, which all others are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractors.align.names import form_of
from extractors.align.profiles import Profile
from extractors.align.values import single_value
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Entity, Fact, Mention

__all__ = ["sightings"]

#: Characters of the text around a name that are kept as its context.
_CONTEXT = 300
_Place = tuple[str, str]


@dataclass(slots=True)
class _Draft:
    names: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    neighbours: set[str] = field(default_factory=set)
    first: tuple[int, int, str] | None = None
    weight: int = 0


def sightings(
    mentions: Iterable[Mention], facts: Iterable[Fact], chunks: Iterable[Chunk]
) -> list[Profile]:
    """Return a profile for each entity of each document, in order of entity and document.

    Facts count for the documents that are evidence of them. The neighbours of an entity are the
    folded names of what its facts join it with; other names of one document are not.
    """
    drafts: dict[_Place, _Draft] = defaultdict(_Draft)
    for mention in mentions:
        draft = drafts[mention.entity.id, mention.document_id]
        _name(draft, mention.entity)
        draft.weight += 1
        at = mention.start, mention.end, mention.chunk_id
        draft.first = at if draft.first is None else min(draft.first, at)
    for fact in facts:
        for piece in fact.evidence:
            if isinstance(piece, TextEvidence):
                _join(drafts, fact, piece.document_id)
    texts = {chunk.id: chunk for chunk in chunks}
    return [_profile(place, drafts[place], texts) for place in sorted(drafts)]


def _name(draft: _Draft, entity: Entity) -> None:
    draft.names[entity.name] = draft.names.get(entity.name, 0) + 1
    draft.types[entity.type] = draft.types.get(entity.type, 0) + 1
    draft.aliases.update(entity.aliases)


def _join(drafts: dict[_Place, _Draft], fact: Fact, document: str) -> None:
    others = [fact.tail, *(qualifier.value for qualifier in fact.qualifiers)]
    entities = [fact.head, *(value for value in others if isinstance(value, Entity))]
    for entity in entities:
        draft = drafts[entity.id, document]
        if not draft.weight:
            _name(draft, entity)
        if fact.is_asserted:
            around = (form_of(other.name).squashed for other in entities if other != entity)
            draft.neighbours.update(filter(None, around))
    found = single_value(fact)
    if found:
        drafts[fact.head.id, document].values[found[0]].add(found[1])


def _profile(place: _Place, draft: _Draft, texts: Mapping[str, Chunk]) -> Profile:
    id, document = place
    name = min(draft.names, key=lambda n: (-draft.names[n], -len(n), n))
    type = min(draft.types, key=lambda t: (-draft.types[t], t))
    values = {key: frozenset(found) for key, found in sorted(draft.values.items())}
    return Profile(
        id,
        name,
        type,
        tuple(sorted({*draft.aliases, *draft.names} - {name})),
        MappingProxyType(values),
        frozenset(draft.neighbours),
        frozenset({document}),
        _context(draft, texts),
        max(1, draft.weight),
    )


def _context(draft: _Draft, texts: Mapping[str, Chunk]) -> str:
    """Return the sentence of the first mention and what follows, up to some length."""
    if draft.first is None or draft.first[2] not in texts:
        return ""
    start, _, id = draft.first
    chunk = texts[id]
    begins = [begin for begin, end in chunk.sentences if begin <= start < end]
    at = (begins[0] if begins else start) - chunk.start
    return chunk.text[at : at + _CONTEXT]
