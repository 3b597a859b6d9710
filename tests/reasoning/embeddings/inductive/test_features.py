"""Features of the bundled encoder: the depths are what they say, and are kept."""

from __future__ import annotations

from pathlib import Path

import torch

from kgkit.models.encoder import load_encoder
from reasoning.embeddings.inductive.features import DEPTHS, text_features


def test_depths_and_keeping(tmp_path: Path) -> None:
    texts = ["Boston: a city in Massachusetts", "an apple", "city Boston: in a Massachusetts"]
    found = text_features(texts, cache=tmp_path)
    assert found.shape == (3, len(DEPTHS), 384)
    bags = found[:, 0]
    assert torch.allclose(bags[0], bags[2], atol=1e-3)  # the same words in another order
    assert not torch.allclose(found[0, -1], found[2, -1], atol=1e-2)
    whole = torch.nn.functional.normalize(found[:, -1], dim=1)
    theirs = torch.from_numpy(load_encoder().encode(texts))
    assert torch.allclose(whole, theirs, atol=2e-3)
    assert len(list(tmp_path.iterdir())) == 1
    assert torch.equal(text_features(texts, cache=tmp_path), found)
    assert torch.equal(text_features(texts), found)
