"""Annotated texts as documents with the facts that single sentences state."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.mini.dates import number_literal, time_literal
from extractors.mini.train.spacing import respace
from extractors.sentences import sentences
from kgkit.facts import Document, Entity, Fact, Literal, Mention

__all__ = ["Page", "page_of", "rk500_pages"]

_TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Location", "MISC": "Misc"}


@dataclass(frozen=True, slots=True)
class Page:
    """A document, where it names what, each fact with the sentence [start, end) that states it,
    and all that is known to be true in it, by id."""

    document: Document
    mentions: tuple[Mention, ...]
    stated: tuple[tuple[Fact, tuple[int, int]], ...]
    true: frozenset[str]


def page_of(number: int, record: Mapping[str, Any], labels: Mapping[str, Any]) -> Page:
    """Return a document of Re-DocRED, its tokens spaced as in print, with the facts of which one
    sentence alone is given as evidence and names both ends."""
    text, places = "", []
    for tokens in record["sents"]:
        sentence, begins = respace(tokens)
        first = len(text) + (1 if text else 0)
        places.append(
            [(first + b, first + b + len(t)) for b, t in zip(begins, tokens, strict=True)]
        )
        text = f"{text} {sentence}" if text else sentence
    document = Document(f"redocred/{number:03d}.txt", text, record["title"])
    bounds = sentences(text)
    mentions: list[Mention] = []
    ends: list[Entity | Literal | None] = []
    spots: list[list[tuple[int, int]]] = []
    for cluster in record["vertexSet"]:
        end = _end(cluster)
        ends.append(end)
        spots.append([])
        for name in cluster:
            own = places[name["sent_id"]]
            start, stop = own[name["pos"][0]][0], own[name["pos"][1] - 1][1]
            spots[-1].append((start, stop))
            if isinstance(end, Entity):
                mentions.append(Mention(document.id, "", start, stop, text[start:stop], end))
    stated, true = [], set()
    for label in record["labels"]:
        head, tail = ends[label["h"]], ends[label["t"]]
        evidence = label.get("evidence", [])
        if not isinstance(head, Entity) or tail is None:
            continue
        fact = Fact(head, str(labels[label["r"]]["label"]).upper().replace(" ", "_"), tail)
        true.add(fact.id)
        if len(evidence) != 1:
            continue
        begin, stop = places[evidence[0]][0][0], places[evidence[0]][-1][1]
        both = all(
            any(begin <= a and b <= stop for a, b in spots[label[end]]) for end in ("h", "t")
        )
        if both and (begin, stop) in bounds:
            stated.append((fact, (begin, stop)))
    return Page(document, tuple(mentions), tuple(stated), frozenset(true))


def _end(cluster: list[dict[str, Any]]) -> Entity | Literal | None:
    """Return what the names of a cluster stand for, None for a value that cannot be read."""
    name, kind = max(cluster, key=lambda n: len(n["name"]))["name"], cluster[0]["type"]
    if kind == "TIME":
        time = time_literal(cluster[0]["name"])
        return time if time.datatype != "string" else None
    if kind == "NUM":
        return number_literal(cluster[0]["name"])
    aliases = tuple(sorted({each["name"] for each in cluster} - {name}))
    return Entity.named(name, _TYPES.get(kind, "Misc"), aliases)


def rk500_pages(folder: Path) -> Iterator[Page]:
    """Yield the passages of rk500 that have hand-made triples with both ends in one sentence."""
    home = folder / "2wikimultihopqa"
    if not (home / "rk500_extraction_gold.json.gz").exists():
        return
    triples = _read(home / "rk500_extraction_gold.json.gz")
    passages = {row["id"]: row for row in _read(home / "rk500_corpus.json.gz")}
    for number in sorted({triple["chunk_id"] for triple in triples}):
        row = passages[number]
        document = Document(f"rk500/{number}.txt", row["text"], row["title"])
        bounds = sentences(row["text"])
        stated = []
        for triple in (t for t in triples if t["chunk_id"] == number):
            head, tail = Entity.named(triple["subject"], "Misc"), _value(triple["object"])
            for span in bounds:
                quote = row["text"][span[0] : span[1]]
                if triple["subject"] in quote and triple["object"] in quote:
                    relation = triple["relation"].upper().replace(" ", "_")
                    stated.append((Fact(head, relation, tail), span))
                    break
        yield Page(document, (), tuple(stated), frozenset(fact.id for fact, _ in stated))


def _value(text: str) -> Entity | Literal:
    literal = time_literal(text)
    return literal if literal.datatype in ("date", "gYear") else Entity.named(text, "Misc")


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))
