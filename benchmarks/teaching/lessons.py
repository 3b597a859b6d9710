"""One seed of the comparison: a model reads general texts, and copies of it one corpus each."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.teaching.corpora import general, make_world, rephrased, source, synthesised
from extractors.worlds.bios import BiosWorld
from reasoning.teach.capacity import capacity
from reasoning.teach.probing.choosing import choose
from reasoning.teach.probing.making import chain_probes, fact_probes
from reasoning.teach.probing.probe import Answer, Probe
from reasoning.teach.reports import accuracy, by_group
from reasoning.teach.training.course import Course
from reasoning.teach.training.teaching import Step, teach
from reasoning.teach.training.tiny import tiny_model, tiny_tokenizer
from reasoning.teach.worlds import name_loss, prior_bits, told_by

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["ARMS", "Plan", "lessons", "probes_of"]

#: What a model reads, by the name that the figures use.
ARMS = ("source", "rephrase", "synthesised")
#: Pieces of the tokenizer, and points of the curve.
_PIECES, _POINTS = 800, 8
#: Tokens of a block.
_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the comparison is: people and attributes of each, tokens of the general texts and
    of each corpus, and probes over two facts (those over one are all asked)."""

    people: int = 200
    attributes: int = 1
    general: int = 120_000
    tokens: int = 250_000
    chains: int = 200

    def world(self, seed: int) -> BiosWorld:
        """Return the world of a seed."""
        return make_world(seed, self.people, self.attributes)

    def first_course(self, seed: int) -> Course:
        """Return the course over the general texts."""
        return Course(tokens=self.general, rate=1e-2, batch=8, length=_LENGTH, seed=seed)

    def course(self, seed: int) -> Course:
        """Return the course over a corpus."""
        own = Course(tokens=self.tokens, rate=5e-3, batch=4, length=_LENGTH, seed=seed)
        return replace(own, replay=0.2)


def probes_of(world: BiosWorld, chains: int) -> list[Probe]:
    """Return a question on each attribute of each person, and so many over two facts of them."""
    candidates = dict(world.candidates())
    own = [fact for one in world.people for fact in one.facts]
    places = [fact for fact in world.facts if fact.head.type != "Person"]
    ids = {fact.id for fact in own}
    chained = chain_probes([*own, *places], candidates=candidates, seed=world.seed)
    two = [probe for probe in chained if probe.facts[0] in ids]
    one = fact_probes(own, candidates=candidates, seed=world.seed)
    step = max(1, len(two) // chains)
    return [*one, *two[::step][:chains]]


def lessons(seed: int, plan: Plan, arms: Sequence[str] = ARMS) -> Iterator[dict[str, object]]:
    """Yield what a model knows after reading each corpus, at equal tokens."""
    world = plan.world(seed)
    corpus = synthesised(world, 2 * plan.tokens)
    texts = {
        "source": source(world),
        "rephrase": rephrased(world),
        "synthesised": [text.text for text in corpus],
    }
    before = general(world)
    tokenizer = tiny_tokenizer([*before, *(t for own in texts.values() for t in own)], _PIECES)
    probes = probes_of(world, plan.chains)
    model = tiny_model(tokenizer, width=96, length=128, seed=seed)
    teach(model, tokenizer, before, plan.first_course(seed))
    for arm in arms:
        own = copy.deepcopy(model)
        curve = _Curve(tokenizer, probes) if arm == "synthesised" else None
        course = plan.course(seed)
        lesson = teach(
            own,
            tokenizer,
            texts[arm],
            course,
            replay=before,
            progress=curve,
            every=max(1, plan.tokens // (course.batch * course.length * _POINTS)) if curve else 0,
        )
        record = _figures(choose(own, tokenizer, probes))
        record |= {"seed": seed, "arm": arm, "tokens": lesson.tokens, "cpu": lesson.seconds}
        if curve is not None:
            record |= {"curve": curve.points, **_bits(own, tokenizer, world)}
        yield record


class _Curve:
    """Asks a part of the probes as a course goes on."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, probes: Sequence[Probe]) -> None:
        self.points: list[tuple[int, float]] = []
        self._tokenizer = tokenizer
        self._probes = probes[::4]
        self.seconds = 0.0

    def __call__(self, step: Step) -> None:
        began = time.process_time()
        known = accuracy(choose(step.model, self._tokenizer, self._probes))
        self.points.append((step.tokens, round(100 * known.share, 2)))
        self.seconds += time.process_time() - began


def _figures(answers: Sequence[Answer]) -> dict[str, object]:
    kinds = by_group(answers, lambda answer: answer.probe.kind)
    figures: dict[str, object] = {"accuracy": round(100 * accuracy(answers).share, 2)}
    return figures | {kind: round(100 * found.share, 2) for kind, found in kinds.items()}


def _bits(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, world: BiosWorld
) -> dict[str, object]:
    found = capacity(model, tokenizer, told_by(world), prior_bits(world), name_loss(world))
    return {
        "bits": round(found.bits, 1),
        "gold_bits": round(found.most, 1),
        "parameters": found.parameters,
    }
