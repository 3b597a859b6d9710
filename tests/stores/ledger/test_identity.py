"""A ledger has an id of its own, which no copy shares and no export shows."""

from __future__ import annotations

from pathlib import Path

from stores.ledger import Ledger


def test_an_id_is_kept(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        own = ledger.identity()
        assert len(own) == 32
        assert ledger.identity() == own
        assert list(ledger.export()) == []
    with Ledger.open(tmp_path / "a.db", read_only=True) as ledger:
        assert ledger.identity() == own


def test_one_that_is_only_read_is_given_none(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db"):
        pass
    with Ledger.open(tmp_path / "a.db", read_only=True) as ledger:
        assert ledger.identity() == ""


def test_a_copy_is_another_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger, Ledger.open(tmp_path / "b.db") as other:
        own = ledger.identity()
        ledger.copy_to(other)
        assert other.identity() not in ("", own)
