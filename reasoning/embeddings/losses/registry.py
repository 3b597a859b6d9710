"""Which loss a name means.

A package adds one by an entry point of the group `kgkit.losses`, named as it is chosen, that loads
a class or function of the loss's options. The built-in ones are listed in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points

from kgkit.errors import InputError
from reasoning.embeddings.losses.base import Loss

__all__ = ["GROUP", "load_loss", "loss_names"]

#: The entry-point group of losses.
GROUP = "kgkit.losses"


def loss_names() -> tuple[str, ...]:
    """Return the names that `load_loss` knows, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_loss(given: str | Loss, options: Mapping[str, float] | None = None) -> Loss:
    """Return the loss of a name with its options, or the one that was given.

    Raises `InputError` for an unknown name or an option that the loss does not have.

    >>> load_loss("margin", {"margin": 2.0})
    Margin(margin=2.0)
    """
    if not isinstance(given, str):
        return given
    known = {point.name: point for point in entry_points(group=GROUP)}
    if given not in known:
        raise InputError(f"no loss is named {given!r}; known are {', '.join(loss_names())}")
    factory: Callable[..., Loss] = known[given].load()
    try:
        return factory(**(options or {}))
    except TypeError as error:
        raise InputError(f"the loss {given!r} does not take {dict(options or {})}") from error
