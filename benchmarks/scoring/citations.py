"""Good and planted citations over a graph that was built from texts, and over annotated ones.

The texts are the quickstart's, whose facts `citations_quickstart.tsv` lists, and those of a
synthetic world told in sentences that nothing was fitted on. The annotated sentences are of the
last 100 documents of Re-DocRED dev, which no part of kgkit has learnt from, where one sentence is
the evidence of a relation, and of the hand-made triples of rk500.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.scoring.citations_pages import Page, page_of, rk500_pages
from extractors.sentences import sentences
from extractors.worlds import World
from kgkit.facts import Document, Entity, Fact, Literal, Mention
from kgkit.ids import normalise_name
from reasoning.citations.train import Case, plant
from reasoning.citations.train.negating import FORMS
from reasoning.citations.train.worlds import BESIDE, SYMMETRIC, stated_in

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["annotated_cases", "built_cases", "documents_of"]

_FACTS = Path(__file__).with_name("citations_quickstart.tsv")
_Stated = tuple[Fact, Document, int, int]
#: Relations of Wikidata that hold both ways.
_BOTH_WAYS = frozenset({"spouse", "sibling", "twinned administrative body", "shares border with"})


def documents_of(world: World) -> list[Document]:
    """Return the documents that the graph is built from."""
    from kgkit.quickstart import documents

    return [*documents(), *world.documents]


def built_cases(kg: KnowledgeGraph, world: World, seed: int) -> list[Case]:
    """Return the cases of the quickstart and of a world whose documents are in a graph: names are
    the graph's entities, mentions those that its build found."""
    rng = Random(seed)
    held = {document.uri: document for document in kg.ledger.documents()}
    mentions = _mentions(kg)
    asked = [*_quickstart(held), *((f, held[d.uri], a, b) for f, d, a, b in stated_in(world))]
    stated = [
        (_known(fact, mentions[document.id]), document, a, b) for fact, document, a, b in asked
    ]
    beside = {**BESIDE["held_out"], **_beside_quickstart()}
    both_ways = SYMMETRIC | {"SPOUSE", "MARRIED", "MARRIED_TO"}
    return list(plant(stated, mentions, beside, rng, FORMS["held_out"], both_ways))


def annotated_cases(data: Path, seed: int) -> list[Case]:
    """Return the cases of annotated sentences in `data`; claims of another fact take the
    relation of another pair of ends of the same kinds."""
    rng = Random(seed)
    pages = [*_redocred(data / "extraction" / "redocred"), *rk500_pages(data / "multihop")]
    stated = [(fact, page.document, *span) for page in pages for fact, span in page.stated]
    mentions = {page.document.id: page.mentions for page in pages}
    kinds: dict[tuple[str, str], set[str]] = {}
    for fact, *_ in stated:
        kinds.setdefault(_kinds(fact), set()).add(fact.relation)
    beside = {fact.relation: _beside(fact, kinds[_kinds(fact)]) for fact, *_ in stated}
    both_ways = frozenset(name.upper().replace(" ", "_") for name in _BOTH_WAYS)
    true = {id for page in pages for id in page.true}
    planted = plant(stated, mentions, beside, rng, FORMS["held_out"], both_ways)
    # Annotated texts say many things of one pair: a planted claim must be none of them.
    return [
        case
        for case in planted
        if case.kind not in ("roles", "relation") or case.claim.id not in true
    ]


def _beside(fact: Fact, others: set[str]) -> tuple[str, ...]:
    return tuple(sorted(others - {fact.relation}))


def _kinds(fact: Fact) -> tuple[str, str]:
    tail = fact.tail
    return fact.head.type, tail.type if isinstance(tail, Entity) else tail.datatype


def _redocred(folder: Path) -> Iterator[Page]:
    path = folder / "dev_revised.json.gz"
    if path.exists():
        labels = json.loads((folder / "relation_labels.json").read_text(encoding="utf-8"))
        with gzip.open(path, "rt", encoding="utf-8") as file:
            records: list[Any] = json.load(file)[-100:]
        for number, record in enumerate(records):
            yield page_of(number, record, labels)


def _quickstart(held: Mapping[str, Document]) -> Iterator[_Stated]:
    for row in _rows():
        document = held[row[0]]
        at = document.text.index(row[1])
        start, end = next(s for s in sentences(document.text) if s[0] <= at < s[1])
        yield Fact(Entity.named(row[2]), row[3], _end(row[4])), document, start, end


def _beside_quickstart() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows():
        found[row[3]] = tuple(dict.fromkeys((*found.get(row[3], ()), *row[5].split(","))))
    return found


def _rows() -> list[list[str]]:
    lines = _FACTS.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _end(text: str) -> Entity | Literal:
    if not text.startswith("="):
        return Entity.named(text)
    value = text[1:]
    if "-" in value:
        return Literal(date.fromisoformat(value), "date")
    return Literal(int(value), "gYear")


def _mentions(kg: KnowledgeGraph) -> dict[str, tuple[Mention, ...]]:
    chunks = list(kg.ledger.chunks())
    found: dict[str, list[Mention]] = {chunk.document_id: [] for chunk in chunks}
    for mention in kg.ledger.mentions(chunk_ids=[chunk.id for chunk in chunks]):
        found[mention.document_id].append(mention)
    return {id: tuple(sorted(own, key=lambda m: (m.start, m.end))) for id, own in found.items()}


def _known(fact: Fact, mentions: Sequence[Mention]) -> Fact:
    """Return the fact of the entities that the document's mentions know by these names."""
    head = _entity(fact.head, mentions)
    tail = _entity(fact.tail, mentions) if isinstance(fact.tail, Entity) else fact.tail
    return Fact(head, fact.relation, tail)


def _entity(wanted: Entity, mentions: Sequence[Mention]) -> Entity:
    names = {normalise_name(name) for name in (wanted.name, *wanted.aliases)}
    for mention in mentions:
        if normalise_name(mention.entity.name) in names:
            return mention.entity
    return wanted
