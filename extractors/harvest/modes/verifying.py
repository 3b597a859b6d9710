"""Whether a model believes given tuples: yes, no, or it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extractors.harvest.judging import Judged, fact_of, judge

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Inquiry
    from kgkit.facts import Fact

__all__ = ["Verdict", "verify"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says of a fact: `answer`, and the `probability` in [0, 1] that it is true."""

    fact: Fact
    probability: float
    answer: Literal["yes", "no", "unsure"]
    judged: Judged

    def __bool__(self) -> bool:
        return self.answer == "yes"


def verify(
    inquiry: Inquiry, tuples: Sequence[tuple[str, ...]], *, doubt: float = 0.2
) -> list[Verdict]:
    """Return a verdict on each tuple, in the order given.

    A probability within `doubt` of one half is "unsure". Raises `InputError` for tuples that do
    not fit the relation.
    """
    return [
        Verdict(fact_of(inquiry, one), one.probability, _answer(one.probability, doubt), one)
        for one in judge(inquiry, tuples)
    ]


def _answer(probability: float, doubt: float) -> Literal["yes", "no", "unsure"]:
    if abs(probability - 0.5) <= doubt:
        return "unsure"
    return "yes" if probability > 0.5 else "no"
