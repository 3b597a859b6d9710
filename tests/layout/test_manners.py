"""What does not belong in a library: prints, notes to self, open questions."""

from __future__ import annotations

import ast
import re

import pytest

from tests.layout.house import Module, modules

NOTE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.name)
def test_the_library_never_prints(module: Module) -> None:
    if ".train" in module.name:
        return
    prints = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert not prints, f"{module.path}: print on lines {prints}"


@pytest.mark.parametrize(
    "module",
    modules("kgkit", "stores", "extractors", "reasoning", "benchmarks"),
    ids=lambda m: m.name,
)
def test_no_notes_to_self(module: Module) -> None:
    assert not NOTE.findall(module.text)
