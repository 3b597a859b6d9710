"""The bundled masked language model, as a probe."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from extractors.harvest.probe.base import Row
from extractors.harvest.probe.masked import MaskedProbe
from extractors.mini.masked.load import load_masked_network
from extractors.mini.masked.network import MASK, PIECES
from extractors.mini.masked.opening import open_mini
from extractors.mini.masked.store import FOLDER, load_masked, save_masked
from kgkit.errors import InputError, ModelError

KNOWN = {
    "Paris is the capital of [MASK].": "france",
    "Tokyo is the capital of [MASK].": "japan",
    "Windows was developed by [MASK].": "microsoft",
}


@pytest.fixture(scope="module")
def probe() -> MaskedProbe:
    return open_mini()


def row(probe: MaskedProbe, text: str) -> Row:
    ids = tuple(probe.vocabulary.tokenizer.encode(text).ids)
    return Row(ids, ids.index(MASK))


@pytest.mark.parametrize("text", KNOWN)
def test_it_knows_some_facts(probe: MaskedProbe, text: str) -> None:
    (found,) = probe.log_probabilities([row(probe, text)])
    first = [probe.vocabulary.pieces[int(piece)] for piece in np.argsort(-found)[:3]]
    assert KNOWN[text] in first


def test_what_it_gives_are_probabilities(probe: MaskedProbe) -> None:
    (found,) = probe.log_probabilities([row(probe, "The [MASK] is red.")])
    assert found.shape == (PIECES,)
    assert float(np.exp(found.astype(np.float64)).sum()) == pytest.approx(1.0, abs=1e-2)


def test_rows_do_not_depend_on_their_neighbours() -> None:
    texts = [*KNOWN, "Rome lies in [MASK].", "[MASK] is the capital of Italy."]
    together, alone = open_mini(), open_mini(batch=1)
    rows = [row(together, text) for text in texts]
    found = together.log_probabilities(rows)
    for own, other in zip(rows, found, strict=True):
        (single,) = alone.log_probabilities([own])
        assert np.abs(single - other).max() <= 1e-3


def test_probes_share_one_network_but_not_their_counts(probe: MaskedProbe) -> None:
    other = open_mini()
    assert other.counted.rows == 0
    assert load_masked_network() is load_masked_network()
    assert probe.name == other.name == "mini"


def test_the_adapter_is_small() -> None:
    assert (FOLDER / "masked.safetensors").stat().st_size <= 2_500_000
    assert (FOLDER / "LICENSE").exists()
    assert (FOLDER / "MODEL_CARD.md").exists()


def test_bfloat16_is_close(probe: MaskedProbe) -> None:
    asked = row(probe, "Paris is the capital of [MASK].")
    (exact,) = probe.log_probabilities([asked])
    (rough,) = open_mini(dtype="bfloat16").log_probabilities([asked])
    assert abs(float(exact.max()) - float(rough.max())) < 0.3


def test_bad_settings_are_named() -> None:
    with pytest.raises(InputError, match="int8"):
        open_mini(dtype="int8")
    if not torch.cuda.is_available():
        with pytest.raises(InputError, match="cuda"):
            open_mini(device="cuda")


def test_damaged_adapters_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        load_masked_network(tmp_path)
    tensors, labels = load_masked()
    save_masked(tmp_path, {"mask": tensors["mask"]}, labels)
    with pytest.raises(ModelError, match="missing"):
        load_masked_network(tmp_path)


def test_an_adapter_comes_back_as_it_was(tmp_path: Path) -> None:
    tensors, labels = load_masked()
    save_masked(tmp_path, tensors, labels)
    assert (tmp_path / "masked.safetensors").read_bytes() == (
        FOLDER / "masked.safetensors"
    ).read_bytes()
    assert load_masked(tmp_path)[1] == labels
