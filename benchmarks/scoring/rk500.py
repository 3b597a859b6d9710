"""Facts of encyclopaedia passages scored on hand-made triples (rk500, a sample of 2Wiki).

A triple is right if subject, relation and object are: names in lower case without blanks,
articles and brackets, dates by their value. The cached extraction of a language model that comes
with the set is scored in the same way on the passages that it covers; `passages_qwen` says how
many of those with hand-made triples that are.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractors.base import Extractor
from extractors.chunks import split
from extractors.mini.dates import time_literal
from extractors.mini.relations.naming import relation_name
from kgkit.facts import Document, Entity, Literal

__all__ = ["compared", "score"]

Triple = tuple[str, str, str, str]

_FOLDER = Path("multihop") / "2wikimultihopqa"
_BRACKET = re.compile(r"\s*\([^()]*\)$|^(?:the|a|an)\s+")


def score(data_dir: Path, extractor: Extractor) -> dict[str, float]:
    """Return rk500_precision, rk500_recall and rk500_f1 in percent, of facts whose relation
    occurs among the hand-made triples, and the same with `_qwen` for the cached extraction, where
    it covers any of their passages.

    `data_dir` holds `multihop/2wikimultihopqa`.
    """
    folder = data_dir / _FOLDER
    triples = _load(folder / "rk500_extraction_gold.json.gz")
    gold = compared((t["chunk_id"], t["subject"], t["relation"], t["object"]) for t in triples)
    passages = {passage["id"]: passage for passage in _load(folder / "rk500_corpus.json.gz")}
    asked = sorted({triple[0] for triple in gold})
    found = compared(
        triple for number in asked for triple in _facts(passages[number], number, extractor)
    )
    cached = _load(folder / "rk500_openie_qwen2.5-7b_gliner.json.gz")
    covered = {row[0] for row in cached}.intersection(asked)
    theirs = compared(tuple(row[:4]) for row in cached if row[0] in covered)
    figures = _figures("rk500", gold, found)
    if covered:
        figures |= _figures("rk500_qwen", {t for t in gold if t[0] in covered}, theirs)
    return figures | {"passages": float(len(asked)), "passages_qwen": float(len(covered))}


def compared(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples (passage, subject, relation, object) as they are compared.

    >>> sorted(compared([("c1", "The Alien (film)", "publication date", "May 25, 1979")]))
    [('c1', 'alien', 'PUBLICATION_DATE', '1979-05-25')]
    """
    return {(c, _plain(s), relation_name(r), _plain(o)) for c, s, r, o in triples}


def _facts(passage: Any, number: str, extractor: Extractor) -> Iterable[Triple]:
    document = Document(f"{number}.txt", passage["text"], passage["title"])
    for fact in extractor.extract(document, split(document)).facts:
        if fact.is_asserted:
            yield number, fact.head.name, fact.relation, _shown(fact.tail)


def _shown(tail: Entity | Literal) -> str:
    return tail.name if isinstance(tail, Entity) else tail.text or str(tail.value)


def _figures(name: str, gold: set[Triple], found: set[Triple]) -> dict[str, float]:
    relations = {triple[2] for triple in gold}
    judged = {triple for triple in found if triple[2] in relations}
    right = len(gold & judged)
    return {
        f"{name}_precision": round(100.0 * right / max(1, len(judged)), 1),
        f"{name}_recall": round(100.0 * right / max(1, len(gold)), 1),
        f"{name}_f1": round(200.0 * right / max(1, len(judged) + len(gold)), 1),
    }


def _plain(words: str) -> str:
    lowered = _BRACKET.sub("", _BRACKET.sub("", " ".join(words.lower().split())))
    literal = time_literal(words)
    return str(literal.value) if literal.datatype in ("date", "gYear") else lowered.replace(" ", "")


def _load(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)
