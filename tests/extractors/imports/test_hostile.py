"""Broken and hostile files: one clear sentence, and everything else is read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.imports.base import Imported
from extractors.imports.graphml import iterate_graphml
from extractors.imports.hipporag import read_hipporag
from extractors.imports.jsonstream import iterate_items, iterate_members
from extractors.imports.lightrag import read_lightrag
from extractors.imports.triples import read_triples
from kgkit.errors import ReadError
from kgkit.facts import Literal
from tests.extractors.imports.samples import GRAPHML, sorted_out, write_hipporag


def test_a_cell_of_a_megabyte(tmp_path: Path) -> None:
    path, limit = tmp_path / "a.csv", csv.field_size_limit()
    long = "x" * 1_000_000
    path.write_text(
        f"head,relation,tail,tail_type\nA,says,{long},string\n{long},says,B,\nA,knows,B,\n"
    )
    facts, _, refused = sorted_out(read_triples(path))
    assert [fact.relation for fact in facts] == ["SAYS", "KNOWS"]
    assert facts[0].tail == Literal(long)
    assert [row.row for row in refused] == ["2"]
    assert len(str(refused[0])) < 300
    assert csv.field_size_limit() == limit


def test_nul_bytes_refuse_their_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"head,relation,tail\nA,kn\0ows,B\nA,likes,B\n")
    facts, _, refused = sorted_out(read_triples(path))
    assert [fact.relation for fact in facts] == ["LIKES"]
    assert "holds a NUL" in refused[0].reason


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('head,relation,tail\nA,knows,B\nA,"likes,B\n' + "C,knows,D\n" * 100)
    facts, _, refused = sorted_out(read_triples(path))
    assert len(facts) == 1
    assert [row.row for row in refused] == ["2"]
    assert "no table row" in refused[0].reason


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n\n\n", "begins with no table row"),
        ("a.csv", b"h\0e,a\0d,x\n1,2,3\n", "not of the encoding"),
        ("a.csv", "head,relation,tail\n".encode("utf-16-le"), "not of the encoding"),
        ("a.csv", b"a,b,a\n1,2,3\n", "two columns named 'a'"),
        ("a.parquet", b"", "no Parquet"),
        ("a.parquet", b"head,relation,tail\nA,knows,B\n", "no Parquet"),
        ("a.parquet", b"PAR1" + b"\0" * 40 + b"PAR1", "no Parquet"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message):
        list(read_triples(path))


def test_a_parquet_file_cut_in_half(tmp_path: Path) -> None:
    from tests.extractors.imports.samples import write_parquet

    columns = {"head": ["A"] * 999, "relation": ["knows"] * 999, "tail": ["B"] * 999}
    path = write_parquet(tmp_path / "a.parquet", columns)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ReadError, match="no Parquet"):
        list(read_triples(path))


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("head,relation,tail\n")
    assert list(read_triples(path)) == []


@pytest.mark.parametrize("read", [read_triples, read_hipporag, read_lightrag])
def test_a_file_that_is_not_there(
    tmp_path: Path, read: Callable[[Path], Iterator[Imported]]
) -> None:
    with pytest.raises(ReadError):
        list(read(tmp_path / "none.csv"))


def test_json_cut_in_half_gives_what_came_before(tmp_path: Path) -> None:
    path = write_hipporag(tmp_path / "a.json")
    text = path.read_text()
    path.write_text(text[: text.index("chunk-2") + 20])
    found: list[Imported] = []
    with pytest.raises(ReadError, match="breaks off"):
        found.extend(read_hipporag(path))
    assert len(sorted_out(found)[1]) == 1


@pytest.mark.parametrize(
    "text",
    ["", "7", '"docs"', "{", '{"docs"', '{"docs": 7}', '{"docs": [1, ', "[1 2]", "[" * 100_000],
)
def test_json_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(ReadError):
        list(iterate_items(path, "docs"))


def test_json_is_read_across_pieces(tmp_path: Path) -> None:
    """Items that do not end where a piece of the file does, numbers among them."""
    path = tmp_path / "a.json"
    items = [{"n": n, "text": "é" * 70_000} for n in range(40)]
    path.write_text(json.dumps({"before": [1, {"docs": [2]}], "docs": items}), encoding="utf-8")
    assert list(iterate_items(path, "docs")) == items
    path.write_text(" " * ((1 << 20) - 3) + "[12345, 6]")
    assert list(iterate_items(path, "docs")) == [12345, 6]
    path.write_text('\ufeff {"a": 1.5, "b": null}\n', encoding="utf-8")
    assert list(iterate_members(path)) == [("a", 1.5), ("b", None)]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE graphml [
  <!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
  <!ENTITY file SYSTEM "file:///etc/passwd">
]>
"""


def test_graphml_entities_are_never_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    body = GRAPHML.partition("?>")[2].replace("A physicist.", "&d;&file;")
    path.write_text(BOMB + body)
    with pytest.raises(ReadError, match="declares a document type"):
        list(iterate_graphml(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no GraphML"),
        ("<html/>", "expected <graphml>"),
        (GRAPHML[: len(GRAPHML) // 2], "is no GraphML"),
        ("not xml", "is no GraphML"),
    ],
)
def test_graphml_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.graphml"
    path.write_text(text)
    with pytest.raises(ReadError, match=message):
        list(iterate_graphml(path))


def test_a_text_with_nul_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    docs = [{"idx": 0, "passage": "a\0b", "extracted_triples": [["A", "is", "B"]]}]
    path.write_text(json.dumps({"docs": docs}))
    facts, documents, refused = sorted_out(read_hipporag(path))
    assert (facts, documents) == ([], [])
    assert "holds a NUL" in refused[0].reason
