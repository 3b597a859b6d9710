"""The Python on the page on teaching runs as printed."""

from __future__ import annotations

import re

import pytest

from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")


def test_the_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "teaching.md", "exec", dont_inherit=True), names)
    assert "gained" in capsys.readouterr().out


@pytest.mark.parametrize("path", re.findall(r"\]\(([\w./]+)(?:#\w+)?\)", PAGE))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / "docs" / path).exists()
