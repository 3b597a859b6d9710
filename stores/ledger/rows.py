"""Values to rows and back.

What does not belong to the id of a fact (its predicate, the words and Python type of its
literals) differs between sources, so each piece of evidence keeps its own as `surface`; the
fact shows the most frequent one (`likeliest`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from kgkit.evidence import (
    Evidence,
    ImportEvidence,
    ModelEvidence,
    PersonEvidence,
    PredictionEvidence,
    RuleEvidence,
    TextEvidence,
    evidence_id,
)
from kgkit.facts import (
    Chunk,
    Document,
    Entity,
    Fact,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    Value,
)

__all__ = [
    "Row",
    "chunk_row",
    "chunk_value",
    "document_row",
    "document_value",
    "dump",
    "ends",
    "evidence_row",
    "evidence_value",
    "fact_keys",
    "fact_row",
    "fact_value",
    "likeliest",
    "load",
    "mention_row",
    "mention_value",
    "normal",
]

#: A row to be written, or one read.
Row = Mapping[str, Any]

_T = TypeVar("_T", bound=str)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS
_LONG_INTEGER = re.compile(r"\d{19}")

_EVIDENCE: Mapping[str, Callable[..., Evidence]] = {
    kind.kind: kind
    for kind in (
        TextEvidence,
        ModelEvidence,
        RuleEvidence,
        PredictionEvidence,
        ImportEvidence,
        PersonEvidence,
    )
}
_READ: Mapping[str, Callable[[str], Value]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda shown: shown == "True",
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def dump(value: object) -> str:
    """Return canonical JSON: sorted keys, no blanks, no escapes."""
    try:
        text = orjson.dumps(value, option=_SORTED)
    except TypeError:
        return _JSON.encode(value)
    # The fast encoder writes a number that is not finite as null.
    return text.decode() if b"null" not in text else _JSON.encode(value)


def load(text: str) -> Any:
    """Return the value of JSON that `dump` wrote."""
    # The fast decoder makes a float of an integer beyond 64 bits.
    if _LONG_INTEGER.search(text):
        return json.loads(text)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        # Numbers that are not finite.
        return json.loads(text)


@lru_cache(maxsize=4096)
def _load_often(text: str) -> Any:
    """Return the value of JSON that many rows share; it must not be changed."""
    return load(text)


def likeliest(counts: Mapping[_T, int]) -> _T:
    """Return the most frequent text; of equals the longest, then the first in order."""
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def document_row(document: Document, run_id: str) -> Row:
    """Return the row of a document that this run read."""
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "text": document.text,
        "media_type": document.media_type,
        "metadata": dump(dict(document.metadata)),
        "run_id": run_id,
    }


def document_value(row: Any) -> Document:
    """Return the document of a row of `DocumentRow`."""
    return Document(row.uri, row.text, row.title, row.media_type, load(row.metadata))


def chunk_row(chunk: Chunk) -> Row:
    """Return the row of a chunk; its text stays in the document."""
    return {
        "id": chunk.id,
        "document_id": chunk.document_id,
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "sentences": dump(chunk.sentences),
    }


def chunk_value(row: Any, text: str) -> Chunk:
    """Return the chunk of a row of `ChunkRow`, cut out of the text of its document."""
    spans = tuple((start, end) for start, end in load(row.sentences))
    own = text[row.start : row.end]
    return Chunk(row.document_id, row.ordinal, row.start, row.end, own, spans)


def mention_row(mention: Mention) -> Row:
    """Return the row of a mention under the identity key of its entity."""
    return {
        "id": mention.id,
        "document_id": mention.document_id,
        "chunk_id": mention.chunk_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "entity_key": mention.entity.id,
        "name": mention.entity.name,
        "type": mention.entity.type,
        "kind": mention.kind,
        "score": round(mention.score, 4),
    }


def mention_value(row: Any, shown_id: str) -> Mention:
    """Return the mention of a row of `MentionRow`, naming the entity as it is shown."""
    entity = Entity(shown_id, row.name, row.type)
    span = (row.document_id, row.chunk_id, row.start, row.end)
    return Mention(*span, row.text, entity, row.score, row.kind)


def normal(fact: Fact) -> Fact:
    """Return the fact with its qualifiers sorted and without repeats, scores to 4 decimals."""
    if not fact.qualifiers and all(piece.score == round(piece.score, 4) for piece in fact.evidence):
        return fact
    evidence = tuple(replace(piece, score=round(piece.score, 4)) for piece in fact.evidence)
    return replace(fact, qualifiers=_in_order(fact.qualifiers), evidence=evidence)


def ends(fact: Fact) -> list[Entity]:
    """Return the entities that a fact names: head, tail and in qualifiers, each once."""
    values = [fact.head, fact.tail, *(qualifier.value for qualifier in fact.qualifiers)]
    return list({value.id: value for value in values if isinstance(value, Entity)}.values())


def fact_row(fact: Fact, fact_id: str, shown_id: str) -> Row:
    """Return the row of a fact in `normal` form, with its id and the id it is shown under."""
    tail = fact.tail
    return {
        "id": fact_id,
        "shown_id": shown_id,
        "head_key": fact.head.id,
        "relation": fact.relation,
        "tail_key": tail.id if isinstance(tail, Entity) else None,
        "literal": None if isinstance(tail, Entity) else dump(tail.canonical()),
        "qualifiers": dump([[q.role, *_parts(q.value)] for q in fact.qualifiers]),
        "polarity": fact.polarity.value,
        "modality": fact.modality.value,
        "withheld": False,
    }


def fact_keys(row: Any) -> list[str]:
    """Return the identity keys in a row of `FactRow`."""
    roles = _load_often(row.qualifiers)
    keys = [row.head_key, *(role[2] for role in roles if role[1] == "entity")]
    return keys if row.tail_key is None else [*keys, row.tail_key]


def fact_value(
    row: Any,
    entities: Mapping[str, Entity],
    surface: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Fact:
    """Return the fact of a row of `FactRow`; `entities` are those of its keys.

    Without a surface the literals hold text: enough for the id.
    """
    predicate, tail_words, role_words = _load_often(surface) if surface else ("", None, None)
    roles = _load_often(row.qualifiers)
    words = role_words or [None] * len(roles)
    tail = (
        _literal(load(row.literal), tail_words) if row.tail_key is None else entities[row.tail_key]
    )
    qualifiers = tuple(
        Qualifier(role[0], entities[role[2]] if role[1] == "entity" else _literal(role[1:], own))
        for role, own in zip(roles, words, strict=True)
    )
    return Fact(
        entities[row.head_key],
        row.relation,
        tail,
        _in_order(qualifiers) if qualifiers else (),
        Polarity(row.polarity),
        Modality(row.modality),
        predicate,
        evidence,
    )


def evidence_row(fact: Fact, fact_id: str, piece: Evidence, document_id: str | None) -> Row:
    """Return the row of evidence for a fact in `normal` form.

    Evidence that is no text but came with a document gets an id of its own, as it goes with it.
    """
    own = evidence_id(piece)
    tied = document_id is not None and not isinstance(piece, TextEvidence)
    words = [_words(qualifier.value) for qualifier in fact.qualifiers]
    return {
        "fact_id": fact_id,
        "id": f"{own}@{document_id}" if tied else own,
        "document_id": document_id,
        "kind": piece.kind,
        "payload": dump([getattr(piece, name) for name in piece.__slots__]),
        "surface": dump([fact.predicate, _words(fact.tail), words]),
    }


def evidence_value(row: Any) -> Evidence:
    """Return the evidence of a row of `EvidenceRow`."""
    fields = (tuple(x) if isinstance(x, list) else x for x in load(row.payload))
    return _EVIDENCE[row.kind](*fields)


def _in_order(qualifiers: Sequence[Qualifier]) -> tuple[Qualifier, ...]:
    by_parts = {(q.role, *_parts(q.value)): q for q in qualifiers}
    return tuple(by_parts[parts] for parts in sorted(by_parts))


def _parts(value: Entity | Literal) -> list[str]:
    return ["entity", value.id] if isinstance(value, Entity) else value.canonical()


def _words(value: Entity | Literal) -> list[str] | None:
    if isinstance(value, Entity):
        return None
    kinds: tuple[type, ...] = (bool, int, float, datetime, date)
    kind = next((kind.__name__ for kind in kinds if isinstance(value.value, kind)), "str")
    return [kind, value.text]


def _literal(parts: Sequence[str], words: Sequence[str] | None) -> Literal:
    kind, text = words or ("str", "")
    return Literal(_READ[kind](parts[2]), parts[1], text, parts[3] or None)
