"""The code in the documentation of models runs."""

from __future__ import annotations

import re

from tests.layout.house import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_documentation_runs() -> None:
    (block,) = BLOCK.findall((ROOT / "docs" / "models.md").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    exec(compile(block, "docs/models.md", "exec"), names)
    assert "reading" in names
