"""How sure an answer is in a slot."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.slots.confidence import Fit, SlotConfidence, fit_of, load_confidence
from extractors.slots.train.fitting import Answered, fit, held_out, logits
from kgkit.facts import Entity
from tests.extractors.slots.worlds import IDA, source

AARHUS = Entity.named("Aarhus", "Location")


def test_where_an_answer_stands() -> None:
    text = "Aarhus is a city. Ida Vale was born in 1901."
    at = source(text, ("Aarhus", AARHUS), ("Ida Vale", IDA))
    start = text.index("1901")
    assert fit_of((start, start + 4), IDA.id, at.mentions) == Fit(13, leads=False)
    assert fit_of((start, start + 4), AARHUS.id, at.mentions) == Fit(33, leads=True)
    assert fit_of((18, 26), IDA.id, at.mentions).gap == 0


def test_the_bundled_one_rises_with_the_readers_and_falls_with_the_gap() -> None:
    held = load_confidence()
    scores = [held.of(score, Fit(20, leads=True)) for score in (0.0, 0.3, 0.7, 1.0)]
    assert scores == sorted(scores)
    assert all(0 < score < 1 for score in scores)
    assert held.of(0.7, Fit(5, leads=True)) >= held.of(0.7, Fit(300, leads=True))


def test_the_fit_finds_what_made_the_answers() -> None:
    chance = np.random.default_rng(7)
    true = SlotConfidence(1.5, -0.5, 1.0, -1.0)
    found = []
    for number in range(4000):
        where = Fit(int(chance.integers(0, 300)), bool(chance.integers(0, 2)))
        score = float(chance.uniform(0.02, 0.98))
        right = bool(chance.random() < true.of(score, where))
        found.append(Answered((number, "e", "p"), score, where, right, 1))
    learnt = fit(found)
    for name in ("reader", "gap", "leads", "offset"):
        assert getattr(learnt, name) == pytest.approx(getattr(true, name), abs=0.35)
    odds = logits(learnt, found[:50])
    assert odds.shape == (50,)
    assert np.all((held_out(found) > 0) & (held_out(found) < 1))
