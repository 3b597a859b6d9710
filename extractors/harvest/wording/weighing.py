"""How much each prompt counts: what it makes of seeds against what it makes of false tuples.

As in BertNet (Hao et al. 2023), a prompt's strength is its mean compatibility with the seeds less
half of that with corrupted seeds, and weights are a softmax of strengths over a temperature. Here
the temperature is the one that tells held-out seeds from their corruptions best; prompts that
prefer the corruptions are dropped, as are those that say what a stronger one has said. Corruptions
are seeds with each other's entities, so that how frequent a name is cancels out; a single seed, or
seeds of one tail, are held against what the model likes best (see `_unrelated`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe.base import Probe
from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from extractors.harvest.relation import Relation
from extractors.harvest.wording.corrupting import corrupted, favourites
from extractors.harvest.wording.evidence import compatibilities, slot_logs
from kgkit.errors import InputError

__all__ = ["Weighing", "weigh", "weights_of"]

_CONTRAST = 0.5
_TEMPERATURES = (16.0, 8.0, 4.0, 2.0)
_ALONE = 8.0
#: Prompts below this weight are dropped.
_WEAK = 0.05
#: Prompts whose own judgements have a cosine above this are one.
_AGREEING = 0.95
#: By how much, in nats, a prompt must prefer the seeds to their corruptions.
_TELLING = 0.01


@dataclass(frozen=True, slots=True)
class Weighing:
    """What weights rest on: `true` [prompts, seeds] and, for each seed, `false` [prompts, its
    corruptions] are compatibilities, natural logarithms."""

    true: NDArray[np.float64]
    false: tuple[NDArray[np.float64], ...]

    def margins(self) -> NDArray[np.float64]:
        """Return by how much each prompt prefers a seed to its corruptions, [prompts, seeds]."""
        return np.stack(
            [self.true[:, i] - false.mean(1) for i, false in enumerate(self.false)], axis=1
        )

    def strengths(self, seeds: Sequence[int]) -> NDArray[np.float64]:
        """Return the strength of each prompt [prompts] on the seeds of these numbers."""
        true = self.true[:, seeds].mean(1)
        false = np.concatenate([self.false[i] for i in seeds], axis=1).mean(1)
        found: NDArray[np.float64] = true - _CONTRAST * false
        return found


def weigh(
    probe: Probe, prompts: Sequence[Prompt], relation: Relation, *, keep: int = 10
) -> tuple[WeightedPrompt, ...]:
    """Return the prompts that tell seeds from false tuples, at most `keep`, the heaviest first;
    weights sum to 1.

    Seeds that the model cannot write are left out. Raises `InputError` for no prompts, or no seed
    that it can write.
    """
    if not prompts:
        raise InputError(f"there are no prompts for {relation.name!r} to weigh; give one at least")
    seeds = [seed for seed in relation.seeds if _writable(probe, seed)]
    if not seeds:
        raise InputError(
            f"{relation.name!r} has no seed that the model {probe.name!r} can write, so prompts "
            "cannot be weighed; give one known example at least"
        )
    return weights_of(_judged(probe, prompts, seeds), prompts, keep=keep)


def weights_of(
    weighing: Weighing, prompts: Sequence[Prompt], *, keep: int = 10
) -> tuple[WeightedPrompt, ...]:
    """Return the prompts that a weighing speaks for with their weights, the heaviest first."""
    everything = list(range(weighing.true.shape[1]))
    strengths = weighing.strengths(everything)
    margins = weighing.margins().mean(1)
    order = sorted(range(len(prompts)), key=lambda p: (-round(float(strengths[p]), 6), p))
    telling = [p for p in order if margins[p] > _TELLING] or order[:1]
    kept = _differing(weighing, telling)[:keep]
    temperature = _temperature(weighing, kept)
    weights = _softmax(strengths[kept] / temperature)
    weights[weights < _WEAK] = 0.0
    pairs = [(prompts[p], float(w)) for p, w in zip(kept, weights, strict=True) if w > 0]
    return normalised(WeightedPrompt(prompt, round(weight, 6)) for prompt, weight in pairs)


def _judged(probe: Probe, prompts: Sequence[Prompt], seeds: list[tuple[str, ...]]) -> Weighing:
    swapped = [[r for r in rows if _writable(probe, r)] for rows in corrupted(seeds)]
    others = [row for rows in swapped for row in rows]
    values = _values(probe, prompts, [*seeds, *others])
    cuts = np.cumsum([len(seeds), *(len(rows) for rows in swapped)])[:-1]
    true, *false = np.split(values, cuts, axis=1)
    for place, seed in enumerate(seeds):
        if not swapped[place]:
            false[place] = _unrelated(probe, prompts, seed)
    return Weighing(true, tuple(false))


def _unrelated(
    probe: Probe, prompts: Sequence[Prompt], seed: tuple[str, ...]
) -> NDArray[np.float64]:
    """What a seed would be worth if its entities had nothing to do with each other, [prompts, n].

    With a favourite h' of the model for the head and t' for the tail, log P(h, t) would then be
    log P(h, t') + log P(h', t) - log P(h', t'); for other arities, one entity is exchanged.
    """
    extra = favourites(probe, prompts)
    if len(seed) != 2:
        return _values(probe, prompts, corrupted([seed], extra)[0])
    (head, tail), pairs = seed, list(zip(*extra, strict=False))
    if not pairs:
        # A model without favourites says nothing against the seed: prompts then weigh alike.
        return _values(probe, prompts, [seed]) - 1.0
    rows = [row for h, t in pairs for row in ((head, t), (h, tail), (h, t))]
    logs = slot_logs(probe, prompts, [seed, *rows])
    joint = logs.sum(2)
    unrelated = joint[:, 1::3] + joint[:, 2::3] - joint[:, 3::3]
    found: NDArray[np.float64] = (compatibilities(logs[:, :1]) - (joint[:, :1] - unrelated)).round(
        4
    )
    return found


def _values(
    probe: Probe, prompts: Sequence[Prompt], tuples: Sequence[tuple[str, ...]]
) -> NDArray[np.float64]:
    found: NDArray[np.float64] = compatibilities(slot_logs(probe, prompts, tuples)).round(4)
    return found


def _writable(probe: Probe, entities: tuple[str, ...]) -> bool:
    for entity in entities:
        try:
            probe.vocabulary.encode(entity)
        except InputError:
            return False
    return True


def _differing(weighing: Weighing, ranked: list[int]) -> list[int]:
    """The prompts, strongest first, without those that judge just as one before them.

    What all prompts think of a tuple, and what a prompt thinks of all tuples, is taken off first:
    rare names are improbable everywhere.
    """
    values = np.concatenate([weighing.true, *weighing.false], axis=1)[ranked]
    own = values - values.mean(0) - values.mean(1, keepdims=True) + values.mean()
    lengths = np.linalg.norm(own, axis=1)
    kept: list[int] = []
    for p in range(len(ranked)):
        alike = [own[p] @ own[q] / (lengths[p] * lengths[q] + 1e-9) for q in kept]
        if not any(round(float(cosine), 6) > _AGREEING for cosine in alike):
            kept.append(p)
    return [ranked[p] for p in kept]


def _temperature(weighing: Weighing, kept: list[int]) -> float:
    """The temperature under which seeds left out are told from their corruptions best."""
    seeds = list(range(weighing.true.shape[1]))
    if len(seeds) == 1:
        return _ALONE
    losses = {t: round(_left_out_loss(weighing, kept, seeds, t), 4) for t in _TEMPERATURES}
    return min(_TEMPERATURES, key=lambda t: losses[t])


def _left_out_loss(
    weighing: Weighing, kept: list[int], seeds: list[int], temperature: float
) -> float:
    total = 0.0
    for seed in seeds:
        rest = [other for other in seeds if other != seed]
        weights = _softmax(weighing.strengths(rest)[kept] / temperature)
        true = float(weights @ weighing.true[kept, seed])
        false = weights @ weighing.false[seed][kept]
        total += float(np.logaddexp.reduce(np.append(false, true))) - true
    return total / len(seeds)


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(values - values.max())
    found: NDArray[np.float64] = raised / raised.sum()
    return found
