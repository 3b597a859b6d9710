"""Which scorer a name means.

A package adds one by an entry point of the group `kgkit.scorers`, named as it is chosen, that
loads a class or function called with the number of numbers of an entity vector. The built-in ones
are listed in the same way.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from torch import nn

from kgkit.errors import InputError
from reasoning.embeddings.scorers.base import Scorer, ScorerFactory

__all__ = ["GROUP", "load_scorer", "scorer_names"]

#: The entry-point group of scorers.
GROUP = "kgkit.scorers"


def scorer_names() -> tuple[str, ...]:
    """Return the names that `load_scorer` knows, sorted.

    >>> "complex" in scorer_names()
    True
    """
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_scorer(given: str | Scorer | ScorerFactory, dim: int) -> Scorer:
    """Return the scorer of a name, of a factory, or the one that was given.

    Options are given with `functools.partial` over a class (`partial(TransE, norm=2)`). Raises
    `InputError` for a name that no installed package offers, and for anything else.
    """
    if isinstance(given, nn.Module) and isinstance(given, Scorer):
        return given
    factory = _named(given) if isinstance(given, str) else given
    if not callable(factory):
        raise InputError(f"{given!r} is no scorer; give a name, an instance or a class")
    return factory(dim)


def _named(name: str) -> ScorerFactory:
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(f"no scorer is named {name!r}; known are {', '.join(scorer_names())}")
    factory: ScorerFactory = known[name].load()
    return factory
