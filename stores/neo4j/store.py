"""The graph store on a Neo4j server."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Self

from kgkit.errors import InputError, ReadOnlyError, StoreError
from stores.base import Ability, GraphSummary, Place
from stores.ledger.batch import Batch
from stores.neo4j.address import read_address
from stores.neo4j.connection import Connection
from stores.rows import Rows

__all__ = ["Neo4jGraph", "open_neo4j"]


class Neo4jGraph:
    """A property graph in a database of a Neo4j server, asked in Cypher; a projection of the
    ledger.

    The server is reached with the first call that needs it. If it goes away later, calls wait up
    to a minute for it to come back. Any database can be read; one is written to only when it
    is empty or kgkit has written it. After `close`, and in a forked process, every call raises
    `ClosedError`.
    """

    abilities = Ability.CYPHER | Ability.WRITES | Ability.TIMEOUT | Ability.DURABLE

    def __init__(self, connection: Connection, *, read_only: bool, ledger: str = "") -> None:
        self._connection = connection
        self._read_only = read_only
        self._ledger = ledger
        self._is_ours = False
        self._is_followed = not ledger
        self._lock = threading.Lock()
        self._summary: GraphSummary | None = None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        user: str | None = None,
        password: str | None = None,
        database: str | None = None,
        read_only: bool = False,
        ledger: str = "",
    ) -> Self:
        """Return the graph at an address such as "neo4j://host:7687?database=films".

        User, password and database are given here, in the address, or in the environment
        (`stores.neo4j.address.read_address`). `ledger` is the id of the ledger that the graph is
        to follow: a database that follows another is refused. Raises `InputError` for an address
        that cannot be read. A server that does not answer, a wrong password, an unknown database
        and one that follows another ledger show with the first call, as `StoreError`.
        """
        address = read_address(url, user, password, database)
        return cls(Connection(address), read_only=read_only, ledger=ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Return the rows of a Cypher query as native values.

        It only reads unless `write`: the server refuses the rest. After `timeout` seconds, and
        on Ctrl-C, the server stops it; no more than `limit` rows are fetched. Raises
        `QueryError` for a query that cannot run, `QueryTimeout`, `ReadOnlyError` for one that
        writes without `write`, `InputError` for an unusable parameter, timeout or limit.
        What a query writes is not in the ledger: `clear` forgets it.
        """
        if write and self._read_only:
            raise ReadOnlyError("the graph was opened for reading: open it without read_only")
        if timeout is not None and timeout <= 0:
            raise InputError(f"timeout={timeout} leaves no time: give seconds above 0, or None")
        if limit is not None and limit < 0:
            raise InputError(f"limit={limit} is below 0: give a number of rows, or None")
        from stores.neo4j.reading import ask
        from stores.neo4j.values import to_parameter

        given = to_parameter(parameters or {})
        if write:
            # What is written first into an empty database must not pass for a foreign graph.
            self._is_claimed()
            self._summary = None
            rows = self._connection.write(
                lambda tx: ask(tx, text, given, None), text=text, timeout=timeout
            )
            rows = rows if limit is None else rows[:limit]
        else:
            if not self._is_followed:
                self.watermark()
            rows = self._connection.read(
                lambda tx: ask(tx, text, given, limit),
                text=text,
                timeout=timeout,
                fetch=1000 if limit is None else min(1000, limit + 1),
            )
        return Rows(rows, rows.columns, [*self._notes(text), *rows.notes])

    def describe(self) -> GraphSummary:
        """Return the labels and relationship types with their counts, and all property names."""
        from stores.neo4j.reading import summarise

        self._summary = self._connection.read(summarise)
        return self._summary

    def watermark(self) -> int:
        """Return the sequence number of the ledger that the graph has reached."""
        from stores.neo4j.schema import check_ledger, read_mark

        mark = read_mark(self._connection)
        check_ledger(self._connection, mark.ledger, self._ledger)
        self._is_followed = True
        return mark.watermark or 0

    def apply(self, batch: Batch) -> None:
        """Make the graph agree with a batch of the ledger, in one transaction.

        Raises `ReadOnlyError` when opened for reading, and `StoreError` when the server fails or
        the database holds a graph that kgkit did not write; the graph is then as before.
        """
        from stores.neo4j.write import project

        self._claim()
        self._summary = None
        self._connection.write(lambda tx: project(tx, batch))

    def clear(self) -> None:
        """Forget everything, the watermark too; indexes stay, and the database stays kgkit's.

        Raises `ReadOnlyError` when opened for reading, and `StoreError` when the database holds
        a graph that kgkit did not write.
        """
        from stores.neo4j.schema import erase

        self._claim()
        self._summary = None
        erase(self._connection)

    def close(self) -> None:
        """Close the connections to the server; closing twice is fine."""
        self._connection.close()

    def _claim(self) -> None:
        if self._read_only:
            raise ReadOnlyError("the graph was opened for reading: open it without read_only")
        if not self._is_claimed():
            raise StoreError(
                f"the database at {self._connection.address} holds a graph that kgkit did not "
                "write: give an empty database, or open this one with read_only=True to ask it"
            )

    def _is_claimed(self) -> bool:
        """Return whether the database is kgkit's; an empty one becomes so."""
        from stores.neo4j.schema import claim

        with self._lock:
            self._is_ours = self._is_ours or claim(self._connection, self._ledger)
            return self._is_ours

    def _notes(self, text: str) -> tuple[str, ...]:
        """Return notes on unknown names; others may have brought them, so a doubt is looked up."""
        from stores.property_graph.notes import notes_on

        known = self._summary
        if known is not None and not notes_on(text, known):
            return ()
        return notes_on(text, self.describe())


def open_neo4j(target: str, place: Place) -> Neo4jGraph:
    """Open the graph at the address `target`; the folder of the place does not matter."""
    return Neo4jGraph.open(target, read_only=place.read_only, ledger=place.ledger)
