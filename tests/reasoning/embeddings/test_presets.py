"""Presets: by size of the graph and kind of scorer; numbers that cannot be are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgkit.errors import InputError
from reasoning.embeddings.losses import load_loss
from reasoning.embeddings.presets import PRESETS, Preset, preset_for
from reasoning.embeddings.triples import Triples, number


def graph(entities: int) -> Triples:
    return replace(number([("a", "r", "b")]), entities=tuple(map(str, range(entities))))


def test_larger_graphs_get_cheaper_settings() -> None:
    assert preset_for(graph(100)) == PRESETS["tiny"]
    assert preset_for(graph(2_000)) == PRESETS["small"]
    assert preset_for(graph(40_000)) == PRESETS["medium"]
    assert preset_for(graph(90_000)).candidates == "drawn"


def test_drawn_negatives_and_distances() -> None:
    assert preset_for(graph(20), drawn=True).negatives == 80
    preset = preset_for(graph(2_000), model="transe")
    assert (preset.candidates, preset.loss) == ("drawn", "self-adversarial")


@pytest.mark.parametrize("model", ["complex", "rotate", "tucker"])
@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_makes_its_loss(name: str, model: str) -> None:
    sizes = {"tiny": 100, "small": 1_000, "medium": 10_000, "large": 100_000}
    preset = preset_for(graph(sizes[name]), model=model)
    load_loss(preset.loss, preset.loss_options)


@pytest.mark.parametrize(
    ("field", "value"), [("dim", 0), ("batch", 0), ("rate", 0.0), ("dropout", 1.0), ("epochs", 0)]
)
def test_numbers_that_cannot_be_are_refused(field: str, value: float) -> None:
    with pytest.raises(InputError, match=field):
        replace(Preset(), **{field: value})  # type: ignore[arg-type]
