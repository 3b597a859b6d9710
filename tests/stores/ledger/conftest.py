"""An empty ledger for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stores.ledger import Ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Return an empty ledger in memory."""
    with Ledger.open(":memory:") as ledger:
        yield ledger


@pytest.fixture
def run_id(ledger: Ledger) -> str:
    """Return a run in `ledger`."""
    return ledger.add_run("test", "1", {"size": 2}, 0)
