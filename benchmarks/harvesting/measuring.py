"""One relation measured: what is harvested by all prompts and by the first alone, and how right."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks.harvesting.exactness import is_exact
from benchmarks.harvesting.gold import Gold, Judgement
from benchmarks.harvesting.one_row import ProbeRow
from benchmarks.harvesting.reference import DepthFirst
from extractors.harvest.inquiry import Inquiry, prepare
from extractors.harvest.judging import judge
from extractors.harvest.library import relation_of_property
from extractors.harvest.prompt import WeightedPrompt
from extractors.harvest.relation import Relation
from extractors.harvest.search import search
from extractors.harvest.search.words import english_stop_words

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe

__all__ = ["Counts", "compare_with_reference", "measure", "relation_for"]

#: The names of each slot among which every tuple is tried.
_TRIED = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """Seconds and rows through the model that finding `tuples` took, by one way of searching."""

    tuples: int
    seconds: float
    rows: int


def relation_for(gold: Gold) -> Relation:
    """Return the library's relation of a property, or one of its label, description and seeds.

    The seeds are always those of the folder.
    """
    known = relation_of_property(gold.property)
    if known is not None:
        return replace(known, seeds=gold.seeds)
    return Relation(gold.label, seeds=gold.seeds, description=gold.description)


def measure(probe: Probe, gold: Gold, n: int) -> dict[str, Any]:
    """Return the figures of one relation; counts of tuples, so that relations can be summed."""
    inquiry = prepare(probe, relation_for(gold))
    probe.reader.memo.clear()  # type: ignore[attr-defined]
    began, rows = time.perf_counter(), probe.counted.rows
    found = [item.entities for item in _found(inquiry, inquiry.asked.prompts, n)]
    searched = Counts(len(found), time.perf_counter() - began, probe.counted.rows - rows)
    judged = judge(inquiry, found)
    harvested = time.perf_counter() - began
    first = (WeightedPrompt(_first_prompt(inquiry), 1.0),)
    alone = [item.entities for item in _found(inquiry, first, 100)]
    verdicts = gold.verdicts(found)
    names = [list(dict.fromkeys(seed[slot] for seed in gold.seeds))[:_TRIED] for slot in (0, 1)]
    sure = sorted(range(len(judged)), key=lambda i: -judged[i].probability)
    by_belief = [found[i] for i in sure]
    return {
        "property": gold.property,
        "prompts": [[item.prompt.text, round(item.weight, 4)] for item in inquiry.asked.prompts],
        "searched": [searched.tuples, searched.seconds, searched.rows],
        "harvest_seconds": harvested,
        "at_20": _counts(gold.judge(found[:20])),
        "at_100": _counts(gold.judge(found[:100])),
        "by_belief_at_20": _counts(gold.judge(by_belief[:20])),
        "by_belief_at_100": _counts(gold.judge(by_belief[:100])),
        "init_at_100": _counts(gold.judge(alone)),
        "most_frequent": _counts(gold.most_frequent()),
        "beliefs": [
            [one.probability, verdict]
            for one, verdict in zip(judged, verdicts, strict=True)
            if verdict is not None
        ],
        "exact": is_exact(probe, inquiry.asked.prompts, inquiry.relation, names),
        "best": [[*one.entities, one.probability] for one in judged[:10]],
    }


def compare_with_reference(probe: Probe, gold: Gold, n: int) -> dict[str, list[float]]:
    """Return tuples, seconds and rows of the search and of the reference loop, for the same
    prompts and weights on the same machine, one after the other."""
    inquiry = prepare(probe, relation_for(gold))
    loop = DepthFirst(ProbeRow(probe), inquiry.asked.prompts, banned=english_stop_words())
    began = time.perf_counter()
    plain = loop.search(n)
    took = time.perf_counter() - began
    probe.reader.memo.clear()  # type: ignore[attr-defined]
    rows, began = probe.counted.rows, time.perf_counter()
    found = _found(inquiry, inquiry.asked.prompts, n)
    ours = time.perf_counter() - began
    return {
        "search": [len(found), ours, probe.counted.rows - rows],
        "reference": [len(plain), took, loop.passes],
        "prompts": [len(inquiry.asked.prompts)],
    }


def _found(inquiry: Inquiry, prompts: tuple[WeightedPrompt, ...], n: int) -> list[Any]:
    results = search(inquiry.asked.probe, prompts, inquiry.relation, n=n, space=inquiry.space)
    return list(islice(results, n))


def _first_prompt(inquiry: Inquiry) -> Any:
    """Return the first prompt that was there before any was weighed."""
    from extractors.harvest.wording import make_prompts

    own = inquiry.relation.prompts
    return own[0] if own else make_prompts(inquiry.relation, n=1)[0]


def _counts(judgement: Judgement) -> list[int]:
    return [judgement.found, judgement.judgeable, judgement.hits]
