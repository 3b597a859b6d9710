"""False sentences, made of true ones of a world in ways that texts go wrong."""

from __future__ import annotations

from random import Random

from extractors.entigraph.generating.speaking import Speaker, close
from extractors.entigraph.wording.values import kind_of, written
from extractors.worlds.names import Split
from extractors.worlds.templates import TEMPLATES
from kgkit.facts import Entity, Fact, Literal

__all__ = ["WAYS", "planted", "reworded", "true_reworded"]

#: In what way a sentence is false.
WAYS = ("tail", "head", "relation", "direction", "value", "denied")

#: Relations that hold either way round.
_SYMMETRIC = ("MARRIED_TO", "KNOWS")


def planted(speaker: Speaker, rng: Random, way: str) -> str | None:
    """Return a sentence of the grammar that is false in one way, or None where a draw fails.

    "tail" and "head" take another entity or value of the same kind, "relation" says another one
    of the same two, "direction" changes their places, "value" makes up a year or number, and
    "denied" says that it is not so.
    """
    fact = speaker.index.facts[int(rng.random() * len(speaker.index.facts))]
    wrong = _wrong(speaker, fact, rng, way)
    if way == "denied":
        return close(f"it is not true that {speaker.clause(fact, rng)}")
    if wrong is None or _holds(speaker, wrong):
        return None
    phrasing = speaker.phrasings.get((wrong.relation, kind_of(wrong.tail)))
    if phrasing is None:
        return None
    clause = rng.choice(phrasing.clauses)
    return close(clause.say(written(wrong.head)[0], rng.choice(written(wrong.tail))))


def reworded(speaker: Speaker, rng: Random, split: Split, way: str) -> str | None:
    """Return a false sentence in a wording of the world that the grammar does not have."""
    fact = speaker.index.facts[int(rng.random() * len(speaker.index.facts))]
    wrong = _wrong(speaker, fact, rng, way)
    if wrong is None or _holds(speaker, wrong) or wrong.relation not in TEMPLATES:
        return None
    return _worded(wrong, rng, split)


def true_reworded(speaker: Speaker, rng: Random, split: Split) -> str:
    """Return a true sentence in a wording that the grammar does not have."""
    fact = speaker.index.facts[int(rng.random() * len(speaker.index.facts))]
    return _worded(fact, rng, split)


def _worded(fact: Fact, rng: Random, split: Split) -> str:
    text = rng.choice(TEMPLATES[fact.relation][split])
    head = written(fact.head)[0]
    text = text.replace("{H's}", f"{head}'s").replace("{H}", head).replace("{h}", head)
    return text.replace("{T}", rng.choice(written(fact.tail)))


def _wrong(speaker: Speaker, fact: Fact, rng: Random, way: str) -> Fact | None:
    facts = speaker.index.facts
    other = facts[int(rng.random() * len(facts))]
    if way == "relation":
        return Fact(fact.head, other.relation, fact.tail)
    if way == "direction":
        return Fact(fact.tail, fact.relation, fact.head) if isinstance(fact.tail, Entity) else None
    if way == "value":
        return (
            Fact(fact.head, fact.relation, _made_up(fact.tail, rng)) if not fact.is_edge else None
        )
    if (other.relation, kind_of(other.tail)) != (fact.relation, kind_of(fact.tail)):
        return None
    if way == "head":
        return Fact(other.head, fact.relation, fact.tail)
    return Fact(fact.head, fact.relation, other.tail)


def _made_up(value: Entity | Literal, rng: Random) -> Literal:
    assert isinstance(value, Literal)
    if value.datatype == "integer":
        return Literal(rng.randrange(1000, 10**7), "integer")
    if value.datatype == "gYear":
        return Literal(rng.randrange(1500, 1800), "gYear")
    from datetime import date

    return Literal(date(rng.randrange(1500, 1800), rng.randrange(1, 13), 5), "date")


def _holds(speaker: Speaker, fact: Fact) -> bool:
    """Whether a fact that says the same is in the index, the namesakes of its ends included."""
    head = written(fact.head)[0]
    tails = set(written(fact.tail))
    for known in speaker.index.facts:
        if known.relation != fact.relation:
            continue
        ours, theirs = written(known.head)[0], set(written(known.tail))
        if ours == head and tails & theirs:
            return True
        if known.relation in _SYMMETRIC and head in theirs and ours in tails:
            return True
    return False
