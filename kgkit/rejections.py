"""How many rows of each document an extractor did not believe, by reason.

They are kept beside the document, for each run that reads it, and erased with it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgkit.ids import content_id

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["keep_rejections", "kept_rejections"]

#: The setting that lists the runs which did not believe something.
_RUNS = "rejections.runs"


def keep_rejections(ledger: Ledger, run_id: str, document_id: str, reasons: Sequence[str]) -> None:
    """Keep why rows about a document were not believed, one reason a row; none keeps nothing."""
    if not reasons:
        return
    runs = _runs(ledger)
    if run_id not in runs:
        ledger.set_meta(_RUNS, json.dumps(sorted([*runs, run_id])))
    counts = json.dumps(dict(sorted(Counter(reasons).items())))
    ledger.store_call(_key(run_id, document_id), f"run {run_id}", document_id, counts, document_id)


def kept_rejections(ledger: Ledger) -> Counter[str]:
    """Return how many rows were not believed of the documents that are there, by reason."""
    found: Counter[str] = Counter()
    runs = _runs(ledger)
    for document in ledger.documents() if runs else ():
        for run_id in runs:
            counts = ledger.cached_call(_key(run_id, document.id))
            if counts and ledger.has_document(document.id, run_id):
                found.update(json.loads(counts))
    return found


def _runs(ledger: Ledger) -> list[str]:
    found: list[str] = json.loads(ledger.get_meta(_RUNS) or "[]")
    return found


def _key(run_id: str, document_id: str) -> str:
    return content_id("rejected", run_id, document_id)
