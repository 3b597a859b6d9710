"""Canonical relations scored: labelled pairs of predicates, and how far real names shrink."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from extractors.align.relations import RelationUse, canonical_relations

__all__ = ["pair_figures", "shrink_figures"]

_PAIRS = Path(__file__).with_name("predicate_pairs.tsv")


def pair_figures(part: str = "held") -> dict[str, float]:
    """Return precision and recall over labelled pairs of predicates, in percent.

    A pair that is found the same or inverse counts as right where it is labelled so. The pairs
    are written by hand by who wrote the lexicon; `part` is "held", the half whose errors were
    not looked at, "dev" or "all".
    """
    counts: Counter[tuple[str, str]] = Counter()
    for line in _PAIRS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, one, other = line.split("\t")
        if part in ("all", _part(one, other)):
            counts[label, _found(one, other)] += 1
    joined = {key: n for key, n in counts.items() if key[1] != "different"}
    right = sum(n for key, n in joined.items() if key[0] == key[1])
    wanted = sum(n for key, n in counts.items() if key[0] != "different")
    return {
        "relation_precision": round(100.0 * right / max(1, sum(joined.values())), 1),
        "relation_recall": round(100.0 * right / max(1, wanted), 1),
        "relation_pairs": float(sum(counts.values())),
    }


def shrink_figures(folder: Path) -> dict[str, float]:
    """Return how many relation names two cached extractions use, and the share that is left.

    `folder` holds `2wikimultihopqa/rk500_openie_qwen2.5-7b_gliner` and
    `musique/train100_openie_gpt-3.5-turbo-1106`; no label is used.
    """
    rows = _read(folder / "2wikimultihopqa" / "rk500_openie_qwen2.5-7b_gliner.json.gz")
    figures = _shrunk("rk500", Counter(row[2] for row in rows))
    found = _read(folder / "musique" / "train100_openie_gpt-3.5-turbo-1106.json.gz")
    docs = found.get("docs", found) if isinstance(found, dict) else found
    triples = (triple for doc in docs for triple in doc["triples"])
    names = Counter(t[1] for t in triples if len(t) == 3 and isinstance(t[1], str))
    return figures | _shrunk("musique", names)


def _found(one: str, other: str) -> str:
    found = canonical_relations([RelationUse(one, 2), RelationUse(other, 1)])
    a, b = found[one], found[other]
    if a.name != b.name:
        return "different"
    return "inverse" if a.inverted != b.inverted else "same"


def _part(one: str, other: str) -> str:
    digest = hashlib.sha256(f"{one}|{other}".encode()).hexdigest()
    return "held" if int(digest[:8], 16) % 2 else "dev"


def _shrunk(name: str, counts: Counter[str]) -> dict[str, float]:
    uses = [RelationUse(relation, count) for relation, count in sorted(counts.items())]
    left = canonical_relations(uses).names
    return {
        f"{name}_relations": float(len(uses)),
        f"{name}_relations_left": round(100.0 * len(left) / max(1, len(uses)), 1),
    }


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))
