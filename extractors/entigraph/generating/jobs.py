"""What is to be asked of a model, one job a text: each is known by the hash of its request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from extractors.entigraph.generating.sources import Section
from extractors.entigraph.inventory import Entry
from extractors.entigraph.subsets.shuffling import pair_at, shuffled, triplet_at
from extractors.entigraph.wording.prompts import Family, prompts
from kgkit.models.lm.base import Message, Request

__all__ = ["Job", "jobs_of"]

#: EntiGraph samples at temperature 1: what is asked makes texts differ, so a little less will do.
_TEMPERATURE = 0.8


@dataclass(frozen=True, slots=True)
class Job:
    """A text to be written: its form, the section that it is about, its entities, the request."""

    form: str
    section: Section
    entries: tuple[Entry, ...]
    request: Request


def jobs_of(section: Section, seed: int) -> Iterator[Job]:
    """Yield the jobs of a section, the families in turn by their shares, until all are at an end.

    Pairs and triplets of its entities come in shuffled order, each once.
    """
    streams = {f.name: _family(f, section, seed) for f in prompts().families}
    shares = {family.name: family.share for family in prompts().families}
    made = dict.fromkeys(streams, 0)
    while made:
        name = min(made, key=lambda each: ((made[each] + 1) / shares[each], each))
        job = next(streams[name], None)
        if job is None:
            del made[name]
        else:
            made[name] += 1
            yield job


def _family(family: Family, section: Section, seed: int) -> Iterator[Job]:
    for n, entries in enumerate(_subsets(family, section.entries, seed)):
        task = family.task(n, [entry.entity.name for entry in entries])
        source = prompts().source.replace("{title}", section.title)
        user = source.replace("{text}", section.text) + task
        messages = (Message("system", prompts().system), Message("user", user))
        request = Request(
            messages,
            max_tokens=family.tokens,
            temperature=_TEMPERATURE,
            seed=seed,
            about=section.document,
        )
        yield Job(family.name, section, entries, request)


def _subsets(family: Family, entries: tuple[Entry, ...], seed: int) -> Iterator[tuple[Entry, ...]]:
    """Yield what a family is asked about: nothing once a task, or entities."""
    if family.size == 0:
        yield from [()] * len(family.tasks)
        return
    n = len(entries)
    key = f"{seed}/{family.name}/{entries[0].entity.id if entries else ''}"
    for i in shuffled(comb(n, family.size), key):
        chosen: tuple[int, ...] = (i,)
        if family.size == 2:
            chosen = pair_at(i)
        elif family.size == 3:
            chosen = triplet_at(i)
        yield tuple(entries[place] for place in chosen)
