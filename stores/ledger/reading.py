"""What can be read of a ledger, in pages of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, QueuePool, select

from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from stores.ledger import (
    calls,
    changes,
    check,
    clusters,
    decisions,
    export,
    imports,
    lookups,
    patterns,
    queries,
    renaming,
)
from stores.ledger.ahead import ahead
from stores.ledger.batch import Batch, Change
from stores.ledger.check import Problem
from stores.ledger.decisions import Decision, LogEntry
from stores.ledger.imports import ImportRecord
from stores.ledger.session import Session
from stores.ledger.sql import PAGE, pages
from stores.ledger.tables import (
    ChunkRow,
    DocumentRow,
    EntityRow,
    FactRow,
    MetaRow,
)

__all__ = ["LedgerReader"]

#: How many entities `batches` remembers, so as not to read them for every batch.
_TOLD = 200_000


class LedgerReader(Session):
    """The reading side of a ledger: values by id or in order, and what changed since a number.

    Iterators read a page of records in a transaction each.
    """

    def get_meta(self, key: str) -> str | None:
        """Return a setting of the whole ledger, or None."""
        with self._reading() as connection:
            return connection.scalar(select(MetaRow.value).where(MetaRow.key == key))

    def cached_call(self, key: str) -> str | None:
        """Return the answer kept under `key`, or None."""
        with self._reading() as connection:
            return calls.read_call(connection, key)

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

    def facts(
        self, *, ids: Iterable[str] | None = None, known: dict[str, Entity] | None = None
    ) -> Iterator[Fact]:
        """Yield the facts shown under these ids, or all, in order of id.

        Entities in `known` are not read again, and those that are read are put into it.
        """

        def read(connection: Connection, page: list[str]) -> Mapping[str, Fact]:
            facts, entities = queries.read_facts(connection, page, known)
            if known is not None:
                known.update(entities)
            return facts

        return self._values(FactRow.shown_id, read, ids)

    def stated(self) -> Iterator[Fact]:
        """Yield the facts under the relations of their sources, without evidence, as recorded."""
        return self._values(FactRow.id, renaming.read_stated, None)

    def facts_about(self, entity_ids: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts that name any of these entities, as an end or in a role."""
        with self._reading() as connection:
            ids = lookups.fact_ids_about(connection, entity_ids)
        return self.facts(ids=ids)

    def fact_ends(self, entity_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return (entity id, fact id, relation as recorded) of the facts that have any of these
        entities as head or tail, in no order."""
        with self._reading() as connection:
            return list(lookups.read_ends(connection, entity_ids))

    def fact_ids(
        self, relations: Iterable[str] | None = None, *, values: bool = False
    ) -> list[str]:
        """Return the ids of the facts of these relations, as recorded, or of all, in order; with
        `values` only of those whose tail is a value."""
        with self._reading() as connection:
            return lookups.fact_ids_of(connection, relations, values=values)

    def relations(self) -> dict[str, tuple[str, ...]]:
        """Return the names that each relation is shown under, by the name it is recorded under."""
        with self._reading() as connection:
            return lookups.read_relations(connection)

    def patterns(self) -> dict[tuple[str, str, str, bool], int]:
        """Return how many facts there are of each head type, relation, and tail type (True) or
        datatype (False), as they are shown, denied and hedged ones too; counted in the database.
        """
        with self._reading() as connection:
            return patterns.count_patterns(connection)

    def facts_in(self, chunk_ids: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts that these chunks are evidence of."""
        with self._reading() as connection:
            ids = lookups.fact_ids_in(connection, chunk_ids)
        return self.facts(ids=ids)

    def names(self) -> list[tuple[str, str, int]]:
        """Return (entity id, name, times used) of every name and surface form, in no order."""
        with self._reading() as connection:
            return list(lookups.read_names(connection))

    def imports(self) -> list[ImportRecord]:
        """Return the sources that were imported, in order, with what rests on each."""
        with self._reading() as connection:
            return imports.read_imports(connection)

    def rejected(self) -> Iterator[Fact]:
        """Yield the facts that are withheld because they were rejected, in order of id."""
        return self._values(FactRow.shown_id, queries.read_withheld, None)

    def decisions(self, kind: str | None = None) -> list[Decision]:
        """Return the decisions in force, of one kind or all, in the order they were made in."""
        with self._reading() as connection:
            return decisions.live_decisions(connection, kind)

    def decision_log(self) -> list[LogEntry]:
        """Return every decision that was made or withdrawn, in order."""
        with self._reading() as connection:
            return decisions.read_log(connection)

    def counts(self) -> dict[str, int]:
        """Return how many documents, chunks, mentions, entities, facts and evidence there are."""
        with self._reading() as connection:
            return queries.counts(connection)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the database and its records: (check, sentence).

        `stores.ledger.check.CHECKS` lists the checks; a sound ledger yields nothing.
        """
        with self._reading() as connection:
            yield from check.find_problems(connection)

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
        feed = self._feed(since, size)
        # A database in memory has one connection, which two threads cannot share.
        beside = isinstance(self._open_engine().pool, QueuePool)
        return ahead(feed) if beside else iter(feed.__next__, None)

    def _feed(self, since: int, size: int) -> Iterator[Batch | None]:
        """Yield batches for ever, None while there is nothing new."""
        top = self.sequence()
        told: dict[str, Entity] = {}
        while True:
            batch = None
            with self._reading() as connection:
                found = changes.read_changes(connection, since, size)
                if found:
                    if found[-1].seq > top or len(told) > _TOLD:
                        top = changes.sequence(connection)
                        told.clear()
                    batch = changes.read_batch(connection, found, told)
            if batch is not None:
                told.update((entity.id, entity) for entity in batch.entities)
                since = batch.upto
            yield batch

    def export(self) -> Iterator[str]:
        """Yield the live records as canonical JSON lines, in order of kind and id.

        The same live records give the same lines, whatever happened before.
        """
        with self._reading() as connection:
            yield from export.export_lines(connection)
