"""What does not belong in a library: prints, notes to self, open questions."""

from __future__ import annotations

import ast
import re

from tests.layout.house import PACKAGES, modules

NOTE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_the_library_never_prints() -> None:
    prints = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if ".train" not in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert not prints, "\n".join(prints)


def test_no_notes_to_self() -> None:
    assert [m.name for m in modules(*PACKAGES, "benchmarks") if NOTE.search(m.text)] == []
