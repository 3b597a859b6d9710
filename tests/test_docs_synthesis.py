"""The Python on the page on synthesis runs as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.layout.house import ROOT

PAGE = (ROOT / "docs" / "synthesis.md").read_text(encoding="utf-8")


def test_the_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(block, "synthesis.md", "exec", dont_inherit=True), names)
    assert "expected:" in capsys.readouterr().out
    assert (tmp_path / "corpus.jsonl").stat().st_size > 1000
    assert getattr(names["blocks"], "shape", (0, 0))[1] == 64
