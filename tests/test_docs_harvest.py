"""The Python on the page on harvesting runs, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```python notest\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "harvest.md").read_text(encoding="utf-8")


def test_the_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "harvest.md", "exec", dont_inherit=True), names)
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 20
    assert all(re.fullmatch(r"[01]\.\d\d \(.+\)-\[CAPITAL\]->\(.+\)", line) for line in shown)


def test_what_is_shown_could_run() -> None:
    for block in SHOWN.findall(PAGE):
        compile(block, "harvest.md", "exec", dont_inherit=True)
        for line in re.findall(r"^from .*$", block, re.MULTILINE):
            exec(compile(line, "harvest.md", "exec", dont_inherit=True), {})


@pytest.mark.parametrize("path", re.findall(r"`(\w+(?:/\w+)+\.py)`", PAGE))
def test_files_that_are_named_are_there(path: str) -> None:
    assert (ROOT / path).is_file()


def test_links_lead_somewhere() -> None:
    for path in re.findall(r"\]\(([\w./]+)(?:#\w+)?\)", PAGE):
        assert (Path(ROOT) / "docs" / path).exists()
