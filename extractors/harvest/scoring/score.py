"""What given tuples are worth to a model, prompt by prompt.

All pieces of all entities count, in the same factors and by the same objective as in the search:
a tuple that was searched has the value that it scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe import Factor, Probe
from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from extractors.harvest.scoring.casing import casings
from extractors.harvest.scoring.prior import Prior
from extractors.harvest.search.objective import PAPER, Objective
from kgkit.errors import InputError

__all__ = ["Score", "Scoring", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """A tuple's score, in natural logs, weighted over the prompts.

    `joint` is log P(all pieces), `minimum` the log-probability of the weakest piece, `value` what
    the objective makes of both (and what the search orders by). `pmi` is how much the relation
    and the other entities raise an entity's log-probability (see `prior`): it favours neither
    frequent nor short names; 0 where it was not asked for. `per_prompt` is the compatibility
    with each prompt, in the order given.
    """

    entities: tuple[str, ...]
    joint: float
    minimum: float
    value: float
    pmi: float
    per_prompt: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scoring:
    """How tuples are scored.

    `given` are slots whose entities are a condition rather than scored: (0,) asks how probable
    tails are with their heads. `pmi` may be left out, which saves rows. With `casing` an entity
    is also tried with capitals and the best is kept. `neutral` stands for an entity that a
    model reading from left to right is not to know.
    """

    objective: Objective = PAPER
    given: tuple[int, ...] = ()
    pmi: bool = True
    casing: bool = False
    neutral: str = "something"


def score(
    probe: Probe,
    prompts: Sequence[WeightedPrompt | Prompt | str],
    tuples: Sequence[Sequence[str]],
    scoring: Scoring | None = None,
) -> list[Score]:
    """Return the score of each tuple, in the order given.

    Rows that tuples share are read once. Raises `InputError` for a tuple that does not fit the
    prompts, when all slots are given, and for a name that the model cannot write.
    """
    how = scoring or Scoring()
    weighted = normalised(prompts)
    arity = weighted[0].prompt.arity
    for entities in tuples:
        if len(entities) != arity:
            raise InputError(
                f"the tuple {tuple(entities)!r} does not fit prompts of {arity} slots; give one "
                "entity for each"
            )
    if not set(how.given) < set(range(arity)):
        raise InputError(
            f"the slots {how.given} are given of {arity}; leave at least one to be scored"
        )
    variants = [list(product(*map(casings, t))) if how.casing else [tuple(t)] for t in tuples]
    flat = list(dict.fromkeys(entities for found in variants for entities in found))
    scores = dict(zip(flat, _scored(probe, weighted, flat, how), strict=True))
    # The first of equals: as it was given.
    return [max((scores[e] for e in found), key=lambda s: s.value) for found in variants]


def _scored(
    probe: Probe,
    prompts: Sequence[WeightedPrompt],
    tuples: Sequence[tuple[str, ...]],
    how: Scoring,
) -> list[Score]:
    """Return the scores of tuples; all factors of all of them are asked for together."""
    filled = [tuple(probe.vocabulary.encode(entity) for entity in t) for t in tuples]
    prior = Prior(probe, how.neutral) if how.pmi else None
    asked: list[tuple[Factor, ...]] = []
    priors: list[tuple[Factor, ...]] = []
    for pieces in filled:
        fixed = {slot: pieces[slot] for slot in how.given}
        for item in prompts:
            asked.append(probe.frame(item.prompt, fixed).factors(pieces))
            if prior is not None:
                priors.append(prior.factors(item.prompt, pieces, how.given))
    flat = [factor for factors in (*asked, *priors) for factor in factors]
    values = iter(np.split(probe.chosen(flat), np.cumsum([len(f) for f in (*asked, *priors)])[:-1]))
    joint, minimum, entity = _per_prompt(asked, [next(values) for _ in asked], len(prompts))
    before = np.array([found.sum() for found in values]).reshape(-1, len(prompts))
    pmi = entity - before if how.pmi else np.zeros_like(joint)
    weights = np.array([item.weight for item in prompts])
    free = [slot for slot in range(prompts[0].prompt.arity) if slot not in how.given]
    found = []
    for row, (entities, pieces) in enumerate(zip(tuples, filled, strict=True)):
        scale = how.objective.scale(sum(len(pieces[slot]) for slot in free), len(free))
        each = how.objective.combine(joint[row], minimum[row], scale)
        found.append(
            Score(
                entities,
                _rounded(weights @ joint[row]),
                _rounded(weights @ minimum[row]),
                _rounded(weights @ each),
                _rounded(weights @ pmi[row]),
                tuple(map(_rounded, each)),
            )
        )
    return found


def _per_prompt(
    asked: Sequence[Sequence[Factor]], values: Sequence[NDArray[np.float64]], prompts: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return [tuples, prompts] joint log-probabilities, minima over the entities' pieces, and
    joint log-probabilities of these pieces alone."""
    rows = []
    for factors, found in zip(asked, values, strict=True):
        own = found[[not factor.text for factor in factors]]
        rows.append((found.sum(), own.min(), own.sum()))
    table = np.array(rows, dtype=np.float64).reshape(-1, prompts, 3)
    return table[..., 0], table[..., 1], table[..., 2]


def _rounded(value: SupportsFloat) -> float:
    return round(float(value), 6)
