"""Rows that an extractor did not believe are reported by reason, as long as their document is."""

from __future__ import annotations

import json
from pathlib import Path

import kgkit
from extractors.llm import LMExtractor
from kgkit.facts import Document
from kgkit.models.lm import FakeLM
from kgkit.rejections import keep_rejections, kept_rejections
from stores.ledger import Ledger

REPLY = json.dumps(
    {
        "facts": [
            {"head": "Ada", "relation": "wrote", "tail": "Note G"},
            {"head": "Ada", "relation": "wrote", "tail": "Faust"},
            {"head": "Ada", "relation": "wrote"},
        ]
    }
)


def test_a_build_reports_what_a_model_was_not_believed(tmp_path: Path) -> None:
    document = Document("a.txt", "Ada wrote Note G.")
    with kgkit.open(tmp_path / "a.kg", extractor=LMExtractor(FakeLM([REPLY]))) as kg:
        report = kg.build(document)
        assert report.quality is not None
        assert report.quality.rejected == {"incomplete": 1, "not found": 1}
        assert "rejected     incomplete 1, not found 1" in str(report.quality)
        assert kg.quality().rejected == report.quality.rejected
        kg.remove_document("a.txt")
        assert kg.quality().rejected == {}


def test_only_the_run_that_read_the_document_counts() -> None:
    with Ledger.open(":memory:") as ledger:
        document = Document("a.txt", "Ada wrote Note G.")
        old, new = (ledger.add_run("llm", version, {}, 0) for version in ("1", "2"))
        keep_rejections(ledger, old, document.id, ["empty", "not found", "empty"])
        ledger.add_document(document, [], [], [], old)
        assert kept_rejections(ledger) == {"empty": 2, "not found": 1}
        ledger.add_document(document, [], [], [], new)
        assert kept_rejections(ledger) == {}
        keep_rejections(ledger, new, document.id, [])
        assert kept_rejections(ledger) == {}
