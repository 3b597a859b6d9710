"""What the layout tests look at: the source files of the four packages, parsed once."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kgkit", "stores", "extractors", "reasoning")


@dataclass(frozen=True, slots=True)
class Module:
    """A source file: its dotted name, path, text and syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return self.text.count("\n")


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules of these top-level folders (default: the four packages), by name."""
    found = []
    for folder in folders or PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            text = path.read_text(encoding="utf-8")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # ruff's to report
                tree = ast.parse(text, str(path))
            found.append(Module(name, path, text, tree))
    return tuple(found)


def exported(module: Module) -> list[str] | None:
    """Return the module's `__all__` as written, or None where there is none."""
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return list(ast.literal_eval(value))
    return None


def definitions(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield each name that the module's top level defines (not imports), with its statement."""
    for node in module.tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node
            case ast.Assign(targets=targets):
                names = (n for target in targets for n in ast.walk(target))
                yield from ((n.id, node) for n in names if isinstance(n, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node
