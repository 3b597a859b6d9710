"""What every store promises, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgkit.errors import ClosedError, ReadOnlyError, StoreError
from stores.base import Ability, GraphStore, Projection
from stores.ledger import Ledger
from stores.sync import follow
from tests.conformance.conftest import Subject
from tests.conformance.history import STEPS
from tests.conformance.tested import TESTED, installed


def test_every_installed_store_is_tested() -> None:
    assert set(installed()) <= TESTED.keys()


def test_it_meets_the_contracts(subject: Subject, store: GraphStore) -> None:
    assert isinstance(store, Projection)
    assert isinstance(store, GraphStore)
    assert store.abilities == subject.tested.abilities


def test_it_starts_from_zero(store: GraphStore) -> None:
    assert store.watermark() == 0
    summary = store.describe()
    assert (dict(summary.labels), dict(summary.relationships)) == ({}, {})


def test_closing_twice_is_fine_and_ends_all(
    subject: Subject, store: GraphStore, ledger: Ledger
) -> None:
    STEPS[0](ledger)
    (batch,) = ledger.batches(0)
    store.close()
    store.close()
    for call in (
        store.watermark,
        store.describe,
        store.clear,
        lambda: store.apply(batch),
        lambda: store.query("RETURN 1"),
    ):
        with pytest.raises(ClosedError):
            call()


def test_what_was_written_outlives_the_store_that_says_so(
    subject: Subject, store: GraphStore, ledger: Ledger
) -> None:
    STEPS[0](ledger)
    follow(ledger, store)
    before = subject.content(store)
    store.close()
    again = subject.open()
    if Ability.DURABLE in subject.tested.abilities:
        assert again.watermark() == ledger.sequence()
        assert not subject.content(again).difference(before)
    else:
        assert again.watermark() == 0


def test_read_only_means_that(subject: Subject, store: GraphStore, ledger: Ledger) -> None:
    STEPS[0](ledger)
    follow(ledger, store)
    before = subject.content(store)
    (batch,) = ledger.batches(0)
    store.close()
    if Ability.DURABLE not in subject.tested.abilities:
        with pytest.raises(StoreError, match="none to read"):
            subject.open(read_only=True)
        return
    reader = subject.open(read_only=True)
    calls: tuple[Callable[[], object], ...] = (lambda: reader.apply(batch), reader.clear)
    for call in calls:
        with pytest.raises(ReadOnlyError):
            call()
    assert reader.watermark() == ledger.sequence()
    assert not subject.content(reader).difference(before)
