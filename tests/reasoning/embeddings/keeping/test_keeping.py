"""Kept models: the same predictions again, no pickle, and clear words for what is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from kgkit.errors import InputError, ModelError
from kgkit.facts import Entity
from reasoning.embeddings.calibrating import Calibrator
from reasoning.embeddings.keeping import load_model, save_model
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.predicting import Card, Names, TrainedModel
from tests.reasoning.embeddings.family import ENTITIES, KNOWN, RELATIONS, family


def made(scorer: str = "complex", *, reciprocal: bool = True) -> TrainedModel:
    """Return an untrained model of the family."""
    embedding = EmbeddingModel.start(scorer, (6, 2), dim=8, seed=3, is_reciprocal=reciprocal)
    return TrainedModel(
        embedding.eval(),
        Names(ENTITIES, RELATIONS),
        KnownFacts.of(KNOWN, 6, 2),
        Calibrator((1.1, 0.9), (0.1, 0.2), (0.0, 0.1, 0.2, 0.3), facts=4),
        Card("complex-1", scorer, "all", 3, "f0", sequence=7, facts=4, mrr=0.5),
    )


@pytest.mark.parametrize(
    ("scorer", "reciprocal"),
    [("complex", True), ("complex", False), ("transe", True), ("tucker", True)],
)
def test_a_kept_model_says_the_same(tmp_path: Path, scorer: str, reciprocal: bool) -> None:
    model = made(scorer, reciprocal=reciprocal)
    folder = save_model(model, tmp_path / "m")
    again = load_model(folder)
    for question in ({"head": "Dan"}, {"tail": "Oslo"}):
        asked = {**question, "relation": "LIVES_IN", "top": 6}
        assert again.predict(**asked) == model.predict(**asked)  # type: ignore[arg-type]
    assert again.card == model.card
    assert again.calibrator == model.calibrator
    assert again.entities == ENTITIES
    assert (again.vectors() == model.vectors()).all()
    assert torch.equal(again.known.keys, model.known.keys)


def test_keeping_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (save_model(made(), tmp_path / name) for name in "ab")
    assert sorted(p.name for p in one.iterdir()) == ["model.json", "model.safetensors"]
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
    assert save_model(made(), one) == one  # in place of the one before


def test_without_names_a_model_needs_its_graph(tmp_path: Path) -> None:
    folder = save_model(made(), tmp_path / "m", with_names=False)
    assert "Oslo" not in (folder / "model.json").read_text()
    renamed = {e.id: Entity(e.id, e.name.upper(), e.type) for e in ENTITIES}
    assert load_model(folder, entities=renamed).entities[0].name == "ADA"


def test_what_the_graph_has_lost_is_dropped(tmp_path: Path) -> None:
    model = made()
    folder = save_model(model, tmp_path / "m")
    left = {e.id: e for e in ENTITIES if e.name not in ("Ada", "Rome")}
    again = load_model(folder, entities=left)
    assert [e.name for e in again.entities] == ["Ben", "Cleo", "Dan", "Oslo"]
    assert again.predict(head="Ben", relation="LIVES_IN", tail="Oslo")[0].is_known
    assert (again.vectors() == model.vectors()[[1, 2, 3, 4]]).all()
    with pytest.raises(ModelError, match="made of another graph: 1 of its 6 entities"):
        load_model(folder, entities={ENTITIES[0].id: ENTITIES[0]})


def test_what_is_broken_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no whole model"):
        load_model(tmp_path / "nothing")
    folder = save_model(made(), tmp_path / "m")
    rest = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**rest, "form": 99}))
    with pytest.raises(ModelError, match="is in form 99, this version reads form 1"):
        load_model(folder)
    (folder / "model.json").write_text(json.dumps({**rest, "entities": rest["entities"][1:]}))
    with pytest.raises(ModelError, match="changed after it was kept"):
        load_model(folder)
    (folder / "model.json").write_text("{")
    with pytest.raises(ModelError, match="holds no whole model"):
        load_model(folder)
    save_model(made(), tmp_path / "n")
    (tmp_path / "n" / "model.safetensors").write_bytes(b"cut")
    with pytest.raises(ModelError, match="holds no whole model"):
        load_model(tmp_path / "n")


def test_nothing_else_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    with pytest.raises(InputError, match="holds other things"):
        save_model(made(), tmp_path / "mine")
    with pytest.raises(InputError, match="a Table cannot be kept"):
        save_model(family(), tmp_path / "m")
