"""What is removed is gone from the disk, and what rests on it with it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Generator, Sequence
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


def test_what_pages_keep_of_moved_records_is_overwritten(tmp_path: Path) -> None:
    """Texts of many lengths: SQLite moves records between pages as they go."""
    chance = random.Random(1)
    with Ledger.open(tmp_path / "a.db") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ids = []
        for number in range(60):
            clauses = [
                (f"{word(number)}a{i}{'z' * chance.randint(0, 60)}", "met", f"{word(number)}b{i}")
                for i in range(chance.randint(1, 40))
            ]
            parts = read(f"{number}.txt", *clauses, title=f"On {word(number)}")
            ledger.add_document(*parts, run)
            ids.append(parts.document.id)
        gone = chance.sample(range(60), 30)
        for number in gone[:28]:
            ledger.remove_document(ids[number])
        assert remnants(tmp_path, gone[:28]) == []
        for number in gone[28:]:
            parts = read(f"{number}.txt", ("Ada", "met", "Bob"))
            ledger.add_document(*parts, run)
    assert remnants(tmp_path, gone) == []
    assert len(remnants(tmp_path, range(60))) == 30


KILLED = """
import os, sys
from stores.ledger import Ledger, removal

ledger = Ledger.open(sys.argv[1])
with ledger._writing() as (connection, log):
    removal.remove_document(connection, log, sys.argv[2])
os._exit(3)
"""


def test_a_killed_removal_is_finished_by_the_next_process(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        parts = [read(f"{i}.txt", *[(word(i), "met", "Bob " * i)] * 9) for i in range(9)]
        for part in parts:
            ledger.add_document(*part, run)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "a.db"), parts[3].document.id]
    assert subprocess.run(command, check=False).returncode == 3
    with Ledger.open(tmp_path / "a.db") as ledger:
        assert ledger.get_meta("unscrubbed") is None
        assert remnants(tmp_path, range(9)) == [0, 1, 2, 4, 5, 6, 7, 8]


def test_a_reader_elsewhere_delays_what_is_overwritten_but_stops_nothing(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        for i in range(3):
            ledger.add_document(*read(f"{i}.txt", (word(i), "met", "Bob")), run)
        with Ledger.open(tmp_path / "a.db", read_only=True) as reader:
            lines = reader.export()
            assert isinstance(lines, Generator)
            next(lines)
            # SQLite waits ten seconds for a reader; this test does not.
            with ledger._open_engine().connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout=50")
            assert ledger.remove_document(read("1.txt", (word(1), "met", "Bob")).document.id)
            assert ledger.get_meta("unscrubbed") is not None
            lines.close()
        ledger.scrub()
        assert ledger.get_meta("unscrubbed") is None
        assert remnants(tmp_path, range(3)) == [0, 2]
