"""Corrections by hand: what people assert and reject, whatever is read or built again later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, or_, select

from kgkit.errors import InputError
from kgkit.evidence import PersonEvidence, evidence_id
from kgkit.facts import Fact
from stores.ledger import clusters
from stores.ledger.decisions import (
    By,
    Decision,
    find_decision,
    live_decisions,
    record,
    withdraw,
)
from stores.ledger.relation_names import KIND as RENAME
from stores.ledger.relation_names import relation_in
from stores.ledger.removal import prune
from stores.ledger.renaming import show_anew
from stores.ledger.rows import ends, normal
from stores.ledger.splitting import PREFIX, address_id, read_back, rekeyed, split_keys, split_map
from stores.ledger.sql import ChangeLog
from stores.ledger.tables import (
    AnchorRow,
    DocumentRow,
    EntityRow,
    EvidenceRow,
    FactRow,
    MentionRow,
)
from stores.ledger.withholding import settle_withheld, withheld_among
from stores.ledger.writes import add_facts, add_said

__all__ = [
    "assert_fact",
    "reject_fact",
    "repeat_assert",
    "repeat_split",
    "split_entity",
    "withdraw_decision",
]


def assert_fact(connection: Connection, log: ChangeLog, fact: Fact, by: By) -> str:
    """Record that a person says so, as evidence of theirs; return the id of the decision.

    Raises `InputError` for a fact that is rejected.
    """
    said = PersonEvidence(*by)
    fact = normal(fact.with_evidence(said))
    shown = _shown_id(connection, fact.id)
    if withheld_among(connection, [fact.id, shown]):
        reject = _rejections(connection, {fact.id, shown})[0]
        raise InputError(f"the fact {fact} is rejected: withdraw decision {reject.id!r} first")
    id, _ = record(connection, "assert", [fact.id, evidence_id(said)], by)
    add_facts(connection, log, [fact])
    return id


def reject_fact(connection: Connection, log: ChangeLog, fact_id: str, by: By) -> str:
    """Record that a fact is not to be shown; return the id of the decision.

    A fact that merges made of several is rejected in each of its forms. Raises `InputError`
    where there is no such fact.
    """
    shown = _shown_id(connection, fact_id)
    forms = set(connection.scalars(select(FactRow.id).where(FactRow.shown_id == shown)))
    if not forms:
        raise InputError(
            f"there is no fact {fact_id!r}: look its id up, for example with "
            "MATCH ()-[r]->() RETURN r.id, or in the export"
        )
    before = _rejections(connection, {shown, *forms})
    if before:
        return before[0].id
    id, _ = record(connection, "reject", sorted({shown, *forms}), by)
    settle_withheld(connection, log, [shown])
    return id


def split_entity(
    connection: Connection, log: ChangeLog, entity_id: str, documents: Iterable[str], by: By
) -> str:
    """Record that what these documents (addresses or ids) call so is another entity.

    Returns the id of the decision. Raises `InputError` where there is no such entity, or a
    document is not there or does not name it.
    """
    shown = clusters.shown_ids(connection, [entity_id]).get(entity_id, entity_id)
    cluster = set(connection.scalars(select(EntityRow.key).where(EntityRow.shown_id == shown)))
    if not cluster:
        raise InputError(
            f"there is no entity {entity_id!r}: look its id up, for example with "
            "MATCH (e:Entity {name: 'NAME'}) RETURN e.id"
        )
    named: set[str] = set()
    found: dict[str, str] = {}
    for given in documents:
        at = or_(DocumentRow.id == given, DocumentRow.uri == given)
        row = connection.execute(select(DocumentRow.id, DocumentRow.uri).where(at)).first()
        keys = cluster & _keys_in(connection, row.id) if row else set()
        if row is None or not keys:
            raise InputError(
                f"{given!r} is no document that names entity {entity_id!r}: give addresses or "
                "ids of documents that do"
            )
        named |= keys
        found[row.id] = row.uri
    about = [*sorted(named), *sorted({address_id(uri) for uri in found.values()})]
    if not found:
        raise InputError("a split needs the documents that mean the other entity: give them")
    return _decide_split(connection, log, about, found, by)


def repeat_assert(connection: Connection, about: Sequence[str], by: By) -> str:
    """Record an assertion as another ledger made it, of a fact and evidence that are there.

    Raises `InputError` where they are not.
    """
    own = EvidenceRow.fact_id.in_(about) & EvidenceRow.id.in_(about)
    if connection.scalar(select(EvidenceRow.id).where(own).limit(1)) is None:
        raise InputError("what was asserted is not there; export it anew, with its facts")
    return record(connection, "assert", about, by)[0]


def repeat_split(connection: Connection, log: ChangeLog, about: Sequence[str], by: By) -> str:
    """Record a split as another ledger made it: about keys, and documents by their addresses.

    It holds for the documents that are there and for those that come. Raises `InputError` for
    what no split is about.
    """
    if not any(part.startswith(PREFIX) for part in about) or len(about) < 2:
        raise InputError("a split is about entities and documents; export it anew")
    every = connection.execute(select(DocumentRow.id, DocumentRow.uri)).all()
    found = {row.id: row.uri for row in every if address_id(row.uri) in about}
    return _decide_split(connection, log, about, found, by)


def _decide_split(
    connection: Connection, log: ChangeLog, about: Sequence[str], found: Mapping[str, str], by: By
) -> str:
    id, is_new = record(connection, "split", about, by)
    if is_new:
        decision = Decision(id, "split", tuple(about))
        _say_again(connection, log, found, None)
        clusters.regroup_around(connection, log, set(split_keys(decision).values()))
    return id


def withdraw_decision(connection: Connection, log: ChangeLog, id: str, by: By) -> bool:
    """Take back a decision of any kind; return whether it was in force."""
    decision = find_decision(connection, id)
    if decision is None:
        return False
    if decision.kind == "merge":
        clusters.unmerge(connection, log, decision, by)
        return True
    withdraw(connection, id, by)
    if decision.kind == "reject":
        now = select(FactRow.shown_id).where(FactRow.id.in_(decision.about))
        settle_withheld(connection, log, {*decision.about, *connection.scalars(now)})
    elif decision.kind == RENAME:
        show_anew(connection, log, [relation_in(decision)])
    elif decision.kind == "assert":
        _withdraw_evidence(connection, log, *decision.about)
    elif decision.kind == "split":
        every = connection.execute(select(DocumentRow.id, DocumentRow.uri)).all()
        found = {row.id: row.uri for row in every if address_id(row.uri) in decision.about}
        _say_again(connection, log, found, decision)
        clusters.regroup_around(connection, log, set(split_keys(decision).values()))
    return True


def _say_again(
    connection: Connection, log: ChangeLog, documents: Mapping[str, str], without: Decision | None
) -> None:
    """Record anew what documents, addresses by id, say: in the keys that live splits give."""
    for id, uri in sorted(documents.items()):
        chunks = select(MentionRow.chunk_id).where(MentionRow.document_id == id).distinct()
        log.touch("chunk", connection.scalars(chunks))
        mentions, facts = said = read_back(connection, id)
        keys = {entity.id for fact in facts for entity in ends(fact)}
        keys.update(mention.entity.id for mention in mentions)
        add_said(connection, log, rekeyed(said, split_map(connection, uri, without)), id)
        prune(connection, log, {fact.id for fact in facts}, keys)


def _keys_in(connection: Connection, document_id: str) -> set[str]:
    mentioned = select(MentionRow.entity_key).where(MentionRow.document_id == document_id)
    on = (AnchorRow.fact_id == EvidenceRow.fact_id) & (AnchorRow.evidence_id == EvidenceRow.id)
    anchored = select(AnchorRow.entity_key).join(EvidenceRow, on)
    of_document = anchored.where(EvidenceRow.document_id == document_id)
    return {*connection.scalars(mentioned), *connection.scalars(of_document)}


def _withdraw_evidence(connection: Connection, log: ChangeLog, fact_id: str, evidence: str) -> None:
    anchored = select(AnchorRow.entity_key).where(
        AnchorRow.fact_id == fact_id, AnchorRow.evidence_id == evidence
    )
    keys = set(connection.scalars(anchored))
    own = (EvidenceRow.fact_id == fact_id) & (EvidenceRow.id == evidence)
    connection.execute(delete(EvidenceRow).where(own))
    prune(connection, log, [fact_id], keys)
    log.erased = True


def _shown_id(connection: Connection, fact_id: str) -> str:
    return connection.scalar(select(FactRow.shown_id).where(FactRow.id == fact_id)) or fact_id


def _rejections(connection: Connection, ids: set[str]) -> list[Decision]:
    return [d for d in live_decisions(connection, "reject") if ids & set(d.about)]
