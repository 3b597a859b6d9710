"""The forms of offline texts: each tells what its subset holds and nothing else.

A form is a function (speaker, asker, subset, random numbers) -> draft, or None where the subset
gives no text of that form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from extractors.entigraph.generating.asking import Asker
from extractors.entigraph.generating.speaking import Speaker, close, pick
from extractors.entigraph.subsets import Subset
from extractors.entigraph.wording.grammar import grammar
from kgkit.facts import Entity, Fact

__all__ = [
    "FORMS",
    "Draft",
    "Form",
    "chat",
    "comparison",
    "path",
    "profile",
    "question",
    "relation",
    "statement",
]

#: At most so many facts on one entity in a text.
_PROFILE, _RELATION, _ASKED = 10, 4, 5
#: How often facts of one head share a sentence, and two facts of any.
_WOVEN, _JOINED = 0.35, 0.15


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with the entities that it is about, and the ids of the facts that it tells."""

    text: str
    entities: tuple[str, ...]
    facts: tuple[str, ...]


#: What makes a text of a subset.
Form = Callable[[Speaker, Asker, Subset, Random], Draft | None]


def statement(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell one fact in several ways."""
    fact = _facts(speaker, subset.entities[0], subset.facts)[0]
    opening = pick(rng, grammar().openings["statement"])
    told = [speaker.sentence(fact, rng) for _ in range(3 + int(rng.random() * 3))]
    told = list(dict.fromkeys(told))
    return Draft(" ".join(([opening] if opening else []) + told), subset.entities, (fact.id,))


def profile(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell what is known about an entity."""
    id = subset.entities[0]
    facts = _some(speaker.index.of[id], _PROFILE, rng)
    opening = _opening("profile", speaker, (id,), rng)
    return Draft(opening + _prose(speaker, facts, rng), (id,), _ids(facts))


def relation(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell two entities one after the other, then what joins them."""
    one, other = subset.entities[0], subset.entities[-1]
    between = [fact for fact in speaker.index.of[one] if fact.id in set(subset.facts)]
    between += [fact for fact in speaker.index.of[other] if fact.id in set(subset.facts)]
    between = _some(list(dict.fromkeys(between)), _RELATION, rng)
    told = list(between)
    parts = []
    for id in (one, other):
        own = [fact for fact in speaker.index.of[id] if fact not in told]
        own = _some(own, _RELATION, rng)
        told += own
        parts.append(_prose(speaker, own, rng))
    joint = _prose(speaker, between, rng)
    if len(subset.entities) > 2:
        joint = f"{joint} {_link(speaker, subset.entities, rng)}"
    parts.insert(0 if rng.random() < 0.5 else 2, joint)
    opening = _opening("relation", speaker, (one, other), rng)
    return Draft(opening + " ".join(filter(None, parts)), subset.entities, _ids(told))


def path(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell a chain of facts from the first entity to the last."""
    chain = subset.entities
    if len(chain) < 2:
        return None
    steps = pairwise(chain)
    facts = [pick(rng, speaker.index.joining(a, b)) for a, b in steps]
    parts = [speaker.sentence(fact, rng) for fact in facts]
    parts += [_link(speaker, chain[i : i + 3], rng) for i in range(len(chain) - 2)]
    for inner, outer in pairwise(facts):
        through = _chain(speaker, inner, outer, rng)
        parts += [through] if through else []
    opening = _opening("path", speaker, (chain[0], chain[-1]), rng)
    return Draft(opening + " ".join(parts), chain, _ids(facts))


def question(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Ask and answer what is known about an entity."""
    id = subset.entities[0]
    facts = _some(speaker.index.of[id], _ASKED, rng)
    lead, reply = grammar().turns["question"]
    lines: list[str] = []
    told: list[str] = []
    for fact in facts:
        asked = asker.ask(fact, rng, backwards=rng.random() < 0.4)
        lines.append(f"{lead}{asked.question}\n{reply}{asked.answer}")
        told += asked.facts
    opening = pick(rng, grammar().openings["question"]).replace("{a}", speaker.name(id))
    text = "\n".join([opening, *lines] if opening else lines)
    return Draft(text, (id,), tuple(dict.fromkeys(told)))


def chat(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell an entity to a user who asks on."""
    id = subset.entities[0]
    facts = _some(speaker.index.of[id], _ASKED, rng)
    user, assistant = grammar().turns["chat"]
    first = facts[: max(1, len(facts) // 2)]
    tell = pick(rng, grammar().tell).replace("{a}", speaker.name(id))
    lines = [f"{user}{tell}\n{assistant}{_prose(speaker, first, rng)}"]
    told = [fact.id for fact in first]
    for fact in facts[len(first) :]:
        asked = asker.ask(fact, rng, backwards=rng.random() < 0.3)
        lines.append(f"{user}{asked.question}\n{assistant}{asked.answer}")
        told += asked.facts
    return Draft("\n".join(lines), (id,), tuple(dict.fromkeys(told)))


def comparison(speaker: Speaker, asker: Asker, subset: Subset, rng: Random) -> Draft | None:
    """Tell what two entities share and where they differ."""
    from extractors.entigraph.generating.comparing import compare

    one, other = subset.entities
    told, parts = compare(speaker, one, other, rng)
    if not parts:
        return None
    opening = _opening("comparison", speaker, (one, other), rng)
    return Draft(opening + " ".join(parts), subset.entities, _ids(told))


#: The built-in forms.
FORMS: Mapping[str, Form] = {
    "chat": chat,
    "comparison": comparison,
    "path": path,
    "profile": profile,
    "question": question,
    "relation": relation,
    "statement": statement,
}


def _prose(speaker: Speaker, facts: Sequence[Fact], rng: Random) -> str:
    """Return facts as sentences, some of them woven into one."""
    parts = []
    at = 0
    while at < len(facts):
        fact, rest = facts[at], facts[at + 1 :]
        chance = rng.random()
        if rest and chance < _WOVEN and speaker.weaves(fact):
            run = [fact]
            for other in rest[:2]:
                if other.head.id == fact.head.id and speaker.weaves(other):
                    run.append(other)
                else:
                    break
            parts.append(speaker.woven(run, rng))
            at += len(run)
        elif rest and chance > 1 - _JOINED:
            parts.append(speaker.joined(fact, rest[0], rng))
            at += 2
        else:
            parts.append(speaker.sentence(fact, rng))
            at += 1
    return " ".join(parts)


def _link(speaker: Speaker, chain: Sequence[str], rng: Random) -> str:
    first, middle, last = (speaker.name(id) for id in chain[:3])
    said = pick(rng, grammar().links)
    return close(said.replace("{a}", first).replace("{b}", last).replace("{m}", middle))


def _chain(speaker: Speaker, inner: Fact, outer: Fact, rng: Random) -> str:
    """Return two facts as one: "the country of the birthplace of Ada is England"; or ""."""
    if not isinstance(inner.tail, Entity) or inner.tail.id != outer.head.id:
        return ""
    one, two = speaker.spoken(inner), speaker.spoken(outer)
    named = one.phrasing.saying.noun and two.phrasing.saying.noun
    if not named or not (one.phrasing.single and two.phrasing.single) or one.note or two.note:
        return ""
    said = pick(rng, grammar().chains).replace("{inner}", one.phrasing.saying.noun)
    said = said.replace("{outer}", two.phrasing.saying.noun)
    return close(said.replace("{h}", one.head).replace("{t}", pick(rng, two.tails)))


def _opening(form: str, speaker: Speaker, ids: Sequence[str], rng: Random) -> str:
    said = pick(rng, grammar().openings[form]).replace("{a}", speaker.name(ids[0]))
    if len(ids) > 1:
        said = said.replace("{b}", speaker.name(ids[1]))
    return said + ("\n" if said[-1:] not in ".?" else " ") if said else ""


def _facts(speaker: Speaker, id: str, wanted: Sequence[str]) -> list[Fact]:
    return [fact for fact in speaker.index.of[id] if fact.id in wanted]


def _some(facts: Sequence[Fact], most: int, rng: Random) -> list[Fact]:
    """Return the facts in any order, at most so many of them."""
    if len(facts) > most:
        return rng.sample(facts, most)
    found = list(facts)
    rng.shuffle(found)
    return found


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.id for fact in facts))
