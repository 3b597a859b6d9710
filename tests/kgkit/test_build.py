"""Builds resume, repeat and undo exactly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

import kgkit
from extractors.base import Extraction
from kgkit import quickstart
from kgkit.facts import Chunk, Document

SMALL = [
    Document(
        "a.txt", "Marie Curie was born in Warsaw. She discovered polonium in 1898.", "Marie Curie"
    ),
    Document(
        "b.txt", "Polonium is a chemical element. Marie Curie named it after Poland.", "Polonium"
    ),
    Document("c.txt", "Warsaw is the capital of Poland.", "Warsaw"),
]


def exported(path: Path, *documents: Document) -> list[str]:
    with kgkit.open(path) as kg:
        kg.build(*documents)
        return list(kg.export())


def test_two_builds_of_the_same_input_export_the_same_bytes(tmp_path: Path) -> None:
    first = exported(tmp_path / "1.kg", *SMALL)
    assert first == exported(tmp_path / "2.kg", *reversed(SMALL))
    assert len(first) > len(SMALL)


def test_removing_a_document_leaves_what_the_others_build(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "all.kg") as kg:
        kg.build(*SMALL)
        assert kg.remove_document("b.txt")
        assert not kg.remove_document("b.txt")
        left = list(kg.export())
        assert [
            row["uri"] for row in kg.query("MATCH (d:Document) RETURN d.uri AS uri ORDER BY uri")
        ]
        names = {row["n"] for row in kg.query("MATCH (n:Entity) RETURN n.name AS n")}
        assert SMALL[1].id not in {hit.document_id for hit in kg.retrieve("Polonium", 5)}
    assert left == exported(tmp_path / "two.kg", SMALL[0], SMALL[2])
    assert "Warsaw" in names


def test_a_new_text_at_an_address_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    with kgkit.open(tmp_path / "note.kg") as kg:
        path.write_text("Ernest Rutherford was born in Brightwater.")
        assert kg.build(path).inputs[0].status == "built"
        assert kg.build(path).inputs[0].status == "unchanged"
        path.write_text("Niels Bohr was born in Copenhagen.")
        assert kg.build(path).inputs[0].status == "built"
        assert kg.stats()["documents"] == 1
        assert "Brightwater" not in "".join(kg.export())


def test_a_text_beyond_the_limit_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"radium glows and " * 3_100_000)
    with kgkit.open(tmp_path / "line.kg") as kg:
        report = kg.build(path, SMALL[2])
        assert [i.status for i in report.inputs] == ["failed", "built"]
        assert "52,700,000 characters" in str(report.failed[0].error)


class Silent:
    """An extractor of a stranger."""

    name = "silent"
    version = "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        return Extraction()


def test_an_extractor_can_be_given(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "s.kg", extractor=Silent()) as kg:
        kg.build(*SMALL)
        assert kg.stats()["chunks"] == 3
        assert kg.stats()["facts"] == 0


def test_an_unknown_extractor_is_named(tmp_path: Path) -> None:
    with (
        kgkit.open(tmp_path / "x.kg", extractor="maxi") as kg,
        pytest.raises(kgkit.InputError, match="'maxi'"),
    ):
        kg.build(*SMALL)


def test_a_file_is_no_graph(tmp_path: Path) -> None:
    path = tmp_path / "file.kg"
    path.write_text("not a folder")
    with pytest.raises(kgkit.InputError, match=r"file\.kg"):
        kgkit.open(path)


KILLED = """
    import os, signal, sys
    import kgkit
    from kgkit import quickstart

    def killing(event):
        if (event.stage, event.done) == (sys.argv[2], int(sys.argv[3])) or (
            event.stage == sys.argv[2] == "project"
        ):
            os.kill(os.getpid(), signal.SIGKILL)

    with kgkit.open(sys.argv[1]) as kg:
        kg.build(*quickstart.documents()[:6], progress=killing)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
@pytest.mark.parametrize(("stage", "at"), [("extract", 4), ("project", 1)])
def test_a_killed_build_goes_on_to_the_same_graph(tmp_path: Path, stage: str, at: int) -> None:
    documents = quickstart.documents()[:6]
    script = textwrap.dedent(KILLED)
    path = tmp_path / "killed.kg"
    command = [sys.executable, "-c", script, str(path), stage, str(at)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"
    with kgkit.open(tmp_path / "whole.kg") as whole:
        whole.build(*documents)
        whole_export, whole_graph = list(whole.export()), list(whole.query(count))
    with kgkit.open(path) as kg:
        report = kg.build(*documents)
        assert {i.status for i in report.inputs} <= {"built", "unchanged"}
        assert "unchanged" in {i.status for i in report.inputs}
        assert list(kg.export()) == whole_export
        assert list(kg.query(count)) == whole_graph


def test_a_build_keeps_to_a_schema(tmp_path: Path) -> None:
    text = "Ridley Scott directed Alien in 1979. Alien stars Sigourney Weaver."
    with kgkit.open(tmp_path / "film.kg") as kg:
        kg.build(Document("alien.txt", text, "Alien"), schema="(Film)-[DIRECTED_BY]->(Person)")
        assert {fact.relation for fact in kg.facts()} <= {"DIRECTED_BY"}
        # The same text without the schema is read anew.
        assert kg.build(Document("alien.txt", text, "Alien")).totals["built"] == 1
        assert len({fact.relation for fact in kg.facts()}) > 1
