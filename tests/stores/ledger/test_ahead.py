"""Batches that are read while the one before is worked on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.ledger import Ledger
from stores.ledger.ahead import ahead
from tests.stores.ledger.worlds import read


def test_the_next_value_is_fetched_while_one_is_worked_on() -> None:
    second = threading.Event()

    def feed() -> Iterator[str | None]:
        yield "first"
        second.set()
        yield "second"
        while True:
            yield None

    values = ahead(feed())
    assert next(values) == "first"
    assert second.wait(timeout=10)
    assert list(values) == ["second"]


def test_what_the_feed_raises_is_raised_here() -> None:
    def feed() -> Iterator[str | None]:
        yield "first"
        raise RuntimeError("the disk is gone")

    values = ahead(feed())
    assert next(values) == "first"
    with pytest.raises(RuntimeError, match="the disk is gone"):
        next(values)


def test_giving_up_early_ends_the_reading() -> None:
    def feed() -> Iterator[int | None]:
        yield from range(5)

    before = threading.active_count()
    values = ahead(feed())
    next(values)
    values.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.parametrize("address", ["a.db", ":memory:"])
def test_what_is_written_meanwhile_is_followed_too(tmp_path: Path, address: str) -> None:
    path = address if address == ":memory:" else str(tmp_path / address)
    with Ledger.open(path) as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read("0.txt", ("Ada", "met", "Bob")), run)
        seen: set[str] = set()
        for number, batch in enumerate(ledger.batches(0, size=4), 1):
            seen.update(document.uri for document in batch.documents)
            if number < 9:
                ledger.add_document(*read(f"{number}.txt", ("Ada", "met", f"Bob {number}")), run)
        assert {f"{number}.txt" for number in range(9)} <= seen
        assert batch.upto == ledger.sequence()
