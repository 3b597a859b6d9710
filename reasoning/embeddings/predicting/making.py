"""From a finished training to a model that a user can ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from kgkit.facts import Entity
from kgkit.ids import content_id
from reasoning.embeddings.calibrating.fitting import fit_calibrator
from reasoning.embeddings.predicting.card import Card
from reasoning.embeddings.predicting.names import Names
from reasoning.embeddings.predicting.trained import TrainedModel

if TYPE_CHECKING:
    from reasoning.embeddings.training import Trained
    from reasoning.embeddings.triples import Triples

__all__ = ["make_model"]


def make_model(
    trained: Trained,
    triples: Triples,
    *,
    entities: Mapping[str, Entity] | None = None,
    negatives: str = "all",
    sequence: int = 0,
) -> TrainedModel:
    """Return what was trained on these triples as a model with names and probabilities.

    Probabilities are fitted on the validation triples, which did not shape the vectors but chose
    the epoch. Entities are told by id in `entities`; those that are not are named as the triples
    name them. `negatives` and `sequence` go into the card.
    """
    embedding = trained.model.to("cpu").eval()
    shown = tuple((entities or {}).get(id) or _entity(triples, id) for id in triples.entities)
    calibrator = fit_calibrator(embedding, triples.known(), triples.valid, seed=trained.seed)
    settings = {**asdict(trained.preset), "epoch": trained.best}
    run = content_id("training", triples.fingerprint, embedding.name, negatives, _plain(settings))
    card = Card(
        run=f"{embedding.name}-{run[:12]}",
        model=embedding.name,
        negatives=negatives,
        seed=trained.seed,
        graph=triples.fingerprint,
        sequence=sequence,
        facts=len(triples.train),
        mrr=None if trained.mrr is None else round(trained.mrr, 4),
        settings=settings,
    )
    known = triples.known(triples.train, triples.valid, triples.test)
    return TrainedModel(embedding, Names(shown, triples.relations), known, calibrator, card)


def _entity(triples: Triples, id: str) -> Entity:
    found = Entity(id, triples.names.get(id, id))
    types = triples.types.get(id, ())
    return replace(found, type=types[0]) if types else found


def _plain(settings: Mapping[str, object]) -> list[list[str]]:
    return [[name, str(value)] for name, value in sorted(settings.items())]
