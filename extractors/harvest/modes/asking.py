"""Harvesting: the best tuples of a relation, or the best ends for a given one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from extractors.harvest.judging import judged_facts
from extractors.harvest.search import Course, search

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Inquiry
    from kgkit.facts import Fact

__all__ = ["heads", "tails", "tuples"]


def tuples(
    inquiry: Inquiry, n: int = 100, *, fixed: Mapping[int, str] | None = None
) -> Iterator[Fact]:
    """Yield the `n` best tuples as facts, in exact descending order of what the search looks for.

    `fixed` gives the entities of some slots. The order is that of the search's value; the facts'
    confidence is the calibrated probability, which need not fall with it. Raises `InputError`
    for slots that the relation does not have, and where nothing may be found.
    """
    found = search(
        inquiry.asked.probe,
        inquiry.asked.prompts,
        inquiry.relation,
        n=n,
        fixed=fixed,
        space=inquiry.space,
        course=Course(progress=inquiry.progress),
    )
    return judged_facts(inquiry, (candidate.entities for candidate in found))


def tails(inquiry: Inquiry, head: str, n: int = 10) -> Iterator[Fact]:
    """Yield the `n` best tails of a head as facts, best first."""
    return tuples(inquiry, n, fixed={0: head})


def heads(inquiry: Inquiry, tail: str, n: int = 10) -> Iterator[Fact]:
    """Yield the `n` best heads of a tail as facts, best first."""
    return tuples(inquiry, n, fixed={1: tail})
