"""What a language model is asked: families of prompts, read from `prompts.json`.

Each prompt begins with the document, so that all prompts on one document share their beginning
and a server that caches prefixes reads it once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Family", "Prompts", "prompts"]


@dataclass(frozen=True, slots=True)
class Family:
    """Prompts of one kind: for `size` entities, with at most `tokens` to a reply, and the family's
    `share` of the calls."""

    name: str
    size: int
    tokens: int
    share: float
    tasks: tuple[str, ...]

    def task(self, n: int, names: Sequence[str]) -> str:
        """Return the n-th task, counted round, on these names."""
        text = self.tasks[n % len(self.tasks)]
        for slot, name in zip(("{first}", "{second}"), names, strict=False):
            text = text.replace(slot, name)
        return text.replace("{names}", ", ".join(names))


@dataclass(frozen=True, slots=True)
class Prompts:
    """The system message, the source with {title} and {text}, the families, and how entities
    are asked for."""

    system: str
    source: str
    families: tuple[Family, ...]
    entities: str


@cache
def prompts() -> Prompts:
    """Return the prompts, read once.

    >>> [family.name for family in prompts().families if family.size == 3]
    ['trio']
    """
    found = json.loads(files("extractors.entigraph.wording").joinpath("prompts.json").read_text())
    families = tuple(
        Family(name, each["size"], each["tokens"], each["share"], tuple(each["tasks"]))
        for name, each in found["families"].items()
    )
    return Prompts(found["system"], found["source"], families, found["entities"])
