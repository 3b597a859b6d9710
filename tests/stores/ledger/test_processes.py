"""Several processes, and ones that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, LockedError
from stores.ledger import Ledger
from tests.stores.ledger.worlds import read

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

READ = """
import sys
from stores.ledger import Ledger

with Ledger.open(sys.argv[1], read_only=True) as ledger:
    print(ledger.counts()["documents"], len(list(ledger.export())), flush=True)
    sys.stdin.readline()
    print(ledger.counts()["documents"], flush=True)
"""


def start(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
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
