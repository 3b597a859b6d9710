"""The graph store that runs inside this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kgkit.errors import ClosedError, InputError, ReadOnlyError, StoreError
from stores.base import Ability, GraphSummary, Place
from stores.embedded import jvm
from stores.ledger.batch import Batch
from stores.rows import Rows

if TYPE_CHECKING:
    import networkx

    from stores.embedded.loading import Load
    from stores.embedded.query import Stoppable

__all__ = ["EmbeddedGraph", "open_embedded"]

_Result = TypeVar("_Result")


class EmbeddedGraph:
    """A property graph in a folder, asked in openCypher; a projection of the ledger.

    The Java machine starts with the first call that needs it, and its heap stays what it was
    then. One process has the graph open at a time. After `close`, and in a forked process,
    every call raises `ClosedError`.
    """

    abilities = Ability.CYPHER | Ability.WRITES | Ability.TIMEOUT | Ability.DURABLE

    def __init__(self, folder: Path, *, heap_mb: int, read_only: bool) -> None:
        self._folder = folder
        self._heap_mb = heap_mb
        self._read_only = read_only
        self._database: Any = None
        self._closed = False
        self._lock = threading.RLock()
        self._summary: GraphSummary | None = None
        self._load: Load | None = None

    @classmethod
    def open(cls, path: str | Path, *, heap_mb: int = 1024, read_only: bool = False) -> Self:
        """Return the graph in a folder; nothing is opened before the first call needs it.

        `heap_mb` is in MiB. Raises `InputError` for less than 64, and `StoreError` when there
        is nothing to read. Another process that has the graph shows with the first call, as
        `LockedError` naming it.
        """
        if heap_mb < 64:
            raise InputError(f"heap_mb={heap_mb} is too little for the engine: give at least 64")
        folder = Path(path)
        if read_only and not folder.is_dir():
            raise StoreError(f"there is no graph at {str(folder)!r}: build one first")
        return cls(folder, heap_mb=heap_mb, read_only=read_only)

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
        """Return the rows of an openCypher query as native values.

        It only reads unless `write`. After `timeout` seconds, and on Ctrl-C, the engine stops
        it; no more than `limit` rows are fetched. Raises `QueryError` for a query that cannot
        run, `QueryTimeout`, `ReadOnlyError` for one that writes without `write`, `InputError`
        for an unusable parameter, timeout or limit.
        """
        if write and self._read_only:
            raise ReadOnlyError("the graph was opened for reading: open it without read_only")
        if timeout is not None and timeout <= 0:
            raise InputError(f"timeout={timeout} leaves no time: give seconds above 0, or None")
        if limit is not None and limit < 0:
            raise InputError(f"limit={limit} is below 0: give a number of rows, or None")
        database = self._open()
        from stores.embedded.columns import columns_of
        from stores.embedded.query import run_stoppable
        from stores.embedded.reading import ask
        from stores.property_graph.notes import notes_on

        def work(task: Stoppable) -> Rows:
            return ask(database, text, parameters or {}, (write, limit), task)

        rows = run_stoppable(work, timeout)
        if write:
            self._summary = None
        columns = rows.columns or columns_of(text)
        return Rows(rows, columns, [*notes_on(text, self.describe()), *rows.notes])

    def describe(self) -> GraphSummary:
        """Return the labels and relationship types with their counts, and all property names."""
        database = self._open()
        if self._summary is None:
            from stores.embedded.reading import summarise

            self._summary = summarise(database)
        return self._summary

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the whole graph, as `stores.rows.Rows.to_networkx` does."""
        graph = self.query("MATCH (n) RETURN n").to_networkx()
        graph.update(self.query("MATCH ()-[r]->() RETURN r").to_networkx())
        return graph

    def watermark(self) -> int:
        """Return the sequence number of the ledger that the graph has reached."""
        from stores.embedded.engine import read_watermark

        return max(0, read_watermark(self._open()))

    def apply(self, batch: Batch) -> None:
        """Make the graph agree with a batch of the ledger, in one transaction.

        Raises `ReadOnlyError` when opened for reading, and `StoreError` when the engine fails;
        the graph is then as before.
        """
        if self._read_only:
            raise ReadOnlyError("the graph was opened for reading: open it without read_only")
        database = self._open()
        from stores.embedded.write import project

        self._summary = None
        if self._load is not None:
            if self._translated(partial(self._load.take, batch)):
                jvm.tidy()
                return
            self._end_load()
        self._translated(lambda: database.run_in_transaction(lambda: project(database, batch)))
        jvm.tidy()
        if any(kind == "document" for kind, _ in batch.gone):
            self._empty_log()

    @contextmanager
    def loading(self, until: int) -> Iterator[None]:
        """Load what is applied in this block, up to the change `until`, with the bulk loader.

        The graph has to be empty; where it is not, or is read-only, the block changes nothing.
        Batches are kept when the block ends, or with the first that goes beyond. Killed before,
        or where the engine fails, the graph is empty. Raises `StoreError` when the engine fails.
        """
        database = self._open()
        from stores.embedded.loading import Load

        if not self._read_only and not self.watermark() and not self.describe().labels:
            self._load = self._translated(lambda: Load(database, until))
        try:
            yield
            self._end_load()
        finally:
            self._drop_load()

    def _end_load(self) -> None:
        if self._load is not None:
            self._translated(self._load.end)
            self._load = self._summary = None

    def _drop_load(self) -> None:
        """Give up a load that is not at its end: the next call finds the mark and starts anew."""
        load, self._load = self._load, None
        if load is not None:
            load.abandon()
            self._empty_log()

    def _empty_log(self) -> None:
        """Close the database, which drops the engine's log with removed text; a call reopens it."""
        from stores.embedded.files import close_database

        with self._lock:
            database, self._database = self._database, None
            close_database(self._folder, database, read_only=False)

    def clear(self) -> None:
        """Forget everything, the watermark too. Raises `ReadOnlyError` when opened for reading."""
        if self._read_only:
            raise ReadOnlyError("the graph was opened for reading: open it without read_only")
        from stores.embedded.files import close_database, remove_database

        with self._lock:
            self._check()
            self._drop_load()
            self._summary = None
            if self._database is not None or self._folder.exists():
                close_database(self._folder, self._open(), read_only=False)
                self._database = None
                remove_database(self._folder)

    def close(self) -> None:
        """Close the database; closing twice is fine."""
        with self._lock:
            self._drop_load()
            self._closed = True
            database, self._database = self._database, None
            if database is None:
                return
            if jvm.is_forked():
                # The parent owns it; here its finalizer would wait for threads that are not there.
                database._closed = True
                return
            from stores.embedded.files import close_database

            close_database(self._folder, database, read_only=self._read_only)

    def _check(self) -> None:
        jvm.check_process()
        if self._closed:
            raise ClosedError(f"the graph {str(self._folder)!r} is closed: open it again")

    def _open(self) -> Any:
        self._check()
        with self._lock:
            if self._database is None:
                jvm.start(self._heap_mb)
                self._database = self._open_whole()
                jvm.close_at_exit(self)
            return self._database

    def _open_whole(self) -> Any:
        """Open the database; one whose first load was cut short is made anew."""
        from stores.embedded.engine import LOADING, ensure_schema, read_watermark
        from stores.embedded.files import close_database, open_database, remove_database

        database = open_database(self._folder, read_only=self._read_only)
        if not self._read_only:
            self._translated(lambda: ensure_schema(database))
        if read_watermark(database) != LOADING:
            return database
        close_database(self._folder, database, read_only=self._read_only)
        if self._read_only:
            raise StoreError(
                f"the graph {str(self._folder)!r} is half loaded, since the process that made it "
                "was stopped: open it for writing once, and it is made again"
            )
        remove_database(self._folder)
        return self._open_whole()

    def _translated(self, work: Callable[[], _Result]) -> _Result:
        from arcadedb_embedded import ArcadeDBError

        try:
            return work()
        except (ArcadeDBError, jvm.java("java.lang.Throwable")) as error:
            raise StoreError(
                f"the graph {str(self._folder)!r} cannot be written ({error}): try again, or "
                "make it again with rebuild"
            ) from error


def open_embedded(target: str, place: Place) -> EmbeddedGraph:
    """Open the graph in the folder of a place, or for "embedded:FOLDER" in that folder."""
    _, _, folder = target.partition(":")
    return EmbeddedGraph.open(
        folder or place.folder, heap_mb=place.heap_mb, read_only=place.read_only
    )
