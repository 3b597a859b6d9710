"""How sure a model is of a tuple: each link of it, held against the seeds, as one probability.

What a slot's log-probability is worth depends on the relation: a head among a thousand is found
with less than a tail among twenty. So each *link* of a tuple is compared with the same link of the
seeds: the log-probability of every entity given those before it, the mutual information of the
whole, its value by the inverse prompts (the round trip), by how much the prompts prefer it to the
negative ones, and, where a head has one tail only, the share of this one beside others. What a
link lacks to the median seed's is a shortfall; the strength of a tuple is minus the sum of its
shortfalls, in nats, so that further evidence can only lower it. The curve that tells the seeds
from false tuples (`extractors.harvest.calibration`) makes a probability of the strength; one seed
will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.calibration import Curve, fit_curve

__all__ = ["Belief", "learn_belief", "recombined"]

#: The curve where nothing can be learnt: a tuple whose shortfalls make 3 nats is as likely false as
#: true.
_UNLEARNT = Curve(1.5, -3.0)
#: Tuples that are weaker than this, in nats, teach nothing more about where belief ends.
_FAR = -8.0


@dataclass(frozen=True, slots=True)
class Belief:
    """The curve for one relation: `usual` are the links [links] of the median seed.

    `trust` in [0, 1] is how well the model tells the seeds from false tuples at all (2 AUC - 1, the
    Gini coefficient): one that does no better than chance is believed nothing.
    """

    usual: tuple[float, ...]
    curve: Curve = _UNLEARNT
    trust: float = 1.0

    def strengths(self, links: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the strength [n] of tuples with these links [n, links], in nats, at most 0."""
        if not self.usual:
            return np.zeros(len(links))
        short = np.minimum(links - np.array(self.usual), 0.0)
        strengths: NDArray[np.float64] = short.sum(axis=1).round(4)
        return strengths

    def probabilities(self, links: NDArray[np.float64]) -> list[float]:
        """Return the probability [n] that each tuple is true, in [0, 1], to 4 decimals."""
        raised = (self.curve.probability(float(value)) for value in self.strengths(links))
        return [round(self.trust * value, 4) for value in raised]


def learn_belief(true: NDArray[np.float64], false: NDArray[np.float64]) -> Belief:
    """Return the belief that tells true tuples from false ones, by their links [n, links].

    Seeds are held against the median of the others, so that none vouches for itself. Both sides
    weigh the same in all.
    """
    usual = tuple(float(value) for value in np.median(true, axis=0).round(4))
    left_out = [
        float(Belief(_median_without(true, place) or usual).strengths(true[place : place + 1])[0])
        for place in range(len(true))
    ]
    if not len(false):
        return Belief(usual)
    weak = Belief(usual).strengths(false)
    better = np.sign(np.subtract.outer(np.array(left_out), weak)).mean()
    strengths = np.maximum([*left_out, *weak.tolist()], _FAR).tolist()
    right = [True] * len(true) + [False] * len(false)
    rarer = len(true) / len(false)
    weights = [1.0 if is_right else rarer for is_right in right]
    curve = fit_curve(strengths, right, weights=weights)
    return Belief(usual, curve, round(max(0.0, float(better)), 4))


def recombined(seeds: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return seeds with an entity of several words put together from two seeds' entities.

    A name that is made of parts of real ones is nobody's: it shows what a model gives to names
    that it has never seen.

    >>> recombined([("Marie Curie", "Warsaw"), ("Lise Meitner", "Vienna")])
    [('Marie Meitner', 'Warsaw'), ('Lise Curie', 'Vienna')]
    """
    known = {entity for seed in seeds for entity in seed}
    made = []
    for place, seed in enumerate(seeds):
        other = seeds[(place + 1) % len(seeds)]
        for slot, entity in enumerate(seed):
            first, _, rest = entity.partition(" ")
            last = other[slot].rpartition(" ")[2]
            mixed = f"{first} {last}"
            if rest and " " in other[slot] and mixed not in known:
                made.append((*seed[:slot], mixed, *seed[slot + 1 :]))
    return made


def _median_without(links: NDArray[np.float64], place: int) -> tuple[float, ...]:
    rest = np.delete(links, place, axis=0)
    return tuple(float(value) for value in np.median(rest, axis=0)) if len(rest) else ()
