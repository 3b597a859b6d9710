"""The ledger: the record that every other store is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, select

from kgkit.errors import InputError
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from stores.ledger import (
    calls,
    changes,
    check,
    clusters,
    copying,
    corrections,
    decisions,
    export,
    identity,
    imports,
    lookups,
    queries,
    removal,
    writes,
)
from stores.ledger.batch import Batch, Change
from stores.ledger.check import Problem
from stores.ledger.decisions import Decision, LogEntry
from stores.ledger.imports import ImportRecord
from stores.ledger.session import Session
from stores.ledger.sql import PAGE, insert_new, pages
from stores.ledger.tables import (
    ChunkRow,
    DocumentRow,
    EntityRow,
    FactRow,
    MetaRow,
)

__all__ = ["Ledger"]

#: How many entities `batches` remembers, so as not to read them for every batch.
_TOLD = 200_000


class Ledger(Session):
    """Documents, mentions, facts with evidence, and decisions, in one database.

    In a file one process writes at a time and any number read; in PostgreSQL any number write,
    one transaction after another. Every method is one transaction; iterators
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
        document, facts without evidence, an unknown run or an id above 4,096 bytes.
        """
        with self._writing() as (connection, log):
            return writes.add_document(connection, log, document, (chunks, mentions, facts), run_id)

    def remove_document(self, document_id: str) -> bool:
        """Erase a document and all that rests on it alone; return whether it was there."""
        with self._writing() as (connection, log):
            was_there = removal.remove_document(connection, log, document_id)
        if was_there:
            self.scrub()
        return was_there

    def add_facts(self, facts: Iterable[Fact]) -> int:
        """Add facts with their evidence; return how many were not there.

        Raises `InputError` for a fact without evidence, with a text that is not in the ledger or
        with an id above 4,096 bytes.
        """
        with self._writing() as (connection, log):
            return writes.add_facts(connection, log, facts)

    def remove_facts(self, ids: Iterable[str]) -> int:
        """Remove the facts shown under these ids with all their evidence; return how many."""
        with self._writing() as (connection, log):
            count = removal.remove_facts(connection, log, ids)
        if count:
            self.scrub()
        return count

    def remove_import(self, source: str) -> bool:
        """Remove all that rests on an import alone; return whether there was one.

        `source` is as `imports` lists it; a folder stands for all that came from files in it.
        """
        with self._writing() as (connection, log):
            was_there = imports.remove_import(connection, log, source)
        if was_there:
            self.scrub()
        return was_there

    # Deciding

    def merge(self, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
        """Decide that two entities are one and return the id of the decision; `unmerge` undoes it.

        `who` and `when` (an ISO 8601 date) may say whose decision it is. Raises `InputError`
        when both are the same, one is not there, or a decision forbids it.
        """
        with self._writing() as (connection, log):
            return clusters.merge(connection, log, a_id, b_id, (who, when))

    def unmerge(self, decision: str | tuple[str, str], *, who: str = "", when: str = "") -> bool:
        """Withdraw a merge, given by its id or pair of entity ids; return whether there was one."""
        if not isinstance(decision, str):
            decision = decisions.decision_id("merge", sorted(decision))
        return self.withdraw(decision, who=who, when=when)

    def forbid_merge(self, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
        """Decide that two entities are never one and return the id of the decision.

        Raises `InputError` when both are the same, one is not there, or they are merged now.
        """
        with self._writing() as (connection, _):
            return clusters.forbid_merge(connection, a_id, b_id, (who, when))

    def assert_fact(self, fact: Fact, *, who: str = "", when: str = "") -> str:
        """Add a fact on a person's word alone and return the id of the decision.

        Evidence that the fact bears is left out. Raises `InputError` for a fact that is rejected.
        """
        with self._writing() as (connection, log):
            return corrections.assert_fact(connection, log, fact, (who, when))

    def reject_fact(self, fact_id: str, *, who: str = "", when: str = "") -> str:
        """Withhold a fact, whatever evidence it has or gets; return the id of the decision.

        It is in no projection, export or count, but `rejected` lists it. Raises `InputError`
        where there is no such fact.
        """
        with self._writing() as (connection, log):
            return corrections.reject_fact(connection, log, fact_id, (who, when))

    def split(
        self, entity_id: str, documents: Iterable[str], *, who: str = "", when: str = ""
    ) -> str:
        """Decide that what these documents (addresses or ids) name so is another entity.

        Returns the id of the decision; `withdraw` undoes it. It holds for what is read from
        these addresses later. Raises `InputError` for an entity or document that is not there,
        and for one that does not name it.
        """
        with self._writing() as (connection, log):
            return corrections.split_entity(connection, log, entity_id, documents, (who, when))

    def withdraw(self, decision_id: str, *, who: str = "", when: str = "") -> bool:
        """Take back a decision of any kind; return whether it was in force."""
        with self._writing() as (connection, log):
            return corrections.withdraw_decision(connection, log, decision_id, (who, when))

    # Keeping

    def store_call(
        self,
        key: str,
        model: str,
        request_hash: str,
        response: str,
        document_id: str | None = None,
    ) -> None:
        """Keep a model's answer under `key`.

        It is erased with the last document that it is about; the document may be added later.
        """
        with self._writing() as (connection, _):
            calls.store_call(connection, key, (model, request_hash, response), document_id)

    def own_call(self, key: str, document_id: str) -> None:
        """Note that an answer that is kept is about this document too."""
        with self._writing() as (connection, _):
            calls.own_call(connection, key, document_id)

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

    def identity(self) -> str:
        """Return the id of this ledger (32 hex digits), which no other has, not even a copy.

        It is drawn when it is first asked for; one opened for reading may have none yet, "".
        """
        with self._reading() as connection:
            known = identity.ledger_id(connection)
        if known or self._read_only:
            return known
        with self._writing() as (connection, _):
            return identity.own_id(connection)

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

    def copy_to(self, target: Ledger) -> None:
        """Copy the records as they are now, with their numbers, to an empty ledger.

        Others may go on writing here meanwhile. Raises `InputError` when `target` has records.
        """
        with target._writing() as (there, _), self._reading() as here:
            if not copying.is_empty(there):
                raise InputError(
                    f"{target._name!r} holds records: copy to a place that is free, or remove it"
                )
            copying.copy_records(here, there)

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
