"""Documents of Re-DocRED as text, and which facts found in them are annotated.

An entity found stands for the annotated one with which it shares most mentions (equal characters
but for articles and genitives), a literal for the one that is written so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.base import Extraction
from extractors.mini.relations.names import Property, relation_names
from extractors.mini.relations.naming import relation_name
from extractors.mini.train.spacing import respace
from kgkit.facts import Document, Entity, Fact, Literal

__all__ = ["Annotated", "Triple", "annotated", "judged", "known_names"]

#: Numbers of head and tail, and the relation between.
Triple = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its gold: the entity of each mention [start, end), those written with
    these words, and facts (head, relation, tail) under the names of the graph; `properties` are
    the same as annotated, and `near` holds the pairs that share a sentence."""

    document: Document
    mentions: dict[tuple[int, int], int]
    written: dict[str, int]
    facts: frozenset[Triple]
    properties: frozenset[Triple]
    near: frozenset[tuple[int, int]]


def known_names(path: Path) -> dict[str, Property]:
    """Return what the facts of the set's properties are called in the graph, and which way round:
    by that name itself, and by the name that a property's own label makes."""
    import json

    names = relation_names()
    labels = json.loads(path.read_text(encoding="utf-8"))
    own = {relation_name(label["label"]): names.of(p) for p, label in sorted(labels.items())}
    return own | {name: Property(name) for name in names.names}


def annotated(document: Any) -> Annotated:
    """Return a document of the set as text in print, with what it annotates."""
    parts, placed, position = [], [], 0
    for tokens in document["sents"]:
        text, starts = respace(tokens)
        placed.append(
            [(position + s, position + s + len(t)) for s, t in zip(starts, tokens, strict=True)]
        )
        parts.append(text)
        position += len(text) + 1
    text = " ".join(parts)
    mentions: dict[tuple[int, int], int] = {}
    written: dict[str, int] = {}
    for number, entity in enumerate(document["vertexSet"]):
        for mention in entity:
            tokens = placed[mention["sent_id"]]
            first, end = mention["pos"]
            span = _trimmed(text, tokens[first][0], tokens[end - 1][1])
            mentions.setdefault(span, number)
            written.setdefault(_plain(text[span[0] : span[1]]), number)
    where = [{mention["sent_id"] for mention in entity} for entity in document["vertexSet"]]
    count = range(len(where))
    return Annotated(
        Document(f"{document['title']}.txt", text, document["title"]),
        mentions,
        written,
        frozenset(_named((f["h"], f["r"], f["t"])) for f in document["labels"]),
        frozenset((f["h"], f["r"], f["t"]) for f in document["labels"]),
        frozenset((h, t) for h in count for t in count if where[h] & where[t]),
    )


def judged(
    gold: Annotated, found: Extraction, names: Mapping[str, Property]
) -> list[tuple[Fact, Triple]]:
    """Return the asserted facts found whose relation is among `names`, each in terms of the
    annotated entities; ends that stand for none of them are numbered from -1 downwards."""
    votes: dict[str, Counter[int]] = {}
    for mention in found.mentions:
        span = _trimmed(gold.document.text, mention.start, mention.end)
        if span in gold.mentions:
            votes.setdefault(mention.entity.id, Counter())[gold.mentions[span]] += 1
    strangers: dict[str, int] = {}

    def end(value: Entity | Literal) -> int:
        if isinstance(value, Literal):
            words = _plain(value.text or str(value.value))
            if words in gold.written:
                return gold.written[words]
            return strangers.setdefault(f"literal {words}", -1 - len(strangers))
        if value.id in votes:
            return min(votes[value.id].items(), key=lambda vote: (-vote[1], vote[0]))[0]
        return strangers.setdefault(value.id, -1 - len(strangers))

    return [
        (fact, _directed(end(fact.head), names[fact.relation], end(fact.tail)))
        for fact in found.facts
        if fact.is_asserted and fact.relation in names
    ]


def _named(triple: Triple) -> Triple:
    """An annotated fact, whose relation is a property, as the graph has it."""
    head, property, tail = triple
    return _directed(head, relation_names().of(property), tail)


def _directed(head: int, relation: Property, tail: int) -> Triple:
    return (tail, relation.name, head) if relation.turned else (head, relation.name, tail)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A mention without an article before it and a genitive after it."""
    words = text[start:end]
    if match := re.match(r"(?:the|a|an)\s+(?=\S)", words, re.IGNORECASE):
        start += match.end()
    if match := re.search(r"(?<=\S)\s*['’]s?$", text[start:end]):
        end = start + match.start()
    return start, end


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
