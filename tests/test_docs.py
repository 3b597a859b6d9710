"""The Python on the pages on extraction and on logical forms runs as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LOGIC = (ROOT / "docs" / "logic.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")


def test_the_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "extraction.md", "exec", dont_inherit=True), names)
    shown = capsys.readouterr().out
    assert "(Greta Lindholm)-[BORN_IN]->(Aarhus)" in shown
    assert "not (Greta Lindholm)" in shown
    assert "slots filled" in shown


@pytest.mark.parametrize("path", re.findall(r"\]\(([\w./]+)(?:#\w+)?\)", PAGE))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / "docs" / path).exists()


def test_logical_forms_run_as_printed(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in BLOCK.findall(LOGIC):
        exec(compile(block, "logic.md", "exec", dont_inherit=True), names)
    (printed,) = re.findall(r"^```text\n(.*?)^```", LOGIC, re.MULTILINE | re.DOTALL)
    assert capsys.readouterr().out == printed
