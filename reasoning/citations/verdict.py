"""What a check of a citation says: whether it holds, why not, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Fault", "Verdict"]

#: What is wrong with a citation: the span is not there or not as quoted; an end of the claim is
#: not named; the value is another one; the sentence denies it, does not vouch for it, has the
#: roles the other way round, or says something else of the names. "" where nothing is wrong.
Fault = Literal["", "span", "names", "value", "denied", "hedged", "roles", "relation"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a citation supports its claim; `reason` is one sentence, `fault` its kind, and
    `score` the probability in [0, 1] that the sentence says so.

    >>> bool(Verdict(False, "the sentence denies it", "denied", 0.0))
    False
    """

    held: bool
    reason: str
    fault: Fault
    score: float

    def __bool__(self) -> bool:
        return self.held
