"""Packages that only an adapter needs, loaded when it is made."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kgkit.errors import MissingExtra, ModelError

__all__ = ["load_model", "load_package"]


def load_package(name: str, install: str) -> Any:
    """Return a package; raises `MissingExtra`, with what to install, where it is not there."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"{name} is not installed: pip install {install}") from error


def load_model(loader: Any, model: str, **options: Any) -> Any:
    """Return what a loader makes of a model's id or folder; raises `ModelError` where it cannot.

    Each package fails in ways of its own, so that every exception means this.
    """
    try:
        return loader(model, **options)
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"the model {model!r} cannot be loaded: {lines[0]}; give the id or folder of a model "
            "that is here"
        ) from error
