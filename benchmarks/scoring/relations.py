"""Relations scored on Re-DocRED: with its own mentions given, and from raw text.

`relation_f1_gold_mentions` tells the relation head which entities a document has, as the set's
own figures do. `relation_f1` tells it nothing: an entity found by the extractor stands for the
annotated one with which it shares most mentions (equal characters but for articles and
genitives), a literal for the one that is written so, and a fact is right if its two ends stand
for the ends of an annotated one. Facts with relations that the set does not know are not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.base import Extraction, Extractor
from extractors.chunks import split
from extractors.mini.relations.naming import relation_name
from extractors.mini.train.data import load_redocred
from extractors.mini.train.spacing import respace
from kgkit.facts import Document, Entity, Literal

__all__ = ["Annotated", "annotated", "judged", "relation_names", "score"]

#: The built-in extractor learns from the other documents of dev.
_MEASURED = 100

_Triple = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its gold: the entity of each mention [start, end), those written with
    these words, and facts (head, relation, tail); `near` holds the pairs that share a sentence."""

    document: Document
    mentions: dict[tuple[int, int], int]
    written: dict[str, int]
    facts: frozenset[_Triple]
    near: frozenset[tuple[int, int]]


def score(data_dir: Path, extractor: Extractor) -> dict[str, float]:
    """Return precision, recall and F1 with mentions given and from raw text, in percent, and F1
    of facts within a sentence (intra) and across sentences (inter) apart.

    `data_dir` holds `extraction/redocred`, of whose dev the last 100 documents are measured.
    """
    folder = data_dir / "extraction" / "redocred"
    documents = load_redocred(folder / "dev_revised.json.gz")[-_MEASURED:]
    names = relation_names(folder / "relation_labels.json")
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        gold = annotated(document, names)
        found = extractor.extract(gold.document, split(gold.document))
        _count(counts, "", gold, judged(gold, found, frozenset(names.values())))
        _count(counts, "_gold_mentions", gold, _given(document))
    figures: dict[str, float] = {}
    for suffix in ("_gold_mentions", ""):
        figures |= _figures(counts, suffix)
    return figures


def relation_names(path: Path) -> dict[str, str]:
    """Return the name of each property's relation by the property's number."""
    import json

    labels = json.loads(path.read_text(encoding="utf-8"))
    return {number: relation_name(label["label"]) for number, label in sorted(labels.items())}


def annotated(document: Any, names: dict[str, str]) -> Annotated:
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
        frozenset((f["h"], names[f["r"]], f["t"]) for f in document["labels"]),
        frozenset((h, t) for h in count for t in count if where[h] & where[t]),
    )


def judged(gold: Annotated, found: Extraction, relations: frozenset[str]) -> list[_Triple]:
    """Return the distinct facts found, in terms of the annotated entities; ends that stand for
    none of them are numbered from -1 downwards."""
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

    facts = (fact for fact in found.facts if fact.is_asserted and fact.relation in relations)
    return sorted({(end(fact.head), fact.relation, end(fact.tail)) for fact in facts})


def _given(document: Any) -> list[_Triple]:
    """What the built-in relation head says of a document whose mentions it is told."""
    from extractors.mini.relations.load import load_relation_reader
    from extractors.mini.train.relations_data import gold_case

    reader = load_relation_reader()
    names = [relation_name(name) for name in reader.labels.names]
    found = reader.relate(gold_case(document, reader.tokenizer, printed=True))
    return [(each.head, names[each.relation], each.tail) for each in found]


def _count(
    counts: Counter[tuple[str, str, str]], suffix: str, gold: Annotated, found: Sequence[_Triple]
) -> None:
    for group, facts in (("gold", gold.facts), ("found", found)):
        for fact in facts:
            part = "intra" if (fact[0], fact[2]) in gold.near else "inter"
            counts[group, part, suffix] += 1
            if group == "found" and fact in gold.facts:
                counts["right", part, suffix] += 1


def _figures(counts: Counter[tuple[str, str, str]], suffix: str) -> dict[str, float]:
    right, found, gold = (
        [counts[group, part, suffix] for part in ("intra", "inter")]
        for group in ("right", "found", "gold")
    )
    figures = {
        f"relation_precision{suffix}": _percent(sum(right), sum(found)),
        f"relation_recall{suffix}": _percent(sum(right), sum(gold)),
        f"relation_f1{suffix}": _percent(2 * sum(right), sum(found) + sum(gold)),
    }
    for i, part in enumerate(("intra", "inter")):
        figures[f"relation_f1{suffix}_{part}"] = _percent(2 * right[i], found[i] + gold[i])
    return figures


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


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
