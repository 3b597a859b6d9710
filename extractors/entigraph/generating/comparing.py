"""What two entities share, and where they differ."""

from __future__ import annotations

from random import Random

from extractors.entigraph.generating.speaking import Speaker, close, pick
from extractors.entigraph.wording.grammar import grammar
from extractors.entigraph.wording.values import comparable
from kgkit.facts import Entity, Fact

__all__ = ["compare"]

#: At most so many relations of both are compared.
_MOST = 5


def compare(speaker: Speaker, one: str, other: str, rng: Random) -> tuple[list[Fact], list[str]]:
    """Return the facts told and sentences that compare two entities; none where they have no
    relation in common."""
    ours, theirs = _by_relation(speaker, one), _by_relation(speaker, other)
    common = sorted(ours.keys() & theirs.keys())
    if len(common) > _MOST:
        common = rng.sample(common, _MOST)
    told: list[Fact] = []
    parts = []
    for key in common:
        a, b = pick(rng, ours[key]), pick(rng, theirs[key])
        told += [a, b]
        parts.append(_pair(speaker, a, b, rng))
    return told, parts


def _pair(speaker: Speaker, a: Fact, b: Fact, rng: Random) -> str:
    same = _same(a, b)
    said, beside = speaker.spoken(a), speaker.spoken(b)
    noun = said.phrasing.saying.noun
    plain = noun and not said.note and not beside.note and rng.random() < 0.6
    if same and plain:
        sentence = pick(rng, grammar().shared).replace("{noun}", noun).replace("{a}", said.head)
        return close(sentence.replace("{b}", beside.head).replace("{t}", pick(rng, said.tails)))
    order = _order(a, b)
    if plain and order and said.phrasing.single:
        sentence = pick(rng, grammar().ordered[order]).replace("{noun}", noun)
        for slot, words in (("a", said.head), ("b", beside.head)):
            sentence = sentence.replace(f"{{{slot}}}", words)
        first, second = pick(rng, said.tails), pick(rng, beside.tails)
        return close(sentence.replace("{x}", first).replace("{y}", second))
    return speaker.joined(a, b, rng, contrast=not same)


def _order(a: Fact, b: Fact) -> str:
    one, other = comparable(a.tail), comparable(b.tail)
    if one is None or other is None or one[0] != other[0] or one[1] == other[1]:
        return ""
    less = one[1] < other[1]
    if one[0] == "day" or one[0].startswith("gYear"):
        return "earlier" if less else "later"
    return "smaller" if less else "larger"


def _same(a: Fact, b: Fact) -> bool:
    if isinstance(a.tail, Entity) or isinstance(b.tail, Entity):
        return isinstance(a.tail, Entity) and isinstance(b.tail, Entity) and a.tail.id == b.tail.id
    return a.tail.canonical() == b.tail.canonical()


def _by_relation(speaker: Speaker, id: str) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in speaker.index.of[id]:
        if fact.head.id == id:
            kind = speaker.spoken(fact).phrasing.kind
            found.setdefault((fact.relation, kind), []).append(fact)
    return found
