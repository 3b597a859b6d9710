"""Which negative sampler a name means.

A package adds one by an entry point of the group `kgkit.negatives`, named as it is chosen, that
loads a class or function called with the triples and the number of candidates. The built-in ones
are listed in the same way.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from reasoning.embeddings.negatives.base import Negatives, NegativesFactory

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["GROUP", "load_negatives", "negatives_names"]

#: The entry-point group of negative samplers.
GROUP = "kgkit.negatives"


def negatives_names() -> tuple[str, ...]:
    """Return the names that `load_negatives` knows, sorted.

    >>> "uniform" in negatives_names()
    True
    """
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_negatives(
    given: str | Negatives | NegativesFactory, triples: Triples, count: int = 256
) -> Negatives:
    """Return the sampler of a name, of a factory, or the one that was given.

    A factory with options is `Lemon(share=0.3)` or `functools.partial(Typed.over, share=0.3)`.
    Raises `InputError` for a name that no installed package offers, and for anything else.
    """
    if isinstance(given, str):
        return _named(given)(triples, count)
    if isinstance(given, Negatives):
        return given
    if callable(given):
        return given(triples, count)
    raise InputError(f"{given!r} is no negative sampler; give a name, an instance or a factory")


def _named(name: str) -> NegativesFactory:
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no negatives are named {name!r}; known are {', '.join(negatives_names())}"
        )
    factory: NegativesFactory = known[name].load()
    return factory
