"""Formats by name, through entry points, and by what a file looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.imports.graphrag import read_graphrag
from extractors.imports.registry import check_options, detect_format, load_importer
from extractors.imports.rows import read_table
from extractors.imports.triples import read_triples
from kgkit.errors import InputError
from tests.extractors.imports.samples import write_graphrag, write_lightrag


def test_built_in_formats_are_found_by_name() -> None:
    assert load_importer("triples") is read_triples
    assert load_importer("graphrag") is read_graphrag


def test_an_unknown_format_names_those_that_are_there() -> None:
    with pytest.raises(InputError, match=r"'visio'; installed are .*graphrag, hipporag, lightrag"):
        load_importer("visio")


def test_a_package_adds_a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "strange-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strange\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[kgkit.importers]\nodd = strange_importer:read\n")
    (tmp_path / "strange_importer.py").write_text(
        "def read(path, *, loud=False):\n    yield from ()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert list(load_importer("odd")(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.csv", "triples"), ("a.TSV", "triples"), ("a.parquet", "triples"), ("a.json", "hipporag")],
)
def test_a_format_is_told_from_the_suffix(tmp_path: Path, name: str, format: str) -> None:
    assert detect_format(tmp_path / name) == format


def test_a_format_is_told_from_a_folder(tmp_path: Path) -> None:
    assert detect_format(write_graphrag(tmp_path / "g", old=True)) == "graphrag"
    assert detect_format(write_lightrag(tmp_path / "l")) == "lightrag"
    assert detect_format(tmp_path / "a.csv", ["mapping"]) == "table"
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "a.xyz", tmp_path / "noname"):
        with pytest.raises(InputError):
            detect_format(path)


def test_options_are_those_of_the_importer() -> None:
    check_options("triples", read_triples, {"columns": None, "header": False})
    with pytest.raises(InputError, match=r"'graphrag' takes no option 'header'; it takes score"):
        check_options("graphrag", read_graphrag, {"header": False})
    with pytest.raises(InputError, match="needs the option 'mapping'"):
        check_options("table", read_table, {})
