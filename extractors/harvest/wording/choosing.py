"""Which prompts to keep: valid ones that differ enough from those kept before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from extractors.harvest.prompt import Prompt

__all__ = ["DIFFERENT", "distinct", "usable"]

#: Two prompts whose texts are alike to this share (Levenshtein ratio, 0 to 1) or more are one.
DIFFERENT = 0.9
_WORDS = (1, 14)


def usable(prompt: Prompt, seeds: Sequence[tuple[str, ...]]) -> bool:
    """Whether a prompt says something, in 1 to 14 words beside its slots, or parts them by a
    comma, and holds no entity of a seed.

    >>> usable(Prompt.parse("{0} {1}"), ()), usable(Prompt.parse("{0} is in Rome with {1}"),
    ...     [("Rome", "Italy")])
    (False, False)
    """
    words = [word for part in prompt.parts for word in part.split()]
    if not _WORDS[0] <= len(words) <= _WORDS[1]:
        return False
    padded = f" {' '.join(words).casefold().replace('.', ' ').replace(',', ' ')} "
    return not any(f" {entity.casefold()} " in padded for seed in seeds for entity in seed)


def distinct(prompts: Iterable[Prompt], *, different: float = DIFFERENT) -> list[Prompt]:
    """Return the prompts in order without those that are too like one before them.

    Prompts whose slots come in another order are never alike.
    """
    kept: list[Prompt] = []
    for prompt in prompts:
        if not any(_alike(prompt, other, different) for other in kept):
            kept.append(prompt)
    return kept


def _alike(one: Prompt, other: Prompt, different: float) -> bool:
    if one.order != other.order:
        return False
    return fuzz.ratio(one.text.casefold(), other.text.casefold()) / 100 >= different
