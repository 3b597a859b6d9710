"""Questions of one to four steps about a world of biographies, and some that it cannot answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from extractors.worlds.bios.telling import said
from extractors.worlds.bios.wording import NOUNS, WORDINGS, chain_forms
from extractors.worlds.names import Split
from extractors.worlds.questions import Question
from kgkit.facts import Entity, Fact

__all__ = ["ask_chains", "ask_nothing", "ask_one"]

#: Steps of a question at most.
_MOST = 4


def ask_one(fact: Fact, rng: Random, split: Split) -> Question:
    """Return a question whose answer is the tail of a fact."""
    form = rng.choice(WORDINGS[fact.relation].asked[split])
    return Question(_put(form, fact.head), (said(fact.tail),), (fact.id,))


def ask_chains(
    heads: Iterable[Entity],
    facts: Iterable[Fact],
    rng: Random,
    split: Split = "held_out",
    steps: Iterable[int] = (2, 3, 4),
) -> list[Question]:
    """Return all chains of so many steps (at most 4) that begin at these heads; `support` has a
    fact for each step. Every relation is taken to have one tail."""
    of: dict[str, list[Fact]] = {}
    for fact in facts:
        of.setdefault(fact.head.id, []).append(fact)
    wanted = set(steps)
    link, thing, person = chain_forms(split)
    asked = []
    for head in heads:
        ways: list[tuple[Fact, ...]] = [(fact,) for fact in of.get(head.id, ())]
        while ways:
            asked += [
                _chain(way, link, person if _person(way[-1]) else thing)
                for way in ways
                if len(way) in wanted
            ]
            ways = [(*way, fact) for way in ways if len(way) < _MOST for fact in _next(way, of)]
    rng.shuffle(asked)
    return asked


def ask_nothing(
    known: Iterable[Fact], unseen: Iterable[Fact], rng: Random, split: Split = "held_out"
) -> list[Question]:
    """Return questions that no text answers: on people who are in none (`unseen`), and on a
    relation that a known person has nothing of."""
    asked = [ask_one(fact, rng, split) for fact in unseen]
    told: dict[str, set[str]] = {}
    heads: dict[str, Entity] = {}
    for fact in known:
        told.setdefault(fact.head.id, set()).add(fact.relation)
        heads[fact.head.id] = fact.head
    relations = sorted({relation for own in told.values() for relation in own})
    kinds = {r: {heads[h].type for h, own in told.items() if r in own} for r in relations}
    for id, head in heads.items():
        for relation in relations:
            if relation not in told[id] and head.type in kinds[relation]:
                form = rng.choice(WORDINGS[relation].asked[split])
                asked.append(Question(_put(form, head), (), ()))
    return [Question(question.text, (), ()) for question in asked]


def _put(form: str, head: Entity) -> str:
    return form.replace("{h's}", f"{head.name}'s").replace("{h}", head.name)


def _chain(way: tuple[Fact, ...], link: str, last: str) -> Question:
    words = way[0].head.name
    for fact in way[:-1]:
        words = link.format(of=NOUNS[fact.relation], x=words)
    text = last.format(of=NOUNS[way[-1].relation], x=words)
    return Question(text, (said(way[-1].tail),), tuple(fact.id for fact in way))


def _next(way: tuple[Fact, ...], of: Mapping[str, list[Fact]]) -> list[Fact]:
    tail = way[-1].tail
    seen = {fact.head.id for fact in way}
    if not isinstance(tail, Entity) or tail.id in seen:
        return []
    return of.get(tail.id, [])


def _person(fact: Fact) -> bool:
    return isinstance(fact.tail, Entity) and fact.tail.type == "Person"
