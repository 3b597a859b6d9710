"""What is removed is gone from the disk, and what rests on it with it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from stores.ledger import Ledger
from tests.stores.ledger.worlds import read


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def word(number: int) -> str:
    """Return a name that no other text holds."""
    return f"Qx{number:05d}qx"


def remnants(folder: Path, numbers: Sequence[int]) -> list[int]:
    data = bytes_on_disk(folder)
    return [number for number in numbers if word(number).encode() in data]


def test_removed_text_is_in_no_file(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ids = []
        for number in range(45):
            clauses = [
                (f"{word(number)} the {i}th", "met", f"Bob {i}") for i in range(1 + number % 7)
            ]
            parts = read(f"{number}.txt", *clauses, title=f"On {word(number)}")
            ledger.add_document(*parts, run)
            ledger.store_call(f"k{number}", "m", "h", f"says {word(number)}" * 9, parts.document.id)
            ids.append(parts.document.id)
        order = random.Random(3).sample(range(45), 30)
        assert remnants(tmp_path, order) == sorted(order, key=order.index)
        for step in range(0, 30, 15):
            for number in order[step : step + 15]:
                assert ledger.remove_document(ids[number])
            assert remnants(tmp_path, order[: step + 15]) == []
    assert remnants(tmp_path, order) == []
    assert len(remnants(tmp_path, range(45))) == 15


def test_replaced_text_is_in_no_file(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read("a.txt", (word(1), "met", "Bob")), run)
        ledger.add_document(*read("a.txt", (word(2), "met", "Bob")), run)
        assert remnants(tmp_path, [1, 2]) == [2]


def test_removal_leaves_what_others_say(ledger: Ledger, run_id: str) -> None:
    kept = read("a.txt", ("Ada", "met", "Bob"))
    gone = read("b.txt", ("Ada", "met", "Bob"), ("Cid", "saw", "Bob"))
    ledger.add_document(*kept, run_id)
    before = list(ledger.export())
    ledger.add_document(*gone, run_id)
    assert ledger.remove_document(gone.document.id)
    assert not ledger.remove_document(gone.document.id)
    assert list(ledger.export()) == before


def test_removing_facts_takes_entities_that_nothing_names(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(parts.document, parts.chunks, parts.mentions[:1], parts.facts, run_id)
    assert ledger.counts()["entities"] == 2
    assert ledger.remove_facts([parts.facts[0].id]) == 1
    assert [entity.name for entity in ledger.entities()] == ["Ada"]
