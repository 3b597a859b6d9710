"""The verbs that ask a language model for facts, and take out what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Unpack

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.harvest.harvest import Asking
    from extractors.harvest.probe.base import Probe
    from extractors.harvest.prompt import Prompt
    from extractors.harvest.relation import Relation
    from kgkit.facts import Fact
    from kgkit.graph import KnowledgeGraph
    from kgkit.schema import Pattern
    from stores.ledger.harvests import HarvestRecord

__all__ = ["harvest", "harvest_missing", "harvests", "remove_harvest"]


def harvest(
    model: str | Probe,
    relation: Relation | Pattern | str,
    *,
    seeds: Iterable[Iterable[str]] = (),
    prompts: Iterable[Prompt | str] = (),
    n: int = 100,
    resume: str | Path | None = None,
    **asking: Unpack[Asking],
) -> Iterator[Fact]:
    """Yield the `n` best facts of a relation that a language model holds, best first.

    `model` is "mini" (built in), "hf:<id or folder>" of a masked, causal or encoder-decoder model,
    or a probe. `relation` is a pattern, "(Person)-[DIRECTED]->(Film)", a name of the library
    (`kgkit harvest --list`), a prompt, "{0} directed {1}.", or a `Relation`; a few true examples as
    `seeds` weigh the prompts and calibrate the confidence, and one is enough to begin with.
    Each fact's evidence names the model, the prompts and their log-probabilities. Facts come as
    they are found; with `resume`, a file, an interrupted harvest goes on. `asking` may set
    `device`, `dtype`, `lm`, `texts`, `run` and `progress`. Raises `InputError` for what cannot be
    asked, and `ModelError` for a model that cannot be used.
    """
    from extractors.harvest.harvest import harvest

    return harvest(model, relation, seeds=seeds, prompts=prompts, n=n, resume=resume, **asking)


def harvest_missing(
    kg: KnowledgeGraph,
    model: str | Probe,
    relations: Iterable[Relation | Pattern | str],
    *,
    n: int = 3,
    threshold: float = 0.5,
    **asking: Unpack[Asking],
) -> Iterator[Fact]:
    """Yield facts that the graph lacks and a language model believes; nothing is added.

    Each entity that a relation fits is asked for; what the graph states of the relation serves as
    seeds where it has none. Raises `InputError` for a relation that cannot be asked.
    """
    from extractors.harvest.harvest import inquire
    from extractors.harvest.modes import complete
    from extractors.harvest.modes.completing import seeded
    from extractors.harvest.probe.registry import open_probe
    from extractors.harvest.spoken import relation_of

    facts = [fact for fact in kg.facts() if fact.is_asserted]
    probe = open_probe(model) if isinstance(model, str) else model
    wanted = (seeded(relation_of(relation), facts) for relation in relations)
    inquiries = [inquire(probe, relation, **asking) for relation in wanted]
    return complete(inquiries, facts, n=n, threshold=threshold)


def harvests(kg: KnowledgeGraph) -> list[HarvestRecord]:
    """Return the harvests that facts of the graph rest on, by name ("model#run")."""
    from stores.ledger.harvests import read_harvests

    return read_harvests(kg.ledger)


def remove_harvest(kg: KnowledgeGraph, name: str) -> bool:
    """Remove what rests on a harvest alone; return whether there was one.

    `name` is as `harvests` lists it, "model#run", or a model for all that it gave. What other
    evidence supports stays, with a confidence computed anew.
    """
    from stores.ledger.harvests import withdraw_harvest

    removed = withdraw_harvest(kg.ledger, name)
    if removed:
        kg.projections.follow()
    return removed
