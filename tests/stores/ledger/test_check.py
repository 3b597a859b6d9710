"""A sound ledger has no problem, and each kind of damage is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact
from stores.ledger import Ledger
from stores.ledger.check import CHECKS
from tests.stores.ledger.places import NewAddress
from tests.stores.ledger.worlds import read

ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob")


def fill(ledger: Ledger) -> None:
    run = ledger.add_run("test", "1", {"size": 2}, 0)
    for number in range(3):
        clauses = [("Ada", "met", f"Bob {number}"), ("Ada", "born", "1903"), ("Cid", "saw", "Bob")]
        ledger.add_document(*read(f"{number}.txt", *clauses), run)
    ledger.add_facts([Fact(ADA, "KNOWS", BOB, evidence=(ImportEvidence("t", "1"),))])
    ledger.merge(ADA.id, BOB.id)
    ledger.reject_fact(next(ledger.facts()).id)
    ledger.store_call("k", "m", "h", "says \x00 \x1a so", next(ledger.documents()).id)
    ledger.set_meta("encoder", "one")


def test_a_sound_ledger_has_no_problem(ledger: Ledger) -> None:
    assert list(ledger.problems()) == []
    fill(ledger)
    assert list(ledger.problems()) == []


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE document SET text = 'Other.' || text WHERE uri = '1.txt'", "ids"),
        ("UPDATE document SET text = 'Short.' WHERE uri = '1.txt'", "spans"),
        ("UPDATE chunk SET start = start + 1", "ids"),
        ("UPDATE chunk SET sentences = '[[0,99999]]'", "spans"),
        ("UPDATE mention SET entity_key = (SELECT max(key) FROM entity)", "ids"),
        ("UPDATE mention SET text = 'Zed'", "spans"),
        ("UPDATE fact SET relation = 'HATED'", "ids"),
        ("UPDATE evidence SET payload = replace(payload, 'test', 'other')", "ids"),
        ("DELETE FROM evidence WHERE kind = 'import'", "evidence"),
        ("DELETE FROM chunk WHERE ordinal = 0", "spans"),
        ("DELETE FROM mention", "entities"),
        ("DELETE FROM entity", "entities"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM run", "references"),
    ],
)
def test_damage_is_found(tmp_path: Path, damage: str, check: str) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        fill(ledger)
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        for statement in damage.split("; "):
            connection.execute(text(statement))
    engine.dispose()
    with Ledger.open(tmp_path / "a.db", read_only=True) as ledger:
        found = {name for name, _ in ledger.problems()}
    assert check in found <= CHECKS.keys()


def test_a_copy_is_the_same_and_can_be_followed_on(ledger: Ledger, new_address: NewAddress) -> None:
    fill(ledger)
    with Ledger.open(new_address()) as copy:
        ledger.copy_to(copy)
        assert list(copy.export()) == list(ledger.export())
        assert list(copy.changes()) == list(ledger.changes())
        assert copy.decision_log() == ledger.decision_log()
        assert copy.cached_call("k") == "says \x00 \x1a so"
        assert copy.get_meta("encoder") == "one"
        assert list(copy.problems()) == []
        last = ledger.sequence()
        copy.add_document(*read("9.txt", ("Eve", "met", "Bob")), copy.add_run("x", "1", {}, 0))
        assert next(copy.changes(last)).seq == last + 1
        with pytest.raises(InputError, match="holds records"):
            ledger.copy_to(copy)


def test_a_copy_between_databases_is_the_same(postgres_ledger: Ledger, tmp_path: Path) -> None:
    fill(postgres_ledger)
    with Ledger.open(tmp_path / "a.db") as copy:
        postgres_ledger.copy_to(copy)
        assert list(copy.export()) == list(postgres_ledger.export())
        assert copy.cached_call("k") == "says \x00 \x1a so"
