"""The extraction benchmark finds its sets and hands the extractor on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.extraction import SETS, measure
from benchmarks.scoring import worlds
from extractors.base import Extraction
from extractors.worlds import World
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document


class Oracle:
    """Finds what the measured worlds say, as they say it."""

    name = "oracle"
    version = "1"

    def __init__(self) -> None:
        self._worlds = [World.make(n, people=30, templates="held_out") for n in worlds.WORLDS]

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the truth."""
        world = next(w for w in self._worlds if document in w.documents)
        return world.told_in(document)


class Silent:
    """Finds nothing."""

    name = "silent"
    version = "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return nothing."""
        return Extraction()


def test_every_set_has_a_scorer() -> None:
    for module in SETS.values():
        assert callable(import_module(f"benchmarks.scoring.{module}").score)


def test_the_extractor_is_what_is_scored() -> None:
    figures = measure("worlds", Path(), Oracle())
    assert (figures["fact_precision"], figures["fact_recall"]) == (100.0, 100.0)
    nothing = measure("worlds", Path(), Silent())
    assert nothing == {"fact_precision": 0.0, "fact_recall": 0.0, "fact_f1": 0.0}


def test_sets_of_the_parser_take_no_extractor() -> None:
    with pytest.raises(InputError, match="leave --extractor out"):
        measure("gap", Path(), Silent())
