"""A copy holds what its source held at one moment, and goes its own way from there."""

from __future__ import annotations

from pathlib import Path

import pytest

import kgkit
from kgkit.copying import copy
from kgkit.doctor import examine
from kgkit.errors import InputError, LockedError
from kgkit.graph import KnowledgeGraph
from tests.kgkit.worlds import ADA, BOB, CID, Words


def opened(path: Path, *, read_only: bool = False) -> KnowledgeGraph:
    return kgkit.open(path, read_only=read_only, extractor=Words())


def test_a_copy_is_whole_and_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "a.kg") as kg:
        kg.build(ADA, BOB)
        people = [entity.id for entity in kg.ledger.entities()]
        kg.merge(*people[:2])
        with opened(tmp_path / "a.kg", read_only=True) as source:
            copy(source, tmp_path / "b.kg")
        before = list(kg.export())
        kg.build(CID)
    with opened(tmp_path / "b.kg", read_only=True) as made:
        assert list(made.export()) == before
        diagnosis = examine(made)
        assert diagnosis.is_sound
        assert not any(finding.note for finding in diagnosis.findings)
        assert made.retrieve("Whom did Ada meet?", 1)
    with opened(tmp_path / "b.kg") as made:
        made.build(CID)
        with opened(tmp_path / "a.kg") as kg:
            assert list(made.export()) == list(kg.export())


def test_vectors_are_copied_and_not_made_again(tmp_path: Path) -> None:
    with opened(tmp_path / "a.kg") as kg:
        kg.build(ADA, BOB, CID)
        kg.remove_document(BOB.uri)
        copy(kg, tmp_path / "b.kg", store="embedded")
        ids, rows = kg.projections.vectors.index.matrix()
    with opened(tmp_path / "b.kg", read_only=True) as made:
        copied, same = made.projections.vectors.index.matrix()
        assert copied == ids
        assert same.tobytes() == rows.tobytes()


def test_a_place_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "a.kg") as kg:
        kg.build(CID)
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "file").write_text("mine")
        for target in (tmp_path / "full", tmp_path / "full" / "file", tmp_path / "a.kg"):
            with pytest.raises(InputError, match="path that is free"):
                copy(kg, target)
    assert (tmp_path / "full" / "file").read_text() == "mine"


def test_a_failed_copy_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "a.kg") as kg:
        kg.build(CID)
        with pytest.raises(InputError, match="no store is named 'nowhere'"):
            copy(kg, tmp_path / "b.kg", store="nowhere")
    assert not (tmp_path / "b.kg").exists()


def test_two_writers_of_a_file_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "a.kg"), pytest.raises(LockedError, match="process"):
        opened(tmp_path / "a.kg")
