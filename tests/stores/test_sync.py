from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.facts import Document
from stores.base import Projection
from stores.ledger import Batch
from stores.sync import follow, rebuild


class Record:
    """A ledger of documents: change n adds document n."""

    def __init__(self, count: int) -> None:
        self.count = count

    def sequence(self) -> int:
        return self.count

    def batches(self, since: int, size: int = 2) -> Iterator[Batch]:
        while since < self.count:
            upto = min(self.count, since + size)
            yield Batch(upto, tuple(Document(f"{n}", "") for n in range(since + 1, upto + 1)))
            since = upto


class Copy:
    """A projection that keeps addresses, and fails where it is told to."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.reached = 0
        self.addresses: list[str] = []
        self.fails_at = fails_at

    def watermark(self) -> int:
        return self.reached

    def apply(self, batch: Batch) -> None:
        if batch.upto == self.fails_at:
            self.fails_at = None
            raise RuntimeError("the machine is gone")
        self.addresses += [document.uri for document in batch.documents]
        self.reached = batch.upto

    def clear(self) -> None:
        self.reached, self.addresses = 0, []

    def close(self) -> None:
        pass


def test_a_projection_meets_the_contract() -> None:
    assert isinstance(Copy(), Projection)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 5))
def test_following_catches_up(first: int, more: int, size: int) -> None:
    ledger, copy = Record(first), Copy()
    follow(ledger, copy, size=size)
    ledger.count += more
    follow(ledger, copy, size=size)
    assert copy.addresses == [str(n) for n in range(1, first + more + 1)]
    assert follow(ledger, copy) == 0


def test_projections_that_are_equally_far_are_told_from_one_reading() -> None:
    ledger, behind = Record(3), Copy()
    follow(ledger, behind)
    ledger.count = 6
    abreast = [Copy(), Copy()]
    assert follow(ledger, behind, *abreast, size=2) == 3 + 2
    for copy in (behind, *abreast):
        assert copy.addresses == ["1", "2", "3", "4", "5", "6"]


def test_one_that_fails_does_not_hold_the_others_back() -> None:
    ledger, fine, failing = Record(4), Copy(), Copy(fails_at=2)
    with pytest.raises(RuntimeError):
        follow(ledger, failing, fine, size=2)
    assert (failing.watermark(), fine.watermark()) == (0, 2)
    follow(ledger, failing, fine, size=2)
    assert failing.addresses == fine.addresses == ["1", "2", "3", "4"]


def test_after_a_failure_it_goes_on_where_it_was() -> None:
    ledger, copy = Record(6), Copy(fails_at=4)
    with pytest.raises(RuntimeError):
        follow(ledger, copy, size=2)
    assert copy.watermark() == 2
    follow(ledger, copy, size=2)
    assert copy.addresses == ["1", "2", "3", "4", "5", "6"]


def test_a_projection_ahead_of_its_ledger_starts_again() -> None:
    copy = Copy()
    follow(Record(6), copy)
    follow(Record(3), copy)
    assert copy.addresses == ["1", "2", "3"]


def test_rebuilding_starts_from_zero() -> None:
    ledger, copy = Record(3), Copy()
    follow(ledger, copy)
    copy.addresses.append("stray")
    assert rebuild(ledger, copy) == 1
    assert copy.addresses == ["1", "2", "3"]


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    follow(Record(5), Copy(), size=2, progress=lambda now, last: told.append((now, last)))
    assert told == [(2, 5), (4, 5), (5, 5)]
