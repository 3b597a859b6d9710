"""Every format can be written, and the same records give the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.imports.facts import COLUMNS
from kgkit.errors import InputError
from kgkit.exporting import export, formats
from kgkit.facts import Document
from stores.ledger import Ledger
from stores.networks import read_graphml, read_node_link, to_networkx
from tests.kgkit.worlds import ADA, BOB, CID, Words


def fill(ledger: Ledger, *documents: Document) -> None:
    from extractors.chunks import split

    run = ledger.add_run("words", "1", {}, 0)
    for document in documents:
        chunks = split(document)
        found = Words().extract(document, chunks)
        ledger.add_document(document, chunks, found.mentions, found.facts, run)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        fill(ledger, ADA, BOB, CID)
        yield ledger


@pytest.mark.parametrize("format", formats())
def test_the_same_records_give_the_same_bytes(ledger: Ledger, tmp_path: Path, format: str) -> None:
    export(ledger, tmp_path / "one", format)
    with Ledger.open(":memory:") as other:
        fill(other, CID, BOB, ADA)
        export(other, tmp_path / "two", format)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != b""


def test_the_suffix_says_the_format(ledger: Ledger, tmp_path: Path) -> None:
    for name, format in (("a.ttl", "turtle"), ("a.csv", "csv"), ("a.JSONL", "jsonl")):
        export(ledger, tmp_path / name)
        export(ledger, tmp_path / "b", format)
        assert (tmp_path / name).read_bytes() == (tmp_path / "b").read_bytes()


def test_an_unknown_format_is_named_with_those_there_are(ledger: Ledger, tmp_path: Path) -> None:
    for path, format in ((tmp_path / "a.doc", None), (tmp_path / "a.csv", "doc")):
        with pytest.raises(InputError, match=r"'doc'.*graphml, json, jsonl"):
            export(ledger, path, format)
    assert list(tmp_path.iterdir()) == []


def test_csv_has_a_row_for_each_fact(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [fact.id for fact in ledger.facts()]
    turned = next(row for row in rows if row["relation"] == "TURNED")
    assert (turned["head"], turned["tail"], turned["tail_type"]) == ("Ada", "36", "integer")
    met = next(row for row in rows if row["relation"] == "MET" and row["head"] == "Ada")
    assert (met["tail"], met["predicate"]) == ("Bob", "met")
    bob = {"id": met["tail_id"], "name": "Bob", "type": "Thing"}
    assert json.loads(met["qualifiers"]) == [{"role": "with", **bob}]


def test_jsonl_is_the_canonical_export(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == list(ledger.export())
    assert {json.loads(line)["kind"] for line in lines} >= {"document", "fact", "mention"}


def test_graphs_come_back(ledger: Ledger, tmp_path: Path) -> None:
    whole = to_networkx(ledger.entities(), ledger.facts())
    export(ledger, tmp_path / "a.graphml")
    export(ledger, tmp_path / "a.json")
    for graph in (read_graphml(tmp_path / "a.graphml"), read_node_link(tmp_path / "a.json")):
        assert sorted(graph.nodes(data=True)) == sorted(whole.nodes(data=True))
        assert sorted(graph.edges(keys=True)) == sorted(whole.edges(keys=True))
