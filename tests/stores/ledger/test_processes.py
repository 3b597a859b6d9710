"""Several processes, and ones that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, LockedError, StoreError
from stores.ledger import Ledger
from tests.stores.ledger.places import new_schema
from tests.stores.ledger.test_history import Mirror
from tests.stores.ledger.worlds import read, write_some

ADD_FOR_EVER = """
import sys
from itertools import count
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from stores.ledger import Ledger

ledger = Ledger.open(sys.argv[1])
run = ledger.add_run("test", "1", {}, 0)
for number in count():
    text = f"Ada has {number} things. " * 20
    document = Document(f"{number}.txt", text)
    chunks = [Chunk(document.id, i, i, i + 5, text[i : i + 5], ()) for i in range(20)]
    ada = Entity.named("Ada", "Person")
    mentions = [Mention(document.id, c.id, c.start, c.end, "Ada", ada) for c in chunks]
    said = [TextEvidence(document.id, chunk.id, 0, 9, "x") for chunk in chunks]
    facts = [Fact(ada, f"R{i}", Literal(number), evidence=(said[i],)) for i in range(20)]
    ledger.add_document(document, chunks, mentions, facts, run)
    print(number, flush=True)
"""

ADD_SOME = """
import sys
from stores.ledger import Ledger
from tests.stores.ledger.worlds import write_some

with Ledger.open(sys.argv[1]) as ledger:
    write_some(ledger, int(sys.argv[2]))
"""

READ = """
import sys
from stores.ledger import Ledger

with Ledger.open(sys.argv[1], read_only=True) as ledger:
    print(ledger.counts()["documents"], len(list(ledger.export())), flush=True)
    sys.stdin.readline()
    print(ledger.counts()["documents"], flush=True)
"""


def start(code: str, path: str | Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )


def test_a_killed_writer_leaves_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with start(ADD_FOR_EVER, path) as process:
        assert process.stdout is not None
        for _ in range(15):
            last = int(process.stdout.readline())
        with pytest.raises(LockedError, match=str(process.pid)):
            Ledger.open(path)
        os.kill(process.pid, signal.SIGKILL)
        last = max([last, *map(int, process.stdout.read().split())])
    with Ledger.open(path) as ledger:
        documents = list(ledger.documents())
        # One may have been written and not yet reported.
        assert last + 1 <= len(documents) <= last + 2
        for document in documents:
            assert len(list(ledger.chunks(document_id=document.id))) == 20
            assert len(list(ledger.mentions(document.id))) == 20
        assert ledger.counts()["evidence"] == ledger.counts()["facts"] == 20 * len(documents)
        assert sum(len(batch.documents) for batch in ledger.batches(0)) == len(documents)


def test_a_second_process_reads_while_the_first_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Ledger.open(path) as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
        expected = len(list(ledger.export()))
        with start(READ, path) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == f"1 {expected}\n"
            ledger.add_document(*read("b.txt", ("Ada", "met", "Bob")), run)
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "2\n"


def test_a_second_writer_in_one_process_is_refused_too(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db"), pytest.raises(LockedError, match=str(os.getpid())):
        Ledger.open(tmp_path / "a.db")
    Ledger.open(tmp_path / "a.db").close()


def test_a_forked_process_is_told(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        child = os.fork()
        if child == 0:
            try:
                ledger.counts()
            except ClosedError:
                os._exit(7)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert ledger.counts()["documents"] == 0


def test_three_processes_write_what_one_would(postgres: str, tmp_path: Path) -> None:
    address = new_schema(postgres)
    reached, mirror = 0, Mirror()
    # They overlap, and each would make the tables.
    processes = [start(ADD_SOME, address, str(first)) for first in (0, 6, 12)]
    while any(process.poll() is None for process in processes):
        try:
            with Ledger.open(address, read_only=True) as ledger:
                for batch in ledger.batches(reached, 50):
                    mirror.apply(batch)
                    reached = batch.upto
        except StoreError:
            pass  # not made yet
        time.sleep(0.2)
    assert [process.wait() for process in processes] == [0, 0, 0]
    for process in processes:
        process.communicate()
    anew = Mirror()
    with Ledger.open(address) as many, Ledger.open(tmp_path / "a.db") as one:
        for first in (0, 6, 12):
            write_some(one, first)
        assert list(many.export()) == list(one.export())
        assert many.counts()["documents"] == 21
        for batch in many.batches(reached, 50):
            mirror.apply(batch)
        for batch in one.batches(0):
            anew.apply(batch)
    assert mirror.shown() == anew.shown()


def test_a_server_may_have_several_writers(postgres: str) -> None:
    address = new_schema(postgres)
    with Ledger.open(address) as first, Ledger.open(address) as second:
        run = first.add_run("test", "1", {}, 0)
        assert second.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
        assert not first.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
