"""The verbs that train a model of a graph, load it again, and take back what it predicted."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError, ReadOnlyError
from kgkit.evidence import PredictionEvidence
from kgkit.facts import Entity, Fact, Literal
from kgkit.ids import content_id

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from reasoning.embeddings.negatives import Negatives, NegativesFactory
    from reasoning.embeddings.predicting import TrainedModel
    from reasoning.embeddings.presets import Preset
    from reasoning.embeddings.training import Run
    from reasoning.embeddings.training.curve import Progress
    from reasoning.embeddings.triples import Triples

__all__ = ["model", "train", "withdraw_predictions"]

#: The share of facts that is held back to choose by, and to learn probabilities from.
_HELD = 0.05
#: How many words of a text stand for an entity's values.
_VALUES = 8


def train(
    kg: KnowledgeGraph,
    model: str = "complex",
    negatives: str | Negatives | NegativesFactory | None = None,
    *,
    preset: Preset | None = None,
    seed: int = 0,
    resume: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> TrainedModel:
    """Train a model of the graph's asserted links and keep it beside the graph.

    `model` names a scorer ("complex", "rotate", "distmult", "transe", "rescal", "tucker"),
    `negatives` what right answers are set against: "all" other entities, a sampler ("uniform",
    "lemon", ...), or None for what suits a graph of this size. `settings` change the preset
    (`epochs=50, dim=64`) and the run (`device="cuda", minutes=10`). A twentieth of the links is
    held back to choose the best epoch and to make scores probabilities. What rests on predictions
    alone is not learnt from. `progress` is called with an `Epoch` (loss, MRR, positives a second)
    after each; a training that was interrupted goes on, to the same numbers, unless `resume` is
    False. The model replaces the one that was kept before; a graph in memory forgets both. Raises
    `InputError` for a graph with nothing to learn, unknown names and settings, and `ReadOnlyError`
    in a graph opened for reading.
    """
    from reasoning.embeddings.keeping import save_model
    from reasoning.embeddings.predicting.making import make_model
    from reasoning.embeddings.training import train as trained

    if kg.read_only:
        raise ReadOnlyError("this graph is open for reading; open it for writing to train")
    kg.projections.conclude()
    sequence = kg.ledger.sequence()
    triples, entities = _triples(kg, seed)
    chosen, run = _settled(triples, model, negatives, preset, settings)
    named = _named(negatives, chosen)
    state = content_id("training", triples.fingerprint, model, named, seed, str(chosen))
    part = kg.path / "models" / f"training-{state[:12]}"
    if not resume:
        shutil.rmtree(part, ignore_errors=True)
    found = trained(
        triples,
        model=model,
        negatives=negatives,
        preset=chosen,
        seed=seed,
        progress=progress,
        run=replace(run, folder=part),
    )
    made = make_model(found, triples, entities=entities, negatives=named, sequence=sequence)
    kept = save_model(made, kg.path / "models" / f"{sequence}-{made.card.run}", with_names=False)
    for folder in kept.parent.iterdir():
        if folder != kept:
            shutil.rmtree(folder)
    return made


def model(kg: KnowledgeGraph, folder: str | Path | None = None) -> TrainedModel:
    """Return the model that was trained last, or the one that `save_model` put in a folder.

    It bears the names that the graph gives its entities now; those that the graph has lost are
    dropped from it, and what the graph holds now is no prediction. Raises `InputError` where none
    was trained, and `ModelError` for one that is damaged or of another graph.
    """
    from reasoning.embeddings.keeping import load_model

    kg.projections.conclude()
    place = _last(kg.path / "models") if folder is None else Path(folder)
    entities = {entity.id: entity for entity in kg.ledger.entities()}
    found = load_model(place, entities=entities)
    if folder is None and found.card.sequence == kg.ledger.sequence():
        return found
    return found.knowing(kg.ledger.facts(known=dict(entities)))


def withdraw_predictions(kg: KnowledgeGraph, run: str | None = None) -> int:
    """Take back what a training run predicted and was accepted, or all runs; return how many.

    What other evidence supports stays.
    """

    def is_meant(piece: object) -> bool:
        return isinstance(piece, PredictionEvidence) and run in (None, piece.run)

    resting = (
        fact.with_evidence(*filter(is_meant, fact.evidence))
        for fact in kg.ledger.facts()
        if any(map(is_meant, fact.evidence))
    )
    withdrawn = kg.ledger.withdraw_readings(list(resting))
    if withdrawn:
        kg.projections.follow()
    return withdrawn


def _triples(kg: KnowledgeGraph, seed: int) -> tuple[Triples, Mapping[str, Entity]]:
    """Return the links of a graph as numbered triples, and the entities by id."""
    from reasoning.embeddings.triples import Triples

    links: list[Fact] = []
    entities: dict[str, Entity] = {}
    values: dict[str, list[str]] = {}
    for fact in kg.ledger.facts(known=entities):
        if isinstance(fact.tail, Literal) and fact.is_asserted:
            said = f"{fact.relation.replace('_', ' ').lower()} {fact.tail.value}"
            values.setdefault(fact.head.id, []).append(said)
        elif fact.is_edge and not all(isinstance(e, PredictionEvidence) for e in fact.evidence):
            links.append(fact)
    texts = {id: ", ".join(sorted(said)[:_VALUES]) for id, said in values.items()}
    if not links:
        raise InputError(
            "the graph has no links to learn from: build it from documents, or add facts that "
            "join two entities"
        )
    return Triples.of(links, valid=_HELD, seed=seed, texts=texts), entities


def _settled(
    triples: Triples,
    model: str,
    negatives: object,
    preset: Preset | None,
    settings: Mapping[str, Any],
) -> tuple[Preset, Run]:
    """Return the preset and the run with these settings in the place of their own."""
    from reasoning.embeddings.presets import preset_for
    from reasoning.embeddings.training import Run

    base = preset or preset_for(triples, model=model, drawn=negatives not in (None, "all"))
    of_preset = [field.name for field in fields(base)]
    of_run = [field.name for field in fields(Run) if field.name != "folder"]
    if unknown := sorted(set(settings) - {*of_preset, *of_run}):
        known = ", ".join([*of_preset, *of_run])
        raise InputError(f"no setting is named {unknown[0]!r}; there are {known}")
    own = {name: value for name, value in settings.items() if name in of_run}
    return replace(base, **{n: v for n, v in settings.items() if n in of_preset}), Run(**own)


def _named(negatives: object, preset: Preset) -> str:
    """Return what right answers are set against, in a word."""
    if isinstance(negatives, str):
        return negatives
    if negatives is None:
        return "all" if preset.candidates == "all" else "uniform"
    return getattr(negatives, "__name__", type(negatives).__name__)


def _last(root: Path) -> Path:
    """Return the folder of the model that was trained last."""
    kept = [path for path in root.glob("*-*") if path.name.split("-")[0].isdigit()]
    whole = [path for path in kept if path.suffix != ".part"]
    if not whole:
        raise InputError("no model of this graph was trained; do so with kg.train(), kgkit train")
    return max(whole, key=lambda path: int(path.name.split("-")[0]))
