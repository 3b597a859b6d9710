"""What may be found: how long names are, and what may stand in which slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractors.harvest.search.objective import PAPER, Objective
from extractors.harvest.search.words import Words
from kgkit.errors import InputError

__all__ = ["Course", "Progress", "Space"]


@dataclass(frozen=True, slots=True)
class Space:
    """The tuples that are searched, beside what the relation's slots allow.

    Names have 1 to `max_pieces` pieces, except where a slot lists those allowed. `words` rules
    what a name looks like, and `predicates` say, by slot, whether a name may stand there (its
    part of speech, its entity type); they must always answer the same. `objective` is what
    tuples are ordered by. Raises `InputError` when names may have no piece or more than eight.
    """

    max_pieces: int = 2
    words: Words = field(default_factory=Words)
    predicates: Mapping[int, Callable[[str], bool]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    objective: Objective = PAPER

    def __post_init__(self) -> None:
        if not 1 <= self.max_pieces <= 8:
            raise InputError(f"max_pieces={self.max_pieces} cannot be searched; expected 1 to 8")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: tuples given, beginnings read, and the value that none to come
    exceeds. `rows` have gone through the model."""

    found: int
    expanded: int
    bound: float
    rows: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a search goes: when it is over before it has found as many tuples as asked for.

    It ends at tuples of a value below `floor`, and when `rows` have gone through the model (0:
    no limit). A name stands in at most `repeats` of the tuples given (0: in any number): going
    down the exact order, a tuple that would use a name once more is left out; fixed slots do not
    count. `wave` beginnings are read at once: more fill an accelerator, and may read some in
    vain. `progress` is called after every reading.
    """

    floor: float = float("-inf")
    rows: int = 0
    repeats: int = 0
    wave: int = 32
    progress: Callable[[Progress], object] | None = None
