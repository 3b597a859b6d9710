"""Adding: documents with what was extracted from them, facts, runs and model calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention
from kgkit.ids import check_id, content_id
from stores.ledger.clusters import settle_around, shown_ids
from stores.ledger.relation_names import RelationName, shown_names, shown_under
from stores.ledger.removal import remove_document
from stores.ledger.rows import (
    Row,
    chunk_row,
    document_row,
    dump,
    ends,
    evidence_row,
    fact_row,
    mention_row,
    normal,
)
from stores.ledger.splitting import Said, rekeyed, split_map
from stores.ledger.sql import ChangeLog, insert_new, pages
from stores.ledger.tables import (
    AnchorRow,
    ChunkRow,
    DocumentRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
    ParticipantRow,
    RunRow,
)
from stores.ledger.withholding import settle_withheld

__all__ = ["Extracted", "add_document", "add_facts", "add_run", "add_said"]

_AT_ADDRESS = select(DocumentRow.id, DocumentRow.run_id).where(DocumentRow.uri == bindparam("uri"))
_RUN = select(RunRow.id).where(RunRow.id == bindparam("id"))

#: Chunks, mentions and facts of one document.
Extracted = tuple[Sequence[Chunk], Sequence[Mention], Sequence[Fact]]


def add_run(
    connection: Connection,
    extractor: str,
    version: str,
    parameters: Mapping[str, object],
    seed: int,
) -> str:
    """Record a setting of an extractor and return its id."""
    setting = {"extractor": extractor, "version": version, "seed": seed}
    run_id = content_id("run", extractor, version, dict(parameters), seed)
    insert_new(
        connection, RunRow, [{**setting, "id": run_id, "parameters": dump(dict(parameters))}]
    )
    return run_id


def add_document(
    connection: Connection, log: ChangeLog, document: Document, extracted: Extracted, run_id: str
) -> bool:
    """Add a document with what a run extracted from it; return whether anything changed.

    What was at its address before, or came of another run, is removed. Raises `InputError` for
    parts that belong to another document and for a run that was never added.
    """
    chunks, mentions, facts = extracted
    document_id = document.id
    before = connection.execute(_AT_ADDRESS, {"uri": document.uri}).all()
    if any(row.id == document_id and row.run_id == run_id for row in before):
        return False
    if connection.scalar(_RUN, {"id": run_id}) is None:
        raise InputError(f"run {run_id!r} is not known: call add_run first")
    _check(document, document_id, extracted)
    for row in before:
        remove_document(connection, log, row.id)
    insert_new(connection, DocumentRow, [document_row(document, run_id)])
    insert_new(connection, ChunkRow, [chunk_row(chunk) for chunk in chunks])
    log.touch("document", [document_id])
    log.touch("chunk", (chunk.id for chunk in chunks))
    said = rekeyed((mentions, facts), split_map(connection, document.uri))
    add_said(connection, log, said, document_id)
    return True


def add_said(connection: Connection, log: ChangeLog, said: Said, document_id: str) -> None:
    """Add what a document that is there says."""
    mentions, facts = said
    insert_new(connection, MentionRow, [mention_row(mention) for mention in mentions])
    named = dict.fromkeys(mention.entity.id for mention in mentions)
    _add(connection, log, facts, list(named), document_id)


def add_facts(connection: Connection, log: ChangeLog, facts: Iterable[Fact]) -> int:
    """Add facts that come with their evidence; return how many of them were not there.

    Raises `InputError` for a fact without evidence or with a text that is not in the ledger.
    """
    given = list(facts)
    texts: set[str] = set()
    for fact in given:
        if not fact.evidence:
            raise InputError(f"the fact {fact} rests on nothing: give it evidence")
        texts.update(e.document_id for e in fact.evidence if isinstance(e, TextEvidence))
    for page in pages(sorted(texts)):
        texts -= set(connection.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(page))))
    if texts:
        raise InputError(f"no document {min(texts)!r} is in the ledger: add the document first")
    ids = [normal(fact).id for fact in given]
    known: set[str] = set()
    for page in pages(ids):
        known.update(connection.scalars(select(FactRow.id).where(FactRow.id.in_(page))))
    _add(connection, log, given, [], None)
    return len(set(ids) - known)


def _check(document: Document, document_id: str, extracted: Extracted) -> None:
    chunks, mentions, facts = extracted
    owners = {chunk.document_id for chunk in chunks}
    owners.update(mention.document_id for mention in mentions)
    texts = (e for fact in facts for e in fact.evidence if isinstance(e, TextEvidence))
    owners.update(text.document_id for text in texts)
    if owners - {document_id}:
        raise InputError(
            f"parts of document {min(owners - {document_id})!r} were given with "
            f"{document.uri!r}: add each document with its own chunks, mentions and facts"
        )
    for fact in facts:
        if not fact.evidence:
            raise InputError(f"the fact {fact} rests on nothing: give it the span that says it")


def _add(
    connection: Connection,
    log: ChangeLog,
    facts: Iterable[Fact],
    named: Sequence[str],
    document_id: str | None,
) -> None:
    """Add facts and the identity keys that they and the mentions (`named`) bring.

    Raises `InputError` for a key that not every store could hold.
    """
    plain = [normal(fact) for fact in facts]
    raw = [fact.id for fact in plain]
    brought = [ends(fact) for fact in plain]
    keys = list(dict.fromkeys([*named, *(entity.id for each in brought for entity in each)]))
    for key in keys:
        check_id(key)
    insert_new(connection, EntityRow, [{"key": key, "shown_id": key} for key in keys])
    shown = shown_ids(connection, keys)
    shown_facts = raw
    names = shown_names(connection, {fact.relation for fact in plain})
    if names or any(key != id for key, id in shown.items()):
        pairs = zip(plain, raw, strict=True)
        shown_facts = [_shown_id(fact, id, shown, names) for fact, id in pairs]
    rows = [fact_row(*parts) for parts in zip(plain, raw, shown_facts, strict=True)]
    insert_new(connection, FactRow, rows)
    participants = [
        {"fact_id": id, "entity_key": entity.id}
        for fact, id, each in zip(plain, raw, brought, strict=True)
        if fact.qualifiers
        for entity in each
    ]
    insert_new(connection, ParticipantRow, participants)
    evidence, anchors = _rests(plain, raw, brought, set(named), document_id)
    insert_new(connection, EvidenceRow, evidence)
    insert_new(connection, AnchorRow, anchors)
    log.touch("entity", shown.values())
    log.touch("fact", shown_facts)
    settle_around(connection, log, keys)
    settle_withheld(connection, log, shown_facts)


def _rests(
    facts: Sequence[Fact],
    ids: Sequence[str],
    brought: Sequence[Sequence[Entity]],
    named: set[str],
    document_id: str | None,
) -> tuple[list[Row], list[Row]]:
    evidence: list[Row] = []
    anchors: list[Row] = []
    for fact, fact_id, entities in zip(facts, ids, brought, strict=True):
        unnamed = [entity for entity in entities if entity.id not in named]
        for piece in fact.evidence:
            text = piece.document_id if isinstance(piece, TextEvidence) else None
            row = evidence_row(fact, fact_id, piece, text or document_id)
            evidence.append(row)
            anchors += [_anchor_row(entity, fact_id, row["id"]) for entity in unnamed]
    return evidence, anchors


def _anchor_row(entity: Entity, fact_id: str, evidence_id: str) -> Row:
    aliases = dump(sorted(entity.aliases)) if entity.aliases else "[]"
    names = {"name": entity.name, "type": entity.type, "aliases": aliases}
    return {"fact_id": fact_id, "evidence_id": evidence_id, "entity_key": entity.id, **names}


def _shown_id(
    fact: Fact, fact_id: str, shown: Mapping[str, str], names: Mapping[str, RelationName]
) -> str:
    moved = any(shown[entity.id] != entity.id for entity in ends(fact))
    if not moved and fact.relation not in names:
        return fact_id

    def mapped(value: object) -> Entity:
        assert isinstance(value, Entity)
        return Entity(shown[value.id], "")

    tail = mapped(fact.tail) if isinstance(fact.tail, Entity) else fact.tail
    qualifiers = tuple(
        replace(q, value=mapped(q.value)) if isinstance(q.value, Entity) else q
        for q in fact.qualifiers
    )
    of_entities = replace(fact, head=mapped(fact.head), tail=tail, qualifiers=qualifiers)
    return normal(shown_under(names, of_entities)).id
