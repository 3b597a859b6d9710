"""Where the tests keep ledgers: in memory, in a file, and in PostgreSQL where a server answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from stores.ledger import Ledger
from stores.ledger.tables import Base

#: The server to test on.
SERVER = os.environ.get("KGKIT_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432")

#: Gives the address of a new, empty ledger.
NewAddress = Callable[[], str]


@contextmanager
def database() -> Iterator[str]:
    """Make a database, give its URL and drop it; skips the test where no server answers."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    name = f"kgkit_test_{uuid4().hex}"
    url = make_url(SERVER)
    maintenance = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with ExitStack() as closing:
        closing.callback(maintenance.dispose)
        try:
            connection = closing.enter_context(maintenance.connect())
        except SQLAlchemyError:
            pytest.skip(f"no PostgreSQL server answers at {url.host}:{url.port}")
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        closing.callback(connection.execute, text(f"DROP DATABASE {name} WITH (FORCE)"))
        yield url.set(database=name).render_as_string(hide_password=False)


class Schemas:
    """Ledgers in the schemas of a database, emptied and handed out again: three at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._made: list[str] = []
        self._given = 0

    def next(self) -> str:
        """Return the URL of a ledger without a record."""
        place = self._given % 3
        self._given += 1
        if place == len(self._made):
            self._made.append(new_schema(self._url))
            Ledger.open(self._made[place]).close()
        else:
            empty(self._made[place])
        return self._made[place]


def empty(url: str) -> None:
    """Delete every record of a ledger."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    engine.dispose()


def new_schema(url: str) -> str:
    """Return the URL of a new, empty schema of a database."""
    name = f"ledger_{uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    at = make_url(url).update_query_dict({"options": f"-csearch_path={name}"})
    return at.render_as_string(hide_password=False)
