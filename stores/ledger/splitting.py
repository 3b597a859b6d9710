"""Namesakes kept apart: what some documents call by a name is decided to be another entity.

A split maps an identity key to a key of its own in these documents, which are known by the hash
of their address. It is applied when a document is recorded, so that it holds for what is read
later too, and to what is there when it is made or withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select

from kgkit.facts import Entity, Fact, Mention
from kgkit.ids import content_id
from stores.ledger.decisions import Decision, live_decisions
from stores.ledger.rows import evidence_value, fact_keys, fact_value
from stores.ledger.sql import pages
from stores.ledger.tables import (
    AnchorRow,
    DecisionRow,
    EvidenceRow,
    FactRow,
    MentionRow,
)

__all__ = [
    "PREFIX",
    "Said",
    "address_id",
    "read_back",
    "rekeyed",
    "split_keys",
    "split_map",
    "split_pairs",
]

#: What the hash of an address begins with.
PREFIX = "document:"
_EVER = select(DecisionRow.id).where(DecisionRow.kind == "split").limit(1)

#: Mentions and facts of a document.
Said = tuple[Sequence[Mention], Sequence[Fact]]


def address_id(uri: str) -> str:
    """Return how a split names the document at an address."""
    return f"{PREFIX}{content_id('uri', uri)}"


def split_keys(decision: Decision) -> dict[str, str]:
    """Return the key that each key of a split has in its documents."""
    documents = [part for part in decision.about if part.startswith(PREFIX)]
    keys = [part for part in decision.about if not part.startswith(PREFIX)]
    return {key: content_id("entity", "split", key, documents) for key in keys}


def split_pairs(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of keys that are one entity because a split took them together."""
    if connection.scalar(_EVER) is None:
        return []
    made = (sorted(split_keys(d).values()) for d in live_decisions(connection, "split"))
    return sorted((new[0], other) for new in made for other in new[1:])


def split_map(connection: Connection, uri: str, without: Decision | None = None) -> dict[str, str]:
    """Return the key that each key has in the document at an address, where it is another.

    The keys of `without`, a split that was withdrawn just now, are mapped back.
    """
    if connection.scalar(_EVER) is None:
        return {}
    address = address_id(uri)
    live = [d for d in live_decisions(connection, "split") if address in d.about]
    back = {
        new: old for d in (*live, *filter(None, [without])) for old, new in split_keys(d).items()
    }
    steps = [split_keys(decision) for decision in live]
    starts = {*back, *(key for step in steps for key in step)}
    mapped = {start: _follow(_base(start, back), steps) for start in starts}
    return {start: end for start, end in mapped.items() if start != end}


def rekeyed(said: Said, mapping: Mapping[str, str]) -> Said:
    """Return mentions and facts with the keys that they have under a mapping."""
    if not mapping:
        return said
    mentions, facts = said

    def moved(value: Any) -> Any:
        if isinstance(value, Entity) and value.id in mapping:
            return replace(value, id=mapping[value.id])
        return value

    return (
        [replace(mention, entity=moved(mention.entity)) for mention in mentions],
        [
            replace(
                fact,
                head=moved(fact.head),
                tail=moved(fact.tail),
                qualifiers=tuple(replace(q, value=moved(q.value)) for q in fact.qualifiers),
            )
            for fact in facts
        ],
    )


def read_back(connection: Connection, document_id: str) -> Said:
    """Take what is recorded of a document out of the ledger and return it, in identity keys."""
    of_document = MentionRow.document_id == document_id
    names: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for row in connection.execute(select(MentionRow.__table__).where(of_document)):
        entity = Entity(row.entity_key, row.name, row.type)
        names.setdefault(entity.id, entity)
        span = (row.document_id, row.chunk_id, row.start, row.end)
        mentions.append(Mention(*span, row.text, entity, row.score, row.kind))
    facts = _facts(connection, document_id, names)
    connection.execute(delete(MentionRow).where(of_document))
    connection.execute(delete(EvidenceRow).where(EvidenceRow.document_id == document_id))
    return mentions, facts


def _facts(connection: Connection, document_id: str, names: Mapping[str, Entity]) -> list[Fact]:
    own = select(EvidenceRow.__table__).where(EvidenceRow.document_id == document_id)
    evidence = connection.execute(own.order_by(EvidenceRow.fact_id, EvidenceRow.id)).all()
    rows: dict[str, Any] = {}
    anchors: dict[tuple[str, str], dict[str, Entity]] = {}
    for page in pages(row.fact_id for row in evidence):
        found = select(FactRow.__table__).where(FactRow.id.in_(page))
        rows.update((row.id, row) for row in connection.execute(found))
        anchored = select(AnchorRow.__table__).where(AnchorRow.fact_id.in_(page))
        for row in connection.execute(anchored):
            of = anchors.setdefault((row.fact_id, row.evidence_id), {})
            of[row.entity_key] = _anchored(row)
    facts = []
    for piece in evidence:
        row = rows[piece.fact_id]
        known = {**names, **anchors.get((piece.fact_id, piece.id), {})}
        entities = {key: known.get(key) or Entity(key, "") for key in fact_keys(row)}
        facts.append(fact_value(row, entities, piece.surface).with_evidence(evidence_value(piece)))
    return facts


def _anchored(row: Any) -> Entity:
    return Entity(row.entity_key, row.name, row.type, tuple(json.loads(row.aliases)))


def _base(key: str, back: Mapping[str, str]) -> str:
    while key in back:
        key = back[key]
    return key


def _follow(key: str, steps: Iterable[Mapping[str, str]]) -> str:
    for step in steps:
        key = step.get(key, key)
    return key
