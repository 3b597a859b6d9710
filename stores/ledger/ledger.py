"""The ledger: the record that every other store is made from."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from filelock import FileLock
from sqlalchemy import Connection, Engine, delete, select

from kgkit.errors import ClosedError, ReadOnlyError, StoreError
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from kgkit.ids import content_id
from stores.ledger import (
    changes,
    clusters,
    database,
    export,
    lookups,
    queries,
    removal,
    writes,
)
from stores.ledger.batch import Batch, Change
from stores.ledger.sql import PAGE, ChangeLog, insert_new, pages
from stores.ledger.tables import (
    ChunkRow,
    DocumentRow,
    EntityRow,
    FactRow,
    MetaRow,
    ModelCallRow,
)

__all__ = ["Ledger"]

#: How many entities `batches` remembers, so as not to read them for every batch.
_TOLD = 200_000

_Read = Callable[[Connection, list[str]], Mapping[str, Any]]


class Ledger:
    """Documents, mentions, facts with evidence, and decisions, in one database.

    One process writes at a time; any number read. Every method is one transaction; iterators
    read a page of records in each. Errors of the database come as `StoreError`, use after
    `close` or a fork as `ClosedError`, writing to a ledger opened for reading as
    `ReadOnlyError`.

    >>> with Ledger.open(":memory:") as ledger:
    ...     run = ledger.add_run("mini", "1", {}, 0)
    ...     ledger.add_document(Document("a.txt", "Radium glows."), [], [], [], run)
    ...     ledger.counts()["documents"]
    True
    1
    """

    def __init__(
        self, engine: Engine, name: str, *, read_only: bool, lock: FileLock | None
    ) -> None:
        self._engine: Engine | None = engine
        self._name = name
        self._read_only = read_only
        self._lock = lock
        self._process = os.getpid()
        self._one_writer = threading.Lock()

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Self:
        """Open the ledger at a path, ":memory:" or a SQLAlchemy URL; write access makes it.

        Raises `LockedError` naming the process that writes to it, and `StoreError` where there
        is no ledger to read or one of a newer schema.
        """
        name = str(path)
        is_file = "://" not in name and name != ":memory:"
        if is_file and not Path(name).exists() and read_only:
            raise StoreError(f"there is no ledger at {name!r}: build one first, or check the path")
        lock = None
        if is_file and not read_only:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            lock = database.lock_for_writing(Path(name))
        ledger = cls(
            database.connect(name, read_only=read_only), name, read_only=read_only, lock=lock
        )
        try:
            ledger._prepare()
        except StoreError:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Give the database and the writer's lock back; closing twice is fine."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing

    def add_run(
        self, extractor: str, version: str, parameters: Mapping[str, object], seed: int
    ) -> str:
        """Record a setting of an extractor, and of all that shapes its results; return its id."""
        with self._writing() as (connection, _):
            return writes.add_run(connection, extractor, version, parameters, seed)

    def add_document(
        self,
        document: Document,
        chunks: Sequence[Chunk],
        mentions: Sequence[Mention],
        facts: Sequence[Fact],
        run_id: str,
    ) -> bool:
        """Add a document with what a run extracted from it; return whether anything changed.

        A document with the same `uri` but other text or title, or of another run, is replaced;
        one that differs in metadata alone is the same. Raises `InputError` for parts of another
        document, facts without evidence or an unknown run.
        """
        with self._writing() as (connection, log):
            return writes.add_document(connection, log, document, (chunks, mentions, facts), run_id)

    def remove_document(self, document_id: str) -> bool:
        """Erase a document and all that rests on it alone; return whether it was there."""
        with self._writing() as (connection, log):
            return removal.remove_document(connection, log, document_id)

    def add_facts(self, facts: Iterable[Fact]) -> int:
        """Add facts with their evidence; return how many were not there.

        Raises `InputError` for a fact without evidence or with a text that is not in the ledger.
        """
        with self._writing() as (connection, log):
            return writes.add_facts(connection, log, facts)

    def remove_facts(self, ids: Iterable[str]) -> int:
        """Remove the facts shown under these ids with all their evidence; return how many."""
        with self._writing() as (connection, log):
            return removal.remove_facts(connection, log, ids)

    def merge(self, a_id: str, b_id: str) -> str:
        """Decide that two entities are one and return the id of the decision; `unmerge` undoes it.

        The ids need not be live: a decision waits for its entities. Raises `InputError` when
        both are the same.
        """
        with self._writing() as (connection, log):
            return clusters.merge(connection, log, a_id, b_id)

    def unmerge(self, decision: str | tuple[str, str]) -> bool:
        """Withdraw a merge, given by its id or pair of entity ids; return whether there was one."""
        if not isinstance(decision, str):
            decision = content_id("decision", "merge", sorted(decision))
        with self._writing() as (connection, log):
            return clusters.unmerge(connection, log, decision)

    def store_call(
        self,
        key: str,
        model: str,
        request_hash: str,
        response: str,
        document_id: str | None = None,
    ) -> None:
        """Keep a model's answer under `key`; it is erased with the document it is about."""
        with self._writing() as (connection, _):
            writes.store_call(connection, key, (model, request_hash, response), document_id)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the whole ledger."""
        with self._writing() as (connection, _):
            connection.execute(delete(MetaRow).where(MetaRow.key == key))
            insert_new(connection, MetaRow, [{"key": key, "value": value}])

    # Reading

    def get_meta(self, key: str) -> str | None:
        """Return a setting of the whole ledger, or None."""
        with self._reading() as connection:
            return connection.scalar(select(MetaRow.value).where(MetaRow.key == key))

    def cached_call(self, key: str) -> str | None:
        """Return the answer kept under `key`, or None."""
        with self._reading() as connection:
            return connection.scalar(select(ModelCallRow.response).where(ModelCallRow.key == key))

    def has_document(self, document_id: str, run_id: str) -> bool:
        """Return whether this run's reading of the document is there."""
        query = select(DocumentRow.id).where(DocumentRow.id == document_id)
        with self._reading() as connection:
            return connection.scalar(query.where(DocumentRow.run_id == run_id)) is not None

    def document_ids(self, uri: str) -> list[str]:
        """Return the id of the document at an address, as a list of one or none."""
        query = select(DocumentRow.id).where(DocumentRow.uri == uri).order_by(DocumentRow.id)
        with self._reading() as connection:
            return list(connection.scalars(query))

    def document(self, id: str) -> Document | None:
        """Return a document, or None."""
        return next(self.documents(ids=[id]), None)

    def chunk(self, id: str) -> Chunk | None:
        """Return a chunk, or None."""
        return next(self.chunks(ids=[id]), None)

    def entity(self, id: str) -> Entity | None:
        """Return the entity shown under this id, or the one that it was merged into, or None."""
        with self._reading() as connection:
            shown = clusters.shown_ids(connection, [id]).get(id, id)
            return queries.read_entities(connection, [shown]).get(shown)

    def fact(self, id: str) -> Fact | None:
        """Return the fact shown under this id, or the one that a merge made of it, or None."""
        with self._reading() as connection:
            shown = connection.scalar(select(FactRow.shown_id).where(FactRow.id == id)) or id
            facts, _ = queries.read_facts(connection, [id, shown])
            return facts.get(id) or facts.get(shown)

    def documents(self, *, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Yield the documents with these ids, or all, in order of id."""
        return self._values(DocumentRow.id, queries.read_documents, ids)

    def chunks(
        self, *, ids: Iterable[str] | None = None, document_id: str | None = None
    ) -> Iterator[Chunk]:
        """Yield the chunks with these ids or, in their order, of this document, or all."""
        if document_id is None:
            return self._values(ChunkRow.id, queries.read_chunks, ids)
        query = select(ChunkRow.id).where(ChunkRow.document_id == document_id)
        with self._reading() as connection:
            own = queries.read_chunks(connection, connection.scalars(query))
        return iter(sorted(own.values(), key=lambda chunk: chunk.ordinal))

    def mentions(
        self, document_id: str | None = None, *, chunk_ids: Iterable[str] | None = None
    ) -> Iterator[Mention]:
        """Yield the mentions of a document, of these chunks, or all.

        Their entity has the id it is shown under, and the name that the document gives it.
        """
        if document_id is not None:
            with self._reading() as connection:
                yield from queries.read_mentions(connection, document_ids=[document_id])
            return
        for page in self._ids(ChunkRow.id) if chunk_ids is None else pages(chunk_ids):
            with self._reading() as connection:
                found = queries.read_mentions(connection, chunk_ids=page)
            yield from found

    def entities(self, *, ids: Iterable[str] | None = None) -> Iterator[Entity]:
        """Yield the entities shown under these ids, or all, in order of id."""
        return self._values(EntityRow.shown_id, queries.read_entities, ids)

    def facts(self, *, ids: Iterable[str] | None = None) -> Iterator[Fact]:
        """Yield the facts shown under these ids, or all, in order of id."""
        return self._values(FactRow.shown_id, lambda c, page: queries.read_facts(c, page)[0], ids)

    def facts_about(self, entity_ids: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts that name any of these entities, as an end or in a role."""
        with self._reading() as connection:
            ids = lookups.fact_ids_about(connection, entity_ids)
        return self.facts(ids=ids)

    def facts_in(self, chunk_ids: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts that these chunks are evidence of."""
        with self._reading() as connection:
            ids = lookups.fact_ids_in(connection, chunk_ids)
        return self.facts(ids=ids)

    def names(self) -> list[tuple[str, str, int]]:
        """Return (entity id, name, times used) of every name and surface form, in no order."""
        with self._reading() as connection:
            return list(lookups.read_names(connection))

    def decisions(self) -> list[tuple[str, str, str]]:
        """Return the live merges as (decision id, entity id, entity id), in order of the pair."""
        with self._reading() as connection:
            pairs = clusters.live_pairs(connection)
        return [(content_id("decision", "merge", [a, b]), a, b) for a, b in pairs]

    def counts(self) -> dict[str, int]:
        """Return how many documents, chunks, mentions, entities, facts and evidence there are."""
        with self._reading() as connection:
            return queries.counts(connection)

    # Following

    def sequence(self) -> int:
        """Return the number of the last change, 0 before the first."""
        with self._reading() as connection:
            return changes.sequence(connection)

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Yield the changes after `since`, in order."""
        while True:
            with self._reading() as connection:
                found = changes.read_changes(connection, since, PAGE)
            if not found:
                return
            yield from found
            since = found[-1].seq

    def batches(self, since: int, size: int = 2000) -> Iterator[Batch]:
        """Yield what changed after `since` as current values, `size` changes at a time.

        What is written while this runs is followed too.
        """
        top = self.sequence()
        told: dict[str, Entity] = {}
        while True:
            with self._reading() as connection:
                found = changes.read_changes(connection, since, size)
                if not found:
                    return
                if found[-1].seq > top or len(told) > _TOLD:
                    top = changes.sequence(connection)
                    told.clear()
                batch = changes.read_batch(connection, found, told)
            told.update((entity.id, entity) for entity in batch.entities)
            yield batch
            since = batch.upto

    def export(self) -> Iterator[str]:
        """Yield the live records as canonical JSON lines, in order of kind and id.

        The same live records give the same lines, whatever happened before.
        """
        with self._reading() as connection:
            yield from export.export_lines(connection)

    # Transactions

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise ClosedError(f"the ledger {self._name!r} is closed: open it again")
        if os.getpid() != self._process:
            raise ClosedError(f"the ledger {self._name!r} was opened before a fork: open it anew")
        return self._engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        engine = self._open_engine()
        with database.translated(self._name), engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, ChangeLog]]:
        engine = self._open_engine()
        if self._read_only:
            raise ReadOnlyError(f"{self._name!r} is open for reading only: open it for writing")
        with self._one_writer, database.translated(self._name):
            with engine.execution_options(writes=True).begin() as connection:
                log = ChangeLog(connection)
                yield connection, log
                log.flush()
            if log.erased:
                database.wipe(engine)

    def _prepare(self) -> None:
        engine = self._open_engine()
        with database.translated(self._name):
            database.prepare(engine, self._name, read_only=self._read_only)

    def _ids(self, column: Any) -> Iterator[list[str]]:
        last = ""
        query = select(column).order_by(column).distinct().limit(PAGE)
        while True:
            with self._reading() as connection:
                page = list(connection.scalars(query.where(column > last)))
            if not page:
                return
            yield page
            last = page[-1]

    def _values(self, column: Any, read: _Read, ids: Iterable[str] | None) -> Iterator[Any]:
        for page in self._ids(column) if ids is None else pages(sorted(set(ids))):
            with self._reading() as connection:
                found = read(connection, page)
            yield from (found[id] for id in page if id in found)
