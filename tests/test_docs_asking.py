"""The Python on the page on asking runs as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "asking.md").read_text(encoding="utf-8")


def test_the_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "asking.md", "exec", dont_inherit=True), names)
    shown = capsys.readouterr().out
    for printed in re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        assert printed in shown
    assert "When was Ida Lindqvist born?  3 May 1871" in shown
    assert "Where was Ida Lindqvist born?  Aalborg" in shown
    assert "Who was Ida Lindqvist's husband?  Per Lindqvist" in shown
    assert "answer: Aalborg" in shown
    assert (tmp_path / "answer.html").exists()


@pytest.mark.parametrize("path", re.findall(r"\]\(([\w./]+)(?:#\w+)?\)", PAGE))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / "docs" / path).exists()
