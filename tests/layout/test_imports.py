"""Imports point one way: vocabulary <- stores, extractors <- reasoning <- front door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.layout.house import Module, modules

#: The rooms of kgkit that everything else may import; the others are the front door.
VOCABULARY = {"", "errors", "evidence", "facts", "ids", "models", "neighbours", "report", "schema"}

#: Which layers each layer may import.
BELOW = {
    "vocabulary": {"vocabulary"},
    "stores": {"vocabulary", "stores"},
    "extractors": {"vocabulary", "extractors"},
    "reasoning": {"vocabulary", "stores", "extractors", "reasoning"},
    "front": {"vocabulary", "stores", "extractors", "reasoning", "front"},
}


def layer(name: str) -> str | None:
    """Return the layer of a dotted module name, or None for a foreign one."""
    top, _, rest = name.partition(".")
    if top == "kgkit":
        return "vocabulary" if rest.partition(".")[0] in VOCABULARY else "front"
    return top if top in BELOW else None


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Yield the line and dotted name of every import, wherever it stands in the file."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                package = module.name.split(".")
                keep = len(package) - node.level + (module.path.stem == "__init__")
                source = ".".join([*package[:keep], *filter(None, [node.module])])
            # "from kgkit import graph" imports kgkit.graph.
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def test_imports_point_down() -> None:
    wrong = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        for line, name in imported(module)
        if (own := layer(module.name)) is not None
        if (theirs := layer(name)) is not None and theirs not in BELOW[own]
    ]
    assert not wrong, "\n".join(wrong)


def test_rooms_do_not_import_through_the_front_door() -> None:
    """`from kgkit import Fact` inside the house would load the facade half-way."""
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "kgkit" and node.level == 0
        if any(alias.name[0].isupper() for alias in node.names)
    ]
    assert not wrong, "\n".join(wrong)


def test_import_kgkit_loads_nothing_heavy() -> None:
    code = "import sys, kgkit; kgkit.Fact; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"torch", "transformers", "numpy", "sqlalchemy", "pandas", "networkx", "typer", "rich"}
    assert heavy.isdisjoint(done.stdout.split())
