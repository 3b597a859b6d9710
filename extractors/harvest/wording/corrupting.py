"""False tuples to hold true ones against: seeds with an entity exchanged.

The other entity is that of another seed, or one that the model likes best in that place when it
sees nothing else ("most frequent answers"). So one seed is enough, and a prompt in which every
head gets the same tail is seen through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.harvest.probe.base import Probe
from extractors.harvest.prompt import Prompt

__all__ = ["corrupted", "favourites"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEAST_LETTERS = 3


def corrupted(
    seeds: Sequence[tuple[str, ...]], extra: Sequence[Sequence[str]] = (), *, each: int = 8
) -> list[list[tuple[str, ...]]]:
    """Return up to `each` false tuples for every seed, one entity exchanged in each.

    `extra` lists further entities for each slot. What is a seed itself is not among them; entities
    of other seeds come first, slots take turns.

    >>> corrupted([("Rome", "Italy"), ("Oslo", "Norway")])[0]
    [('Oslo', 'Italy'), ('Rome', 'Norway')]
    """
    true = {_folded(seed) for seed in seeds}
    found = []
    for place, seed in enumerate(seeds):
        others = [seeds[(place + step) % len(seeds)] for step in range(1, len(seeds))]
        made: dict[tuple[str, ...], tuple[str, ...]] = {}
        for changed in (*_swapped(seed, others), *_filled(seed, extra)):
            if _folded(changed) not in true:
                made.setdefault(_folded(changed), changed)
        found.append(list(made.values())[:each])
    return found


def favourites(probe: Probe, prompts: Sequence[Prompt], *, each: int = 6) -> list[list[str]]:
    """Return, for each slot, the words that the model puts there most readily on the average of
    the prompts, all slots being open."""
    vocabulary = probe.vocabulary
    words = np.array(
        [
            bool(begins) and len(text) >= _LEAST_LETTERS and text.isalpha()
            for begins, text in zip(vocabulary.begins, vocabulary.texts, strict=True)
        ]
    )
    found = []
    for slot in range(prompts[0].arity):
        rows = []
        for prompt in prompts:
            empty = tuple(() for _ in prompt.order)
            rows.append(probe.frame(prompt, {}).row(empty, [1] * prompt.arity, slot))
        mean = np.mean(probe.log_probabilities(rows), axis=0).round(4)
        mean[~words] = -np.inf
        best = np.argsort(-mean, kind="stable")[: 4 * each]
        names = (vocabulary.decode((int(piece),)) for piece in best)
        found.append([name for name in names if name.casefold() not in _GRAMMAR][:each])
    return found


_GRAMMAR = _listed(
    "the and for are was not but his her its this that with from who which they one also "
    "has had been were their when than then there"
)


def _swapped(seed: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for other in others:
        for slot in range(len(seed)):
            yield (*seed[:slot], other[slot], *seed[slot + 1 :])


def _filled(seed: tuple[str, ...], extra: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    if not extra:
        return
    for turn in range(max(len(names) for names in extra)):
        for slot, names in enumerate(extra):
            if turn < len(names):
                yield (*seed[:slot], names[turn], *seed[slot + 1 :])


def _folded(entities: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(entity.casefold() for entity in entities)
