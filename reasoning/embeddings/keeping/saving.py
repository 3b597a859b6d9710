"""Writing a trained model into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import torch
from safetensors.torch import save_file
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.keeping.form import NUMBERS, REST, rest_of
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.predicting.trained import TrainedModel

__all__ = ["save_model"]


def save_model(model: TrainedModel, folder: str | Path, *, with_names: bool = True) -> Path:
    """Keep a model in a folder, in place of one that is there; return the folder.

    Without names only ids are written, so that whoever loads it has to know the graph. A folder
    with its last name is whole. Raises `InputError` for a folder that holds other things, and a
    model that is no `EmbeddingModel`.
    """
    folder = Path(folder)
    if not isinstance(model.embedding, EmbeddingModel):
        raise InputError(
            f"a {type(model.embedding).__name__} cannot be kept; only an EmbeddingModel can"
        )
    if folder.exists() and not (folder / REST).is_file() and any(folder.iterdir()):
        raise InputError(f"{str(folder)!r} holds other things; give a folder that is free")
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    embedding = model.embedding
    rest = rest_of(
        model.entities,
        model.relations,
        (embedding.name, embedding.scorer.width),
        model.calibrator,
        model.card,
        with_names=with_names,
    )
    (part / REST).write_bytes(orjson.dumps(rest, option=orjson.OPT_INDENT_2))
    save_file(_numbers(embedding, model), part / NUMBERS)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    return folder


def _numbers(embedding: EmbeddingModel, model: TrainedModel) -> dict[str, Tensor]:
    known = model.known
    heads, names = known.keys // known.entities, known.keys % known.entities
    triples = torch.stack(
        [heads // (2 * known.relations), heads % (2 * known.relations), names], dim=1
    )
    forward = triples[triples[:, 1] < known.relations]
    learnt = {
        f"scorer.{name}": value
        for name, value in embedding.scorer.state_dict().items()  # type: ignore[attr-defined]
    }
    tables = {
        "entities": embedding.vectors(),
        "relations": embedding.relations.weight,
        "known": forward.to(torch.int32),
    }
    return {name: _plain(value) for name, value in (tables | learnt).items()}


def _plain(value: Tensor) -> Tensor:
    return value.detach().cpu().contiguous().clone()
