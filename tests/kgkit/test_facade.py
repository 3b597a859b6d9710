"""`import kgkit` is light, complete, and explains a hidden neighbour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kgkit
from kgkit.neighbours import hidden_package


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_this"):
        kgkit.nothing_like_this  # type: ignore[attr-defined]  # noqa: B018


def test_names_are_the_objects_themselves() -> None:
    from kgkit.facts import Fact

    assert kgkit.Fact is Fact
    assert kgkit.errors.KgkitError is kgkit.KgkitError


def test_nothing_hides_the_neighbours_here() -> None:
    assert hidden_package() is None


def test_a_folder_that_hides_a_neighbour_is_named(tmp_path: Path) -> None:
    (tmp_path / "stores").mkdir()
    (tmp_path / "stores" / "__init__.py").touch()
    (tmp_path / "script.py").write_text("import kgkit\nkgkit.open('x.kg')\n")
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"'stores' is hidden by {tmp_path / 'stores'}; rename that" in done.stderr
