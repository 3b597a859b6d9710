"""Batches tell a projection what changed, as it is now."""

from __future__ import annotations

from stores.ledger import Change, Ledger
from tests.stores.ledger.worlds import read


def test_changes_are_in_order_and_numbered(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*parts, run_id)
    changes = list(ledger.changes())
    assert [change.kind for change in changes] == ["document", "chunk", "entity", "entity", "fact"]
    assert changes[0] == Change(1, "document", parts.document.id)
    assert changes[-1].seq == ledger.sequence()
    assert list(ledger.changes(since=ledger.sequence())) == []


def test_a_batch_holds_current_values_once(ledger: Ledger, run_id: str) -> None:
    for number in range(3):
        ledger.add_document(*read(f"{number}.txt", ("Ada", "met", "Bob")), run_id)
    (batch,) = ledger.batches(0)
    assert batch.upto == ledger.sequence()
    assert list(batch.documents) == list(ledger.documents())
    assert list(batch.chunks) == list(ledger.chunks())
    assert list(batch.entities) == list(ledger.entities())
    assert list(batch.facts) == list(ledger.facts())
    assert list(batch.mentions) == sorted(ledger.mentions(), key=lambda mention: mention.id)
    assert batch.gone == ()
    assert list(ledger.batches(batch.upto)) == []


def test_an_entity_is_told_once_a_run_though_many_documents_name_it(
    ledger: Ledger, run_id: str
) -> None:
    for number in range(5):
        ledger.add_document(*read(f"{number}.txt", ("Ada", "ran", f"190{number}")), run_id)
    batches = list(ledger.batches(0, size=4))
    assert len(batches) == 5
    for batch in batches:
        named = {mention.entity.id for mention in batch.mentions}
        assert {entity.id for entity in batch.entities} == named


def test_what_is_written_meanwhile_is_followed(ledger: Ledger, run_id: str) -> None:
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run_id)
    batches = ledger.batches(0, size=3)
    next(batches)
    ledger.add_document(*read("b.txt", ("ada", "met", "Bob"), ("ada", "ran", "1903")), run_id)
    rest = list(batches)
    assert rest[-1].upto == ledger.sequence()
    told = {entity.id: entity for batch in rest for entity in batch.entities}
    assert told == {entity.id: entity for entity in ledger.entities()}


def test_what_is_gone_is_named(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*parts, run_id)
    reached = ledger.sequence()
    ledger.remove_document(parts.document.id)
    (batch,) = ledger.batches(reached)
    assert set(batch.gone) == {
        ("document", parts.document.id),
        ("chunk", parts.chunks[0].id),
        ("fact", parts.facts[0].id),
        *(("entity", mention.entity.id) for mention in parts.mentions),
    }
    assert not any([batch.documents, batch.chunks, batch.mentions, batch.entities, batch.facts])


def test_a_merge_tells_old_and_new(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*parts, run_id)
    reached = ledger.sequence()
    ids = sorted(mention.entity.id for mention in parts.mentions)
    ledger.merge(*ids)
    (batch,) = ledger.batches(reached)
    assert [entity.id for entity in batch.entities] == ids[:1]
    assert ("entity", ids[1]) in batch.gone
    assert ("fact", parts.facts[0].id) in batch.gone
    assert [fact.head.id for fact in batch.facts] == ids[:1]
    assert {mention.entity.id for mention in batch.mentions} == set(ids[:1])
