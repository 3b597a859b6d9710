"""Relations scored on Re-DocRED: with its own mentions given, and from raw text.

`relation_f1_gold_mentions` tells the relation head which entities a document has, as the set's
own figures do. `relation_f1` tells it nothing: an entity found by the extractor stands for the
annotated one with which it shares most mentions (equal characters but for articles and
genitives), a literal for the one that is written so, and a fact is right if its two ends stand
for the ends of an annotated one. Facts with relations that the set does not know are not judged.
Properties that say the same, also the other way round ("capital", "capital of"), are one relation
there, as they are in the graph (`extractors.mini.relations.names`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractors.base import Extractor
from extractors.chunks import split
from extractors.mini.train.data import load_redocred
from extractors.mini.train.relations_judging import (
    Annotated,
    Triple,
    annotated,
    judged,
    known_names,
)
from kgkit.facts import Fact

__all__ = ["score"]

#: The built-in extractor learns from the other documents of dev.
_MEASURED = 100


def score(data_dir: Path, extractor: Extractor) -> dict[str, float]:
    """Return precision, recall and F1 with mentions given and from raw text, in percent, and F1
    of facts within a sentence (intra) and across sentences (inter) apart.

    `data_dir` holds `extraction/redocred`, of whose dev the last 100 documents are measured.
    """
    folder = data_dir / "extraction" / "redocred"
    documents = load_redocred(folder / "dev_revised.json.gz")[-_MEASURED:]
    names = known_names(folder / "relation_labels.json")
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        gold = annotated(document)
        found = extractor.extract(gold.document, split(gold.document))
        _count(counts, "", gold, gold.facts, _distinct(judged(gold, found, names)))
        _count(counts, "_gold_mentions", gold, gold.properties, _given(document))
    figures: dict[str, float] = {}
    for suffix in ("_gold_mentions", ""):
        figures |= _figures(counts, suffix)
    return figures


def _distinct(found: Iterable[tuple[Fact, Triple]]) -> list[Triple]:
    return sorted({triple for _, triple in found})


def _given(document: Any) -> list[Triple]:
    """What the built-in relation head says of a document whose mentions it is told."""
    from extractors.mini.relations.load import load_relation_reader
    from extractors.mini.train.relations_data import gold_case

    reader = load_relation_reader()
    properties = reader.labels.properties
    found = reader.relate(gold_case(document, reader.tokenizer, printed=True))
    return [(each.head, properties[each.relation], each.tail) for each in found]


def _count(
    counts: Counter[tuple[str, str, str]],
    suffix: str,
    gold: Annotated,
    true: frozenset[Triple],
    found: Sequence[Triple],
) -> None:
    for group, facts in (("gold", true), ("found", found)):
        for fact in facts:
            part = "intra" if (fact[0], fact[2]) in gold.near else "inter"
            counts[group, part, suffix] += 1
            if group == "found" and fact in true:
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


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
