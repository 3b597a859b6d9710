"""Copying a graph to another place: its ledger as it is now, and projections made from that."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["copy"]


def copy(source: KnowledgeGraph, target: str | Path, *, store: str = "embedded") -> None:
    """Copy a graph into the folder `target`, or its ledger alone into a PostgreSQL URL.

    The source may be open elsewhere and be written meanwhile: the copy is what its ledger held
    at one moment. Vectors are copied; the graph (into `store`, named as for `open`) and the word
    index are made again. Raises `InputError` when the target holds something.
    """
    from stores.ledger import Ledger

    if "://" in str(target):
        with Ledger.open(target) as ledger:
            source.ledger.copy_to(ledger)
        return
    folder = Path(target)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{str(target)!r} holds something: give a path that is free")
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        # Vectors first: what changes until the ledger is copied, they follow then.
        _copy_vectors(source.path / "vectors", folder / "vectors")
        with Ledger.open(folder / "ledger.db") as ledger:
            source.ledger.copy_to(ledger)
        _project(source, folder, store)
        undo.pop_all()


def _project(source: KnowledgeGraph, folder: Path, store: str) -> None:
    from kgkit.graph import open

    with open(folder, store=store, encoder=source.projections.encoder) as made:
        made.projections.follow()


def _copy_vectors(source: Path, target: Path) -> None:
    """Copy an index of vectors as its journal had it at one moment.

    Rows are only appended, or overwritten with zeros once the ledger has removed their chunk.
    """
    if not (source / "journal.db").exists():
        return
    target.mkdir(parents=True)
    with (
        closing(sqlite3.connect(source / "journal.db", isolation_level=None)) as journal,
        closing(sqlite3.connect(target / "journal.db", isolation_level=None)) as copied,
    ):
        journal.execute("BEGIN")
        notes = dict(journal.execute("SELECT key, value FROM notes"))
        rows = f"rows-{notes.get('generation', 0)}.f32"
        if int(notes.get("end", 0)) and not (source / rows).exists():
            # They are being written anew just now: the copy encodes its own.
            shutil.rmtree(target)
            return
        if (source / rows).exists():
            shutil.copyfile(source / rows, target / rows)
        journal.backup(copied)
        copied.execute("UPDATE notes SET value = '0' WHERE key = 'graph'")
