"""Hyper-parameters, and which of them suit a graph of which size.

They start from Lacroix et al. (2018) for one-against-all and from Sun et al. (2019) for distances.
"tiny" was chosen by validation MRR on UMLS and "small" on CoDEx-S; "medium" and "large" follow the
published settings for WN18RR and FB15k-237 and were not searched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kgkit.errors import InputError

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["PRESETS", "Preset", "preset_for"]


@dataclass(frozen=True, slots=True)
class Preset:
    """How a model is trained. A positive is one query (head, relation) with its right tail; each
    triple is two of them an epoch, one in each direction.

    `dim` is how many numbers an entity has (a complex model has half as many complex ones).
    `candidates` is what right tails are set against: all entities, or `negatives` drawn ones a
    batch. With all, `grouped` scores the positives of one query together: the same loss for
    fewer products. `batch` counts positives. `decay` weighs the `penalty` (N3 or L2) of entity
    and relation vectors, counted once for each positive (so by frequency); `relation_decay`
    overrides it for relations. `margin`, `temperature` and `smoothing` belong to the losses that
    have them. `dropout` blanks that share of each query. `clip` bounds the norm of all
    gradients together (0: no bound). Validation is done `every` so many epochs, on `valid_limit`
    triples (0: all); training ends after `epochs`, or when `patience` validations in a row were
    no better than the best.
    """

    dim: int = 128
    loss: str = "softmax"
    candidates: Literal["all", "drawn"] = "all"
    grouped: bool = True
    negatives: int = 256
    batch: int = 1024
    optimiser: Literal["adagrad", "adam"] = "adagrad"
    rate: float = 0.1
    penalty: Literal["n3", "l2"] = "n3"
    decay: float = 0.0
    relation_decay: float | None = None
    smoothing: float | None = None
    margin: float | None = None
    temperature: float | None = None
    dropout: float = 0.0
    clip: float = 0.0
    epochs: int = 50
    every: int = 5
    patience: int = 5
    valid_limit: int = 0
    is_reciprocal: bool = True

    def __post_init__(self) -> None:
        """Raise `InputError` for a number that nothing can be trained with."""
        for name in ("dim", "negatives", "batch", "epochs", "every", "patience"):
            if getattr(self, name) < 1:
                raise InputError(f"{name}={getattr(self, name)}: give a number of 1 or more")
        if not self.rate > 0:
            raise InputError(f"rate={self.rate}: give a learning rate above 0, as 0.1")
        if not 0 <= self.dropout < 1:
            raise InputError(f"dropout={self.dropout} is outside [0, 1); 0.1 is a mild one")

    @property
    def loss_options(self) -> dict[str, float]:
        """The options that the loss is made with: those that are given."""
        options = {name: getattr(self, name) for name in ("smoothing", "margin", "temperature")}
        return {name: value for name, value in options.items() if value is not None}


#: By name: what suits graphs of up to so many entities, set against all of them ...
PRESETS: dict[str, Preset] = {
    "tiny": Preset(dim=512, batch=256, decay=0.002, epochs=40, every=5, patience=3),
    "small": Preset(dim=512, batch=1024, decay=0.01, epochs=60, every=5, patience=3),
    "medium": Preset(dim=256, batch=1024, decay=0.05, epochs=50, every=3, valid_limit=5000),
    "large": Preset(
        dim=256,
        batch=1024,
        decay=0.05,
        epochs=30,
        every=2,
        valid_limit=2000,
        candidates="drawn",
        negatives=1024,
    ),
}

_SIZES = {"tiny": 500, "small": 5_000, "medium": 50_000}


def preset_for(triples: Triples, *, model: str = "complex", drawn: bool = False) -> Preset:
    """Return the preset for a graph of this size and a scorer of this name.

    `drawn` asks for drawn negatives where the graph is small enough for all entities.
    """
    entities = len(triples.entities)
    name = next((name for name, most in _SIZES.items() if entities <= most), "large")
    preset = PRESETS[name]
    if drawn and preset.candidates == "all":
        preset = replace(preset, candidates="drawn", negatives=min(512, 4 * entities))
    if model in ("transe", "rotate"):
        return _distance(preset)
    if model in ("rescal", "tucker"):
        return replace(preset, dim=min(preset.dim, 128), decay=0.0, dropout=0.2)
    return preset


def _distance(preset: Preset) -> Preset:
    """Distances are trained with self-adversarial negatives and Adam (Sun et al., 2019)."""
    return replace(
        preset,
        candidates="drawn",
        loss="self-adversarial",
        margin=6.0,
        temperature=1.0,
        optimiser="adam",
        rate=2e-3,
        decay=0.0,
    )
