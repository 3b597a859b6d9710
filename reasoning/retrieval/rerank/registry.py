"""Which reranker a name means: through the entry points `kgkit.rerankers`.

A package adds one by an entry point of that group, named as it is chosen, that loads a function
or class which gives a `Reranker` and is called with what follows the name and a colon
("cross-encoder:FOLDER", "lm:openai:MODEL").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from kgkit.errors import InputError
from reasoning.retrieval.rerank.base import Reranker

__all__ = ["GROUP", "Scoring", "load_reranker"]

#: The entry-point group of rerankers.
GROUP = "kgkit.rerankers"

#: Question and texts to a score a text.
Scoring = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Function:
    """A function as a reranker."""

    score: Scoring


def load_reranker(given: str | Reranker | Scoring) -> Reranker:
    """Return the reranker of a name ("NAME:MODEL"), of a function, or the one that was given.

    Raises `InputError` for a name that no installed package offers, and for anything else.

    >>> load_reranker(lambda question, texts: [len(text) for text in texts]).score("", ["ab"])
    [2]
    """
    if isinstance(given, str):
        return _named(given)
    if isinstance(given, Reranker):
        return given
    if callable(given):
        return _Function(given)
    raise InputError(f"{given!r} is no reranker; give a name, an instance or a function")


@cache
def _named(given: str) -> Reranker:
    """Return the reranker of a name; its model is loaded once a process."""
    name, _, model = given.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known or not model:
        raise InputError(
            f"{given!r} names no reranker; give '<name>:<model>' with one of "
            f"{', '.join(sorted(known)) or '(none is installed)'}, an instance or a function"
        )
    found: Reranker = known[name].load()(model)
    return found
