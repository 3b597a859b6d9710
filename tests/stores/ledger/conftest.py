"""An empty ledger for each test, in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stores.ledger import Ledger
from tests.stores.ledger.places import NewAddress, Schemas, database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the URL of a database of this test process; skips where no server answers."""
    with database() as url:
        yield url


@pytest.fixture(scope="session")
def schemas(postgres: str) -> Schemas:
    """Return ledgers in the database of this test process."""
    return Schemas(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest) -> NewAddress:
    """Return what gives the address of a new, empty ledger."""
    if request.param == "sqlite":
        return lambda: ":memory:"
    schemas = request.getfixturevalue("schemas")
    assert isinstance(schemas, Schemas)
    return schemas.next


@pytest.fixture
def ledger(new_address: NewAddress) -> Iterator[Ledger]:
    """Return an empty ledger."""
    with Ledger.open(new_address()) as ledger:
        yield ledger


@pytest.fixture
def postgres_ledger(schemas: Schemas) -> Iterator[Ledger]:
    """Return an empty ledger in PostgreSQL; skips where no server answers."""
    with Ledger.open(schemas.next()) as ledger:
        yield ledger


@pytest.fixture
def run_id(ledger: Ledger) -> str:
    """Return a run in `ledger`."""
    return ledger.add_run("test", "1", {"size": 2}, 0)
