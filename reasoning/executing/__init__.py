"""Executing: steps of a plan are found in graph and texts, and the likeliest chain answers."""

from __future__ import annotations

from reasoning.executing.budget import Budget, Meter
from reasoning.executing.cascade import Finder
from reasoning.executing.execute import execute
from reasoning.executing.found import Found, Level, Thing
from reasoning.executing.making import READ_BY
from reasoning.executing.outcome import Outcome, Taken
from reasoning.executing.pages import Page, Shelf
from reasoning.executing.told import TextReader

__all__ = [
    "READ_BY",
    "Budget",
    "Finder",
    "Found",
    "Level",
    "Meter",
    "Outcome",
    "Page",
    "Shelf",
    "Taken",
    "TextReader",
    "Thing",
    "execute",
]
