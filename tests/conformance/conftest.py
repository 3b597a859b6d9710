"""Each test with a `tested` store runs over every store that is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from stores.base import GraphStore, Place
from stores.ledger import Ledger
from stores.registry import open_store
from tests.conformance.content import Content
from tests.conformance.tested import TESTED, Tested, installed

HEAP = 256


@dataclass(slots=True)
class Subject:
    """A store under test, in a place of its own."""

    name: str
    tested: Tested
    target: str
    folder: Path
    _opened: list[GraphStore] = field(default_factory=list)

    def open(self, *, read_only: bool = False) -> GraphStore:
        """Open the store as anyone would; it is closed when the test ends."""
        store = open_store(self.target, Place(self.folder, read_only, HEAP))
        self._opened.append(store)
        return store

    def content(self, store: GraphStore) -> Content:
        """Return what the store holds."""
        return self.tested.read(store)

    def close(self) -> None:
        """Close what was opened."""
        for store in self._opened:
            store.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "subject" not in metafunc.fixturenames:
        return
    name = metafunc.function.__name__
    cases = []
    for store in installed():
        gaps = TESTED[store].gaps if store in TESTED else {}
        marks = [pytest.mark.xfail(strict=True, reason=gaps[name])] if name in gaps else []
        cases.append(pytest.param(store, id=store, marks=marks))
    metafunc.parametrize("subject", cases, indirect=True)


@pytest.fixture
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Subject]:
    """A store that is empty."""
    name: str = request.param
    assert name in TESTED, f"the suite cannot open {name!r}: add it to tests/conformance/tested.py"
    tested = TESTED[name]
    target = _target(name)
    if target is None:
        pytest.skip(tested.missing)
    made = Subject(name, tested, target, tmp_path / "graph")
    first = made.open()
    if "://" in target:
        # Other tests of this process are given the same database, and leave things there.
        first.query("MATCH (n) DETACH DELETE n", write=True)
    first.clear()
    first.close()
    yield made
    made.close()


@cache
def _target(name: str) -> str | None:
    return TESTED[name].target()


@pytest.fixture
def store(subject: Subject) -> GraphStore:
    """An empty store that is open."""
    return subject.open()


@pytest.fixture
def content(subject: Subject) -> Callable[[GraphStore], Content]:
    """How to read what the store holds."""
    return subject.content


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """An empty ledger in memory."""
    with Ledger.open(":memory:") as ledger:
        yield ledger
