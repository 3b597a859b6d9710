"""How well a model's judgements of its own knowledge agree with what it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reasoning.boundaries.judging import Judged

__all__ = ["Perception", "perception"]


@dataclass(frozen=True, slots=True)
class Perception:
    """Shares from 0 to 1, to 4 decimals; None where nothing is there to share.

    `right` of all questions; `gave_up` those without an answer. Beforehand: `sure` said that they
    would answer, `right_when_sure` and `right_when_unsure` of these and of the others. Afterwards:
    `approved` of the answers given, and `judged_right`, the share of answers whose judgement
    agrees with what is so. `unread` counts judgements that were neither yes nor no.
    """

    questions: int
    right: float | None
    gave_up: float | None
    sure: float | None
    right_when_sure: float | None
    right_when_unsure: float | None
    approved: float | None
    judged_right: float | None
    unread: int


def perception(judged: Sequence[Judged]) -> Perception:
    """Return the figures of a model's judgements.

    >>> perception([Judged("Who?", "Ada", True, True, True)]).judged_right
    1.0
    """
    given = [one for one in judged if not one.gave_up]
    told = [one for one in given if one.approves is not None]
    before = [one for one in judged if one.sure is not None]
    return Perception(
        len(judged),
        _share([one.right for one in judged]),
        _share([one.gave_up for one in judged]),
        _share([bool(one.sure) for one in before]),
        _share([one.right for one in before if one.sure]),
        _share([one.right for one in before if not one.sure]),
        _share([bool(one.approves) for one in told]),
        _share([one.approves == one.right for one in told]),
        len(judged) - len(before) + len(given) - len(told),
    )


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
