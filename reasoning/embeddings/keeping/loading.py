"""Reading a trained model from a folder, for the graph that it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from kgkit.errors import ModelError
from kgkit.facts import Entity
from reasoning.embeddings.keeping.form import NUMBERS, REST, entity_of, read_rest
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.predicting.names import Names
from reasoning.embeddings.predicting.trained import TrainedModel
from reasoning.embeddings.representations import Table
from reasoning.embeddings.scorers import load_scorer

__all__ = ["load_model"]


def load_model(folder: str | Path, *, entities: Mapping[str, Entity] | None = None) -> TrainedModel:
    """Return the model kept in a folder.

    With `entities`, those of a graph by id, the model is shown with their names, and what is not
    among them is dropped from it. Raises `ModelError` for a folder without a whole model, one of
    another version, and where less than half of the model's entities are in the graph: it was
    made of another one.
    """
    folder = Path(folder)
    rest, numbers = _read(folder)
    calibrator, card = read_rest(rest, str(folder))
    own = [entity_of(row) for row in rest["entities"]]
    shape = (len(own), rest["dim"])
    if tuple(numbers["entities"].shape) != shape:
        raise ModelError(
            f"{folder} has vectors {list(numbers['entities'].shape)} for entities {list(shape)}; "
            "it was changed after it was kept: train anew"
        )
    if entities is not None:
        own, numbers = _of_graph(own, numbers, entities, folder)
    relations = tuple(rest["relations"])
    scorer = load_scorer(rest["scorer"], rest["dim"])
    learnt = {n.removeprefix("scorer."): v for n, v in numbers.items() if n.startswith("scorer.")}
    scorer.load_state_dict(learnt)  # type: ignore[attr-defined]
    embedding = EmbeddingModel(
        Table(numbers["entities"]),
        Table(numbers["relations"]),
        scorer,
        len(relations),
        name=rest["scorer"],
    ).eval()
    known = KnownFacts.of(numbers["known"].long(), len(own), len(relations))
    return TrainedModel(embedding, Names(own, relations), known, calibrator, card)


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    broken = f"{folder} holds no whole model (model.json and model.safetensors); train anew"
    try:
        return orjson.loads((folder / REST).read_bytes()), load_file(folder / NUMBERS)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(broken) from error


def _of_graph(
    own: list[Entity], numbers: dict[str, Tensor], entities: Mapping[str, Entity], folder: Path
) -> tuple[list[Entity], dict[str, Tensor]]:
    """Return the entities that a graph still has, and the numbers for these alone."""
    kept = [row for row, entity in enumerate(own) if entity.id in entities]
    if 2 * len(kept) < len(own) or len(kept) < 2:
        raise ModelError(
            f"{folder} was made of another graph: {len(kept)} of its {len(own)} entities are in "
            "this one; train one for it"
        )
    if len(kept) < len(own):
        place = torch.full((len(own),), -1)
        place[kept] = torch.arange(len(kept))
        known = numbers["known"].long()
        known = torch.stack([place[known[:, 0]], known[:, 1], place[known[:, 2]]], dim=1)
        numbers = numbers | {
            "entities": numbers["entities"][kept],
            "known": known[(known >= 0).all(dim=1)],
        }
    return [entities[own[row].id] for row in kept], numbers
