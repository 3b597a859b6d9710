"""Hand-made triples against an extractor and a cached extraction."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.scoring.rk500 import score
from extractors.base import Extraction
from kgkit.facts import Chunk, Document, Entity, Fact, Literal

GOLD = [("c1", "Ada", "date of birth", "10 December 1815"), ("c1", "Ada", "father", "Byron")]


class Fixed:
    """Finds the same facts in every document."""

    name, version = "fixed", "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        ada = Entity.named("Ada (countess)", "Person")
        birth = Literal("1815-12-10", text="December 10, 1815")
        wrong = Entity.named("Annabella", "Person")
        return Extraction(
            facts=(
                Fact(ada, "DATE_OF_BIRTH", birth),
                Fact(ada, "FATHER", wrong),
                Fact(ada, "LIKE", wrong),
            )
        )


@pytest.mark.parametrize(
    ("covered", "qwen"), [("c1", {"rk500_qwen_f1": 66.7, "passages_qwen": 1.0}), ("c2", {})]
)
def test_an_extractor_and_a_cached_extraction_are_judged_alike(
    tmp_path: Path, covered: str, qwen: dict[str, float]
) -> None:
    folder = tmp_path / "multihop" / "2wikimultihopqa"
    folder.mkdir(parents=True)
    names = ("chunk_id", "subject", "relation", "object")
    files = {
        "extraction_gold": [dict(zip(names, triple, strict=True)) for triple in GOLD],
        "corpus": [{"id": "c1", "title": "Ada", "text": "Ada was born on December 10, 1815."}],
        "openie_qwen2.5-7b_gliner": [[covered, "ada", "date of birth", "10 December 1815", "x"]],
    }
    for name, content in files.items():
        (folder / f"rk500_{name}.json.gz").write_bytes(gzip.compress(json.dumps(content).encode()))
    found = score(tmp_path, Fixed())
    assert (found["rk500_precision"], found["rk500_recall"], found["rk500_f1"]) == (50.0,) * 3
    assert qwen.items() <= found.items()
    assert ("rk500_qwen_f1" in found) == bool(qwen)
