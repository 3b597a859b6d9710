"""Searching: the best by validation, the same for a seed, and on where it was cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgkit.errors import InputError
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.searching import Range, Trial, search
from reasoning.embeddings.triples import Triples
from tests.kgkit.verbs.towns import facts

SMALL = Preset(dim=8, epochs=3, every=1, rate=0.1, decay=0.0)
SPACE: dict[str, Any] = {"rate": Range(1e-6, 0.5), "batch": (32, 1024)}


@pytest.fixture(scope="module")
def triples() -> Triples:
    return Triples.of(facts(), valid=0.2)


def test_the_best_of_all_trials_is_found(triples: Triples) -> None:
    seen: list[Trial] = []
    found = search(triples, trials=4, space=SPACE, preset=SMALL, progress=seen.append)
    assert tuple(seen) == found.trials
    assert found.trials[0].settings == {"rate": 0.1, "batch": 1024}  # the preset's own first
    assert found.mrr == max(t.mrr for t in found.trials if t.mrr is not None)
    best = next(t for t in found.trials if t.mrr == found.mrr)
    assert found.preset == replace(SMALL, **best.settings)
    assert search(triples, trials=4, space=SPACE, preset=SMALL) == found


def test_a_search_goes_on(triples: Triples, tmp_path: Path) -> None:
    keep = tmp_path / "search.db"
    first = search(triples, trials=2, space=SPACE, preset=SMALL, keep=keep)
    more = search(triples, trials=3, space=SPACE, preset=SMALL, keep=keep)
    assert more.trials[:2] == first.trials
    assert len(more.trials) == 3


def test_what_is_wrong_is_said(triples: Triples) -> None:
    with pytest.raises(InputError, match="no validation triples"):
        search(replace(triples, valid=triples.valid[:0]), preset=SMALL)
    with pytest.raises(InputError, match="no setting is named 'speed'"):
        search(triples, space={"speed": (1, 2)}, preset=SMALL)
    with pytest.raises(InputError, match="trials=0"):
        search(triples, trials=0, preset=SMALL)
