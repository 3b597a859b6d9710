"""Entities of annotated documents, each with its names and what the document says of it."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.align.names import form_of
from extractors.align.profiles import Profile
from extractors.align.values import value_of

__all__ = ["Entry", "load_entries", "profile_of"]

_TYPES = {"PER": "Person", "LOC": "Location", "ORG": "Organization", "MISC": "Misc"}
_JOINT = ((" 's", "'s"), (" .", "."), (" ,", ","), ("( ", "("), (" )", ")"), (" - ", "-"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity of one document: its names, the sentences that name it, its facts.

    A fact is (relation label, name of the other end, whether the entity is its head).
    """

    id: str
    document: str
    type: str
    names: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str, bool], ...] = field(default=())


def load_entries(paths: Iterable[Path], labels: Path, most: int | None = None) -> list[Entry]:
    """Return the entities of the Re-DocRED files, at most the first `most` documents of each."""
    relation = {r: one["label"] for r, one in json.loads(labels.read_text()).items()}
    found: list[Entry] = []
    for path in paths:
        documents = json.loads(gzip.decompress(path.read_bytes()))
        for number, document in enumerate(documents[:most]):
            found += _entries(f"{path.stem}:{number}", document, relation)
    return found


def profile_of(
    entry: Entry, name: str, id: str, chance: random.Random, share: float = 1.0
) -> Profile:
    """Return an entity under one of its names, with a random share of what is known of it."""
    facts = [fact for fact in entry.facts if chance.random() < share]
    values: dict[str, set[str]] = {}
    for label, other, is_head in facts:
        told = value_of(label, other) if is_head else None
        if told:
            values.setdefault(told[0], set()).add(told[1])
    neighbours = {form_of(other).squashed for _, other, _ in facts}
    sentences = list(entry.sentences)
    context = chance.choice(sentences) if sentences else ""
    return Profile(
        id,
        name,
        entry.type,
        (),
        {key: frozenset(found) for key, found in values.items()},
        frozenset(neighbours - {""}),
        frozenset({id}),
        context,
    )


def _entries(document: str, row: dict[str, Any], relation: dict[str, str]) -> Iterator[Entry]:
    sentences = [_tidy(" ".join(tokens)) for tokens in row["sents"]]
    heads = [_tidy(mentions[0]["name"]) for mentions in row["vertexSet"]]
    facts: list[list[tuple[str, str, bool]]] = [[] for _ in heads]
    for label in row["labels"]:
        name = relation[label["r"]]
        facts[label["h"]].append((name, heads[label["t"]], True))
        facts[label["t"]].append((name, heads[label["h"]], False))
    for place, mentions in enumerate(row["vertexSet"]):
        type = _TYPES.get(mentions[0]["type"])
        if type is None:
            continue
        names = tuple(sorted({_tidy(one["name"]) for one in mentions}))
        used = sorted({one["sent_id"] for one in mentions})
        yield Entry(
            f"{document}:{place}",
            document,
            type,
            names,
            tuple(sentences[i] for i in used),
            _facts(facts[place]),
        )


def _facts(found: Sequence[tuple[str, str, bool]]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(sorted(set(found)))


def _tidy(text: str) -> str:
    for spaced, plain in _JOINT:
        text = text.replace(spaced, plain)
    return text.strip()
