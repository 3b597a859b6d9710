"""What rules concluded goes with its premises: evidence by a rule holds while they are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, delete, select

from kgkit.evidence import RuleEvidence
from stores.ledger.rows import evidence_value
from stores.ledger.sql import pages
from stores.ledger.tables import AnchorRow, EvidenceRow, FactRow

__all__ = ["withdraw_conclusions", "withdraw_resting"]

#: A fact as recorded, and a piece of its evidence, by their ids.
_Piece = tuple[str, str]

#: Facts as recorded, and identity keys, that lost something they rest on.
_Losers = tuple[set[str], set[str]]


def withdraw_resting(connection: Connection, facts: Iterable[str], keys: Iterable[str]) -> _Losers:
    """Withdraw the evidence by rules that rests on those of these facts which nothing supports any
    more, or on what was concluded from them alone; return all facts and keys that lost something.
    """
    losers, named, last = set(facts), set(keys), set(facts)
    left: dict[_Piece, RuleEvidence] | None = None
    while gone := _gone(connection, last):
        left = dict(_read(connection)) if left is None else left
        now = sorted(piece for piece, e in left.items() if not gone.isdisjoint(e.premises))
        left = {piece: evidence for piece, evidence in left.items() if piece not in set(now)}
        last, more = _withdraw(connection, now)
        losers |= last
        named |= more
    return losers, named


def withdraw_conclusions(connection: Connection, rules: Collection[str]) -> _Losers:
    """Withdraw all evidence by these rules, given by their text; return what lost some."""
    return _withdraw(connection, [piece for piece, e in _read(connection) if e.rule in rules])


def _withdraw(connection: Connection, pieces: Iterable[_Piece]) -> _Losers:
    facts: set[str] = set()
    keys: set[str] = set()
    for fact_id, evidence_id in pieces:
        facts.add(fact_id)
        anchored = (AnchorRow.fact_id == fact_id) & (AnchorRow.evidence_id == evidence_id)
        keys.update(connection.scalars(select(AnchorRow.entity_key).where(anchored)))
        own = (EvidenceRow.fact_id == fact_id) & (EvidenceRow.id == evidence_id)
        connection.execute(delete(EvidenceRow).where(own))
    return facts, keys


def _gone(connection: Connection, facts: Iterable[str]) -> set[str]:
    """Return the ids, recorded and shown, of those of the facts that rest on nothing."""
    found: set[str] = set()
    for page in pages(sorted(facts)):
        resting = select(EvidenceRow.fact_id).where(EvidenceRow.fact_id.in_(page))
        bare = set(page) - set(connection.scalars(resting))
        shown = select(FactRow.shown_id).where(FactRow.id.in_(sorted(bare)))
        found |= bare | set(connection.scalars(shown))
    # What is shown under one id lives while any of its forms does.
    alive: set[str] = set()
    for page in pages(sorted(found)):
        forms = select(FactRow.shown_id).join(EvidenceRow, EvidenceRow.fact_id == FactRow.id)
        alive.update(connection.scalars(forms.where(FactRow.shown_id.in_(page))))
    return found - alive


def _read(connection: Connection) -> Iterator[tuple[_Piece, RuleEvidence]]:
    # Conclusions come with no document, so that the index passes over what texts say.
    query = select(EvidenceRow.__table__).where(
        EvidenceRow.document_id.is_(None), EvidenceRow.kind == RuleEvidence.kind
    )
    for row in connection.execute(query.order_by(EvidenceRow.fact_id, EvidenceRow.id)):
        evidence = evidence_value(row)
        assert isinstance(evidence, RuleEvidence)
        yield (row.fact_id, row.id), evidence
