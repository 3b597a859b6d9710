"""The Python on the front page runs as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kgkit import quickstart
from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = Path(quickstart.__file__).parent / "documents"
    shutil.copytree(notes, tmp_path / "notes")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCK.findall(README):
        exec(compile(block, "README.md", "exec"), names)
    shown = capsys.readouterr().out
    assert f"{len(list(notes.glob('*.md')))} inputs" in shown
    assert "Bollington" in shown
    assert "p.name" in shown


def test_readme_counts_the_documents() -> None:
    count = len(list((Path(quickstart.__file__).parent / "documents").glob("*.md")))
    assert f"from {count} documents" in README


@pytest.mark.parametrize("path", re.findall(r"\]\(([\w./]+)\)", README))
def test_readme_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_readme_names_every_benchmark_that_is_there() -> None:
    quoted = set(re.findall(r"python -m benchmarks\.(\w+)", README))
    there = {path.stem for path in (ROOT / "benchmarks").glob("*.py")} | {
        path.parent.name for path in (ROOT / "benchmarks").glob("*/__main__.py")
    }
    assert quoted <= there
