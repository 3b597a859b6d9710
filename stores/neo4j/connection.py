"""The connection to a server: opened with the first call, with the driver's retries."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from kgkit.errors import ClosedError, KgkitError
from stores.neo4j.address import Address
from stores.neo4j.errors import translate
from stores.neo4j.stopping import Task, run_stoppable

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

__all__ = ["Connection"]

_Result = TypeVar("_Result")

#: Seconds until a host that does not answer counts as not there.
_PATIENCE = 10.0
#: Seconds for which the driver tries again while the server is away: it may be starting.
_RETRIES = 60.0
#: Rows that come at once.
_FETCH = 1000
_TERMINATE = """
SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS about
WHERE about.kgkit = $key
TERMINATE TRANSACTIONS id YIELD message
RETURN message
"""


class Connection:
    """A pool of connections of the official driver to one database.

    Work is a function of a transaction. The driver runs it again, for a minute, while the server
    is away or another transaction is in the way. After `close`, and in a forked process,
    every call raises `ClosedError`.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._driver: Driver | None = None
        self._process = os.getpid()
        self._closed = False
        self._lock = threading.Lock()

    def read(
        self,
        work: Callable[[ManagedTransaction], _Result],
        *,
        text: str | None = None,
        timeout: float | None = None,
        fetch: int = _FETCH,
    ) -> _Result:
        """Return what work returns that only reads; the server refuses to let it write.

        `text` is the query for errors, `timeout` is in seconds, and `fetch` is the number of
        rows that come at once. Ctrl-C ends the transaction on the server. Raises kgkit's errors
        for the driver's.
        """

        def run(driver: Driver, task: Task) -> _Result:
            with self._session(driver, fetch) as session:
                return session.execute_read(_bounded(work, task, timeout))

        return self._stoppable(run, text, timeout)

    def write(
        self,
        work: Callable[[ManagedTransaction], _Result],
        *,
        text: str | None = None,
        timeout: float | None = None,
    ) -> _Result:
        """Return what work returns that may write, in one transaction; otherwise as `read`.

        Without `text` it is work of kgkit's own, which can be done twice: it is done again when
        the server went away in the midst of the commit.
        """

        def run(driver: Driver, task: Task) -> _Result:
            with self._session(driver) as session:
                return session.execute_write(_bounded(work, task, timeout))

        def run_again(driver: Driver, task: Task) -> _Result:
            from neo4j.exceptions import IncompleteCommit

            try:
                return run(driver, task)
            except IncompleteCommit:
                return run(driver, task)

        return self._stoppable(run_again if text is None else run, text, timeout)

    def server_version(self) -> tuple[int, ...]:
        """Return the version of the server, such as (5, 26, 12); empty where it does not say."""
        driver = self._open()
        agent = self._translated(lambda: driver.get_server_info().agent)
        numbers = agent.rpartition("/")[2].split(".")
        return tuple(int(part) for part in numbers if part.isdecimal())

    def close(self) -> None:
        """Close the connections; closing twice is fine."""
        with self._lock:
            self._closed = True
            # In a forked process they are the parent's.
            if self._driver is not None and os.getpid() == self._process:
                self._driver.close()
                self._driver = None

    def _session(self, driver: Driver, fetch: int = _FETCH) -> Session:
        # With one manager of bookmarks, a read on another server of a cluster waits for the
        # writes that were made here.
        return driver.session(
            database=self.address.database,
            fetch_size=fetch,
            bookmark_manager=driver.execute_query_bookmark_manager,
        )

    def _stoppable(
        self, run: Callable[[Driver, Task], _Result], text: str | None, timeout: float | None
    ) -> _Result:
        driver = self._open()

        def work(task: Task) -> _Result:
            return self._translated(lambda: run(driver, task), text)

        return run_stoppable(work, self._terminate, timeout)

    def _terminate(self, key: str) -> None:
        """End the transactions with this key, as far as the server can be reached."""
        from neo4j.exceptions import DriverError, Neo4jError

        driver = self._driver
        if driver is not None:
            with suppress(DriverError, Neo4jError), self._session(driver) as session:
                session.run(_TERMINATE, key=key).consume()

    def _translated(self, work: Callable[[], _Result], text: str | None = None) -> _Result:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            return work()
        except (DriverError, Neo4jError) as error:
            raise translate(error, self.address, text) from error

    def _open(self) -> Driver:
        if os.getpid() != self._process:
            raise ClosedError(
                f"process {os.getpid()} was forked from {self._process}, which opened "
                f"{self.address}: open it again here"
            )
        with self._lock:
            if self._closed:
                raise ClosedError(f"the graph at {self.address} is closed: open it again")
            if self._driver is None:
                self._driver = self._connected()
            return self._driver

    def _connected(self) -> Driver:
        """Return a driver that has reached the server and the database."""
        from neo4j import GraphDatabase

        # Without a handler of its own, Python prints a library's warnings.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        address = self.address
        auth = (address.user, address.password or "") if address.user else None
        driver = self._translated(
            lambda: GraphDatabase.driver(
                address.uri,
                auth=auth,
                connection_timeout=_PATIENCE,
                max_transaction_retry_time=_RETRIES,
                # kgkit has notes of its own; these would reach the user's log.
                notifications_min_severity="OFF",
            )
        )
        try:
            self._translated(lambda: self._greet(driver))
        except KgkitError:
            driver.close()
            raise
        return driver

    def _greet(self, driver: Driver) -> None:
        """Reach the database once; without retries, so that a server that is not there shows."""
        with self._session(driver) as session:
            session.run("RETURN 1").consume()


def _bounded(
    work: Callable[[ManagedTransaction], _Result], task: Task, timeout: float | None
) -> Callable[[ManagedTransaction], _Result]:
    """Return the work under the key of its task; it is not committed once the task is stopped."""
    from neo4j import unit_of_work

    def checked(tx: ManagedTransaction) -> _Result:
        task.check()
        result = work(tx)
        task.check()
        return result

    return unit_of_work({"kgkit": task.key}, timeout)(checked)
