"""The sentences around clauses, as data: frames, joints, openings, links, comparisons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Clause", "Grammar", "grammar"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause cut at its two slots: `before`, first slot, `amid`, second slot, `after`.

    `swapped` tells that the tail comes first. `verbal` is what follows the head in a clause that
    begins with it and ends with the tail, so that it can go on from another clause; else "".

    >>> Clause.cut("the birthplace of {h} is {t}").say("Ada", "London")
    'the birthplace of Ada is London'
    """

    before: str
    amid: str
    after: str
    swapped: bool
    verbal: str

    @classmethod
    def cut(cls, clause: str) -> Clause:
        """Return a clause with {h} and {t}, cut."""
        swapped = clause.index("{t}") < clause.index("{h}")
        first, second = ("{t}", "{h}") if swapped else ("{h}", "{t}")
        before, _, rest = clause.partition(first)
        amid, _, after = rest.partition(second)
        together = amid == " and "
        verbal = "" if before or after or swapped or together else amid.removeprefix(" ")
        return cls(before, amid, after, swapped, verbal)

    def say(self, head: str, tail: str) -> str:
        """Return the clause on these two."""
        if self.swapped:
            head, tail = tail, head
        return f"{self.before}{head}{self.amid}{tail}{self.after}"

    @property
    def skeleton(self) -> str:
        """The clause in lower case with a null character for each slot."""
        return f"{self.before}\0{self.amid}\0{self.after}".lower()


@dataclass(frozen=True, slots=True)
class Grammar:
    """What stands in `grammar.json`; slots are {a}, {b}, {m}, {x}, {y}, {h}, {t}, nouns {noun}.

    `ordered` holds the comparisons "earlier", "later", "smaller" and "larger".
    """

    frames: tuple[str, ...]
    joints: tuple[str, ...]
    contrasts: tuple[str, ...]
    openings: dict[str, tuple[str, ...]]
    tell: tuple[str, ...]
    tell_both: tuple[str, ...]
    links: tuple[str, ...]
    shared: tuple[str, ...]
    ordered: dict[str, tuple[str, ...]]
    chains: tuple[str, ...]
    asked_chains: tuple[str, ...]
    turns: dict[str, tuple[str, ...]]
    among: str


@cache
def grammar() -> Grammar:
    """Return the grammar, read once.

    >>> grammar().turns["chat"]
    ('User: ', 'Assistant: ')
    """
    read = json.loads(files("extractors.entigraph.wording").joinpath("grammar.json").read_text())
    return Grammar(
        frames=tuple(read["frames"]),
        joints=tuple(read["joints"]),
        contrasts=tuple(read["contrasts"]),
        openings=_tuples(read["openings"]),
        tell=tuple(read["tell"]),
        tell_both=tuple(read["tell_both"]),
        links=tuple(read["links"]),
        shared=tuple(read["shared"]),
        ordered=_tuples({k: read[k] for k in ("earlier", "later", "smaller", "larger")}),
        chains=tuple(read["chains"]),
        asked_chains=tuple(read["asked_chains"]),
        turns=_tuples(read["turns"]),
        among=read["lists"][0],
    )


def _tuples(found: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each) for name, each in found.items()}
