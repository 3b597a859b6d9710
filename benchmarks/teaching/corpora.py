"""The three corpora that are compared, all on the same facts of the same world.

- The *source* tells every fact once, in a text for each person and place.
- *Rephrasings* tell each of these texts again and again in other words, its facts in their order.
- The *synthesised* corpus is written by kgkit's offline generator from the facts alone.

Before, every model reads the same *general* texts on other people of the same kind: statements and
answered questions, so that it knows what a question is. Questions that are measured with have
wordings of their own, which are in none of these texts (`wordings_in` counts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from random import Random

from extractors.entigraph.corpus import Corpus
from extractors.entigraph.generating.recipe import Recipe
from extractors.entigraph.synthesising import synthesise
from extractors.entigraph.view import GraphView
from extractors.worlds.bios import Attribute, BiosWorld
from extractors.worlds.bios.asking import ask_chains, ask_one
from extractors.worlds.bios.people import place_facts
from extractors.worlds.bios.telling import Manner, tell
from extractors.worlds.questions import Question
from kgkit.facts import Fact
from reasoning.teach.probing.probe import Probe

__all__ = [
    "ATTRIBUTES",
    "general",
    "make_world",
    "rephrased",
    "source",
    "synthesised",
    "wordings_in",
]

#: What is true of a person, the first so many of these; every company and city is somewhere too.
ATTRIBUTES = (
    Attribute("WORKS_FOR", "Company", 16),
    Attribute("BORN_IN", "City", 20),
    Attribute("STUDIED_AT", "University", 20),
)

#: Forms that tell a fact in few words: a tiny model reads few of them.
_RECIPE = Recipe({"question": 0.5, "statement": 0.25, "path": 0.25})
#: Other people, texts on each of them, and versions of each text among the rephrasings.
_OTHERS, _TEXTS, _VERSIONS = 40, 3, 24


def make_world(seed: int, people: int, attributes: int = 1) -> BiosWorld:
    """Return a world with other people beside, who are in none of its documents."""
    chosen = ATTRIBUTES[:attributes]
    return BiosWorld.make(seed, people=people, attributes=chosen, unseen=_OTHERS)


def general(world: BiosWorld) -> list[str]:
    """Return texts on the other people: statements, and questions with answers."""
    rng = Random(f"general {world.seed}")
    places = place_facts(world.attributes)
    manner = Manner(shuffled=True)
    texts = []
    for n, one in enumerate(world.unseen):
        for v in range(_TEXTS):
            page = tell(f"others/{n}-{v}.txt", one.facts, Random(f"{world.seed} {n} {v}"), manner)
            texts.append(page.document.text)
        for _ in range(_TEXTS - 1):
            asked = [ask_one(fact, rng, "train") for fact in one.facts]
            texts.append("\n".join(map(_answered, asked)))
        chains = ask_chains([one.person], [*one.facts, *places], rng, "train", (2,))
        texts += map(_answered, chains)
    return texts


def source(world: BiosWorld) -> list[str]:
    """Return the documents of the world: every fact once."""
    return [document.text for document in world.documents]


def rephrased(world: BiosWorld) -> list[str]:
    """Return the documents of the world in other words, many times."""
    places = [fact for fact in world.facts if fact.head.type != "Person"]
    texts = []
    for version in range(_VERSIONS):
        texts += [document.text for document in world.retell(version)]
        texts += [_sentence(fact, f"{world.seed} {version}") for fact in places]
    return texts


def synthesised(world: BiosWorld, tokens: int) -> Corpus:
    """Return what the offline generator writes on the facts of the world."""
    view = GraphView.of(world.facts)
    return synthesise(view, tokens=tokens, seed=world.seed, recipe=_RECIPE)


def wordings_in(texts: Iterable[str], probes: Sequence[Probe], names: Iterable[str]) -> int:
    """Return how many wordings of the probes, names left out, are in some text."""
    known = sorted({*names}, key=lambda name: (-len(name), name))
    blank = re.compile("|".join(map(re.escape, known)))
    wanted = {blank.sub("_", probe.question) for probe in probes}
    whole = "\n".join(blank.sub("_", text) for text in texts)
    return sum(wording in whole for wording in wanted)


def _answered(question: Question) -> str:
    return f"Question: {question.text}\nAnswer: {question.answers[0]}."


def _sentence(fact: Fact, seed: str) -> str:
    return tell("place.txt", [fact], Random(f"{seed} {fact.id}"), Manner()).document.text
