"""The ledger: the record that every other store is made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete

from kgkit.errors import InputError
from kgkit.facts import Chunk, Document, Fact, Mention
from stores.ledger import (
    calls,
    clusters,
    copying,
    corrections,
    decisions,
    identity,
    imports,
    removal,
    renaming,
    withdrawing,
    writes,
)
from stores.ledger.reading import LedgerReader
from stores.ledger.relation_names import RelationName
from stores.ledger.sql import insert_new
from stores.ledger.tables import (
    MetaRow,
)

__all__ = ["Ledger"]


class Ledger(LedgerReader):
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

    def remove_conclusions(self, rules: Collection[str]) -> int:
        """Remove what rests on these rules, given by their text, alone; return how many facts they
        had concluded. What other evidence supports stays."""
        with self._writing() as (connection, log):
            count = removal.remove_conclusions(connection, log, rules)
        if count:
            self.scrub()
        return count

    def withdraw_readings(self, facts: Iterable[Fact]) -> int:
        """Take from these facts the evidence given with them; return how many had any of it.

        What other evidence supports stays.
        """
        with self._writing() as (connection, log):
            return withdrawing.withdraw_readings(connection, log, facts)

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

        It is in no projection or count; `rejected` and the export list it apart. Raises
        `InputError` where there is no such fact.
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

    def repeat(self, kind: str, about: Sequence[str], *, who: str = "", when: str = "") -> str:
        """Record a decision to "split" or "assert" as another ledger's export has it.

        Returns its id. A split holds for documents of these addresses that are there or come
        later; what was asserted must be there. Raises `InputError` for what neither is about.
        """
        with self._writing() as (connection, log):
            if kind == "assert":
                return corrections.repeat_assert(connection, about, (who, when))
            return corrections.repeat_split(connection, log, about, (who, when))

    def rename_relations(
        self, names: Mapping[str, RelationName], *, who: str = "", when: str = ""
    ) -> int:
        """Decide under which names facts of these relations are shown; return how many changed.

        Names that `who` gave before and that are not among these are withdrawn, and names that
        others gave stay. `withdraw` undoes each.
        """
        with self._writing() as (connection, log):
            return renaming.rename_relations(connection, log, names, (who, when))

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
