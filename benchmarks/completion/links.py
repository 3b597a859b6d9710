"""A graph with links removed, the model that is trained on what is left, and the questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor

from extractors.calibration import reliability
from extractors.slots.questions import make_question
from kgkit.facts import Entity
from kgkit.schema import Pattern
from reasoning.embeddings.keeping import load_model, save_model
from reasoning.embeddings.predicting import TrainedModel
from reasoning.embeddings.predicting.making import make_model
from reasoning.embeddings.presets import preset_for
from reasoning.embeddings.training import Run, train
from reasoning.embeddings.triples import Triples

__all__ = ["Question", "Removed", "shown", "trained"]


@dataclass(frozen=True, slots=True)
class Question:
    """What tails a head lacks, in rows and in words; `right` are the rows of those removed."""

    head: int
    relation: int
    right: frozenset[int]
    text: str


class Removed:
    """A folder of benchmark triples: train and validation facts are the graph, test facts are
    the links removed from it."""

    def __init__(self, folder: Path) -> None:
        self.whole = Triples.read(folder)

    @cached_property
    def graph(self) -> Triples:
        """The triples without those removed; entities and rows are as in the whole."""
        return replace(self.whole, test=self.whole.test[:0])

    def questions(self, part: Tensor, count: int, *, seed: int) -> list[Question]:
        """Return `count` questions for tails, drawn from triples [n, 3] that were removed."""
        right: dict[tuple[int, int], set[int]] = {}
        for head, relation, tail in part.tolist():
            right.setdefault((head, relation), set()).add(tail)
        every = sorted(right)
        generator = torch.Generator().manual_seed(seed)
        order = torch.randperm(len(every), generator=generator).tolist()[:count]
        return [
            Question(head, relation, frozenset(right[head, relation]), self._worded(head, relation))
            for head, relation in (every[place] for place in order)
        ]

    def _worded(self, head: int, relation: int) -> str:
        name = self.whole.relations[relation]
        label = self.whole.relation_texts.get(name, name).partition(":")[0]
        pattern = Pattern("Thing", label.upper().replace(" ", "_"), self._kinds[relation])
        entity = self.whole.entities[head]
        return make_question(pattern, self.whole.names.get(entity, entity))

    @cached_property
    def _kinds(self) -> dict[int, str]:
        """The most frequent type of the tails of each relation, in training."""
        counts: dict[int, Counter[str]] = {}
        for _, relation, tail in self.whole.train.tolist():
            own = self.whole.types.get(self.whole.entities[tail], ("thing",))
            counts.setdefault(relation, Counter()).update(own[:1])
        return {relation: own.most_common(1)[0][0] for relation, own in counts.items()}


def trained(removed: Removed, *, epochs: int, dim: int, seed: int, keep: Path) -> TrainedModel:
    """Return the model of what is left, read from the folder `keep` where it is there."""
    if (keep / "model" / "model.json").is_file():
        return load_model(keep / "model")
    graph = removed.graph
    preset = replace(preset_for(graph), epochs=epochs, dim=dim)
    found = train(graph, preset=preset, seed=seed, run=Run(folder=keep / "training"))
    made = make_model(found, graph)
    save_model(made, keep / "model")
    return made


def shown(model: TrainedModel, questions: list[Question], *, top: int = 5) -> dict[str, float]:
    """Return how good the first and the `top` predictions are, in percent, and how far their
    probabilities are from what comes true (`ece_shown`, `ece_first`, 0 to 1)."""
    hits = first = 0
    said: list[float] = []
    true: list[bool] = []
    said_first: list[float] = []
    true_first: list[bool] = []
    for question in questions:
        head, relation = model.entities[question.head], model.relations[question.relation]
        found = model.predict(head=head, relation=relation, top=top)
        right = [_row(model, each.tail) in question.right for each in found]
        hits += any(right)
        first += right[0]
        said += [each.probability for each in found]
        true += right
        said_first.append(found[0].probability)
        true_first.append(right[0])
    return {
        "predicted_first": round(100 * first / len(questions), 1),
        f"predicted_in_{top}": round(100 * hits / len(questions), 1),
        "ece_shown": reliability(said, true).ece,
        "ece_first": reliability(said_first, true_first).ece,
    }


def _row(model: TrainedModel, entity: Entity) -> int:
    row = model.names.row_of(entity.id)
    assert row is not None
    return row
