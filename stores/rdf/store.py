"""A graph of RDF: a projection of the ledger in a folder, or a file that others wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kgkit.errors import ClosedError, InputError, ReadOnlyError, StoreError
from kgkit.facts import Fact
from stores.base import Ability, GraphSummary, Place
from stores.ledger.batch import Batch
from stores.rows import Rows

if TYPE_CHECKING:
    import pyoxigraph as ox
    from filelock import FileLock

    from stores.rdf.loading import Load

__all__ = ["RdfGraph", "open_rdf"]


class RdfGraph:
    """A graph of RDF in a folder, or in memory, asked in SPARQL 1.1; a projection of the ledger.

    A commit is on the disk when the call returns, and a power cut leaves it there. One process
    writes to a folder at a time. After `close`, and in a forked process, every call raises
    `ClosedError`.

    >>> with RdfGraph.open() as graph:
    ...     graph.query("ASK { ?s ?p ?o }")[0]
    {'answer': False}
    """

    def __init__(
        self,
        store: ox.Store,
        path: Path | None = None,
        *,
        read_only: bool = False,
        lock: FileLock | None = None,
    ) -> None:
        self._store: ox.Store | None = store
        self._path = path
        self._read_only = read_only
        self._lock = lock
        self._process = os.getpid()
        self._load: Load | None = None
        #: The file that the graph was read from, its format and base; such a file is that of
        #: others, whose named graphs are asked as one.
        self._source: tuple[Path, str | None, str | None] | None = None
        durable = Ability(0) if path is None else Ability.DURABLE
        writes = Ability(0) if read_only else Ability.WRITES
        #: What this store can do. It cannot stop a query.
        self.abilities = Ability.SPARQL | writes | durable

    @classmethod
    def open(cls, path: str | Path | None = None, *, read_only: bool = False) -> Self:
        """Return the graph in a folder, made where there is none, or one in memory without path.

        Raises `LockedError` naming the process that writes to it, and `StoreError` when it is
        damaged or there is nothing to read.
        """
        if path is None:
            from pyoxigraph import Store

            return cls(Store(), read_only=read_only)
        from stores.ledger.database import lock_for_writing
        from stores.rdf.folder import NAME, open_newest

        folder = Path(path)
        if read_only and not folder.is_dir():
            raise StoreError(f"there is no graph at {str(folder)!r}: build one first")
        folder.mkdir(parents=True, exist_ok=True)
        lock = lock_for_writing(folder / NAME)
        try:
            store = open_newest(folder, read_only=read_only)
        except StoreError:
            lock.release()
            raise
        if read_only:
            # Readers do not keep each other, nor a later writer, away: they see what was there.
            lock.release()
        return cls(store, folder, read_only=read_only, lock=None if read_only else lock)

    @classmethod
    def open_file(
        cls, path: str | Path, format: str | None = None, *, base: str | None = None
    ) -> Self:
        """Return a file of RDF as a graph that can be asked and not changed, held in memory.

        Raises `ReadError`, naming file and line, for a broken file, and `InputError` for an
        unknown format.
        """
        from pyoxigraph import Store

        from stores.rdf.formats import format_of, load_file

        store = Store()
        load_file(store, Path(path), format_of(path, format), base)
        graph = cls(store, Path(path), read_only=True)
        graph._source = (Path(path), format, base)
        return graph

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
        """Return the rows of a SELECT, ASK (column `answer`), CONSTRUCT or DESCRIBE.

        IRIs are text, literals native values; the usual prefixes need no declaration. `$name`
        stands for a parameter: text, a number, a date, an `Entity`, or "<iri>". With `write` the
        text may also be an update, which gives no rows. The engine cannot be stopped: `timeout`,
        in seconds, is looked at between rows.

        Raises `QueryError`, also for SERVICE and LOAD, `QueryTimeout`, `ReadOnlyError` for an
        update without `write`, and `InputError` for an unusable timeout or limit.
        """
        from stores.rdf.folder import force
        from stores.rdf.query import ask, change, is_update
        from stores.rdf.tokens import prepare

        if timeout is not None and timeout <= 0:
            raise InputError(f"timeout={timeout} leaves no time: give seconds above 0, or None")
        if limit is not None and limit < 0:
            raise InputError(f"limit={limit} is below 0: give a number of rows, or None")
        store = self._open()
        if write:
            self._writable()
        prepared = prepare(text, parameters or {})
        if write and is_update(prepared):
            change(store, prepared)
            if self._path is not None:
                force(self._path, store)
            return Rows([])
        return ask(store, prepared, union=self._source is not None, limit=limit, timeout=timeout)

    def describe(self) -> GraphSummary:
        """Return classes (`labels`) and predicates of things (`relationships`) with counts."""
        from stores.rdf.query import summarise

        return summarise(self._open(), union=self._source is not None)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad but the watermark, in the order of the engine."""
        from stores.rdf.project import STATE

        for quad in self._open():
            if getattr(quad.graph_name, "value", "") != STATE:
                yield quad

    def facts(self) -> list[Fact]:
        """Return what the graph says as facts, in order of id, as `import_rdf` reads a file.

        What updates have written besides is not among them.
        """
        from stores.rdf.files import import_rdf
        from stores.rdf.reading import index, read_records

        self._open()
        if self._source is not None:
            path, format, base = self._source
            return list(import_rdf(path, format, base=base))
        records = read_records(index(quad.triple for quad in self.quads()))
        return sorted(records.facts, key=lambda fact: fact.id)

    def watermark(self) -> int:
        """Return the sequence number of the ledger that the graph has reached."""
        from stores.rdf.project import read_watermark

        return read_watermark(self._open())

    def apply(self, batch: Batch) -> None:
        """Make the graph agree with a batch of the ledger, in one transaction.

        Texts that are gone are erased from the files as well, at once, which copies what is left;
        the words of other records that are gone are erased by `close`.

        Raises `ReadOnlyError` when opened for reading, and `StoreError` when the disk fails; the
        graph is then as before.
        """
        from stores.rdf.folder import erase, force
        from stores.rdf.project import takes_texts, write

        store = self._writable()
        if self._load is not None:
            if self._load.take(batch):
                return
            store = self._end_load(self._load)
        write(store, batch)
        if self._path is not None:
            force(self._path, store)
            if takes_texts(batch):
                self._store = erase(self._path, store)

    @contextmanager
    def loading(self, until: int) -> Iterator[None]:
        """Load what is applied in this block, up to the change `until`, with the bulk loader.

        The graph has to be empty; where it is not, or is read-only, the block changes nothing.
        Batches are kept when the block ends, or with the first that goes beyond. Killed before,
        or where the disk fails, the graph is empty. Raises `StoreError` when the disk fails.
        """
        self._open()
        if not self._read_only and not self.watermark() and next(self.quads(), None) is None:
            from stores.rdf.loading import Load

            self._load = Load(self._path, until)
        try:
            yield
            if self._load is not None:
                self._end_load(self._load)
        finally:
            self._drop_load()

    def _end_load(self, load: Load) -> ox.Store:
        self._store = load.end()
        self._load = None
        return self._store

    def _drop_load(self) -> None:
        load, self._load = self._load, None
        if load is not None:
            load.abandon()

    def clear(self) -> None:
        """Forget everything, the watermark too. Raises `ReadOnlyError` when opened for reading."""
        from stores.rdf.folder import erase
        from stores.rdf.project import CLEAR
        from stores.rdf.query import change

        store = self._writable()
        self._drop_load()
        change(store, CLEAR)
        if self._path is not None:
            self._store = erase(self._path, store)

    def close(self) -> None:
        """Close the database and let others write; closing twice is fine."""
        store, self._store = self._store, None
        if store is None or os.getpid() != self._process:
            return
        self._drop_load()
        if self._path is not None and self._lock is not None:
            from stores.rdf.folder import erase
            from stores.rdf.project import is_erasing

            if is_erasing(store):
                store = erase(self._path, store)
            store.flush()
            del store
            self._lock.release()

    @property
    def _named(self) -> str:
        return "in memory" if self._path is None else repr(self._path.as_posix())

    def _open(self) -> ox.Store:
        if os.getpid() != self._process:
            raise ClosedError("the graph was opened before the process forked: open it again here")
        if self._store is None:
            raise ClosedError(f"the graph {self._named} is closed: open it again")
        return self._store

    def _writable(self) -> ox.Store:
        store = self._open()
        if self._read_only:
            raise ReadOnlyError(f"the graph {self._named} was opened for reading only")
        return store


def open_rdf(target: str, place: Place) -> RdfGraph:
    """Open the graph in the folder of a place ("rdf"), or a file ("rdf:graph.ttl") for reading.

    Raises `ReadError` for a broken file, `LockedError` and `StoreError` as `RdfGraph.open`.
    """
    _, _, file = target.partition(":")
    if file:
        return RdfGraph.open_file(file)
    return RdfGraph.open(place.folder, read_only=place.read_only)
