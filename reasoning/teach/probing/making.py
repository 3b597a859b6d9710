"""Probes of a graph's facts: one, and chains of two, each in a wording held out of all texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from extractors.worlds.bios.telling import said
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact
from reasoning.teach.probing.probe import Probe
from reasoning.teach.probing.wording import chain_question, tail_questions, to_prompt

__all__ = ["chain_probes", "fact_probes", "observed", "put", "tails"]


def fact_probes(
    facts: Iterable[Fact],
    *,
    candidates: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
    kind: str = "direct",
) -> list[Probe]:
    """Return a probe for each head and relation of asserted facts, in the order of the facts.

    All tails that the facts give are right. `candidates` are the values of each relation
    (default: those that occur). Raises `InputError` where they leave out a right one.
    """
    stated = [fact for fact in facts if fact.is_asserted]
    values = {**observed(stated), **(candidates or {})}
    of = tails(stated)
    rng = Random(f"probes {seed}")
    made: dict[tuple[str, str], Probe] = {}
    for fact in stated:
        key = fact.head.id, fact.relation
        if key in made:
            continue
        form = rng.choice(tail_questions(fact.relation, fact.predicate))
        right = tuple(dict.fromkeys(said(own.tail) for own in of[key]))
        made[key] = _probe(put(form, fact.head), right, values[fact.relation], of[key], kind)
    return list(made.values())


def chain_probes(
    facts: Iterable[Fact],
    *,
    candidates: Mapping[str, Sequence[str]] | None = None,
    most: int | None = None,
    seed: int = 0,
) -> list[Probe]:
    """Return probes over two facts, the tail of the first being the head of the second.

    Both have one tail only. `most` probes are drawn (default: all, in the order of the facts).
    """
    stated = [fact for fact in facts if fact.is_asserted]
    values = {**observed(stated), **(candidates or {})}
    of = tails(stated)
    ways = list(_ways(stated, of))
    if most is not None and most < len(ways):
        ways = Random(f"chains {seed}").sample(ways, most)
    return [
        _probe(
            put(chain_question(first.relation, second.relation), first.head),
            (said(second.tail),),
            values[second.relation],
            [first, second],
            "chain",
        )
        for first, second in ways
    ]


def observed(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """Return the different values of each relation, sorted."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        found.setdefault(fact.relation, set()).add(said(fact.tail))
    return {relation: tuple(sorted(values)) for relation, values in found.items()}


def tails(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts of each head (by id) and relation."""
    of: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        of.setdefault((fact.head.id, fact.relation), []).append(fact)
    return of


def put(form: str, head: Entity) -> str:
    """Return a form with a head's name in it.

    >>> put("What is {h's} major?", Entity.named("Ada"))
    "What is Ada's major?"
    """
    return form.replace("{h's}", f"{head.name}'s").replace("{h}", head.name)


def _ways(
    facts: Iterable[Fact], of: Mapping[tuple[str, str], Sequence[Fact]]
) -> Iterator[tuple[Fact, Fact]]:
    by_head: dict[str, list[Fact]] = {}
    for (head, _), own in of.items():
        if len(own) == 1:
            by_head.setdefault(head, []).append(own[0])
    for first in facts:
        tail = first.tail
        if not isinstance(tail, Entity) or len(of[first.head.id, first.relation]) > 1:
            continue
        for second in by_head.get(tail.id, ()):
            if getattr(second.tail, "id", "") != first.head.id:
                yield first, second


def _probe(
    question: str, right: Sequence[str], values: Sequence[str], facts: Sequence[Fact], kind: str
) -> Probe:
    missing = [answer for answer in right if answer not in values]
    if missing:
        raise InputError(f"{missing[0]!r} answers {question!r} and is no candidate; add it")
    ids = tuple(fact.id for fact in facts)
    relation = facts[-1].relation
    prompt = to_prompt(question)
    return Probe(prompt, tuple(right), tuple(values), relation, ids, kind, question=question)
