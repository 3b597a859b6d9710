"""Several processes build into one ledger: on a server at once, in a file one after another."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.ledger import Ledger
from tests.stores.ledger.places import database, new_schema

BUILD = """
import sys
from kgkit.build import build
from kgkit.errors import LockedError
from stores.ledger import Ledger
from tests.kgkit.worlds import Words, documents

class Later:
    def follow(self, progress=None):
        pass

try:
    ledger = Ledger.open(sys.argv[1])
except LockedError as error:
    print(error)
    sys.exit(7)
with ledger:
    print("open", flush=True)
    sys.stdin.readline()
    for first in map(int, sys.argv[2:]):
        assert not build(ledger, Words(), documents(first), Later()).failed
"""


def start(address: str | Path, *first: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(address), *map(str, first)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with database() as url:
        yield url


@pytest.mark.slow
def test_three_builds_at_once_export_what_one_does(server: str, tmp_path: Path) -> None:
    address = new_schema(server)
    processes = [start(address, first) for first in (0, 8, 16)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    for process in processes:
        process.communicate("go\n")
    assert [process.returncode for process in processes] == [0, 0, 0]
    with start(tmp_path / "a.db", 0, 8, 16) as process:
        process.communicate("go\n")
    with Ledger.open(address) as many, Ledger.open(tmp_path / "a.db") as one:
        assert many.counts()["documents"] == 28
        assert list(many.export()) == list(one.export())


def test_a_file_names_the_process_that_builds(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Ledger.open(path), start(path, 0) as process:
        said, _ = process.communicate("go\n")
    assert process.returncode == 7
    assert f"is being written by process {os.getpid()}" in said
