"""What the package declares is what it needs, and what it ships is all there."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from operator import attrgetter
from pathlib import Path, PurePath

import pytest

from tests.layout.house import PACKAGES, ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENTRIES = {
    (group, name): target
    for group, entries in PROJECT["project"].get("entry-points", {}).items()
    for name, target in entries.items()
} | {("scripts", name): target for name, target in PROJECT["project"]["scripts"].items()}


def canonical(requirement: str) -> str:
    """Return the normalised distribution name of a requirement."""
    name = re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    """Return the names of the distributions that the project asks for, with these extras."""
    optional = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["project"]["dependencies"], *(r for extra in extras for r in optional[extra])]
    return {canonical(requirement) for requirement in asked}


def imported(*folders: str) -> dict[str, str]:
    """Return the foreign top-level packages that these folders import, each with one importer."""
    found: dict[str, str] = {}
    own = {*PACKAGES, "benchmarks", "tests"}
    for module in modules(*folders):
        for node in ast.walk(module.tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in own:
                    found.setdefault(top, module.name)
    return found


#: What users may choose to install beside the package itself.
EXTRAS = ("docs", "llm", "owl", "pandas", "parquet", "postgres", "train", "tune", "viz")


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(PACKAGES, EXTRAS), (("tests", "benchmarks"), (*EXTRAS, "dev"))],
    ids=["packages", "tests"],
)
def test_every_import_is_declared(folders: tuple[str, ...], extras: tuple[str, ...]) -> None:
    owners = packages_distributions()
    for top, module in imported(*folders).items():
        names = {canonical(owner) for owner in owners.get(top, [top])}
        assert names & declared(*extras), f"{module} imports {top}: pyproject.toml does not ask it"


def test_constraints_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {canonical(line) for line in lines if "==" in line}
    assert declared(*EXTRAS, "dev") - {"kgkit"} <= pins
    assert "torch==2.13.0" in lines


@pytest.mark.parametrize("entry", sorted(ENTRIES), ids=":".join)
def test_entry_points_lead_somewhere(entry: tuple[str, str]) -> None:
    module, _, name = ENTRIES[entry].partition(":")
    assert callable(attrgetter(name)(importlib.import_module(module)))


def is_shipped(path: Path) -> bool:
    """Return whether a pattern of package-data, counted from its package, covers the file."""
    package = next(folder for folder in path.parents if (folder / "__init__.py").exists())
    inside = path.relative_to(package)
    patterns = map(PurePath, PROJECT["tool"]["setuptools"]["package-data"]["*"])
    return any(len(p.parts) == len(inside.parts) and inside.match(str(p)) for p in patterns)


def test_every_data_file_is_shipped() -> None:
    data = [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert data
    assert [str(path.relative_to(ROOT)) for path in data if not is_shipped(path)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()
