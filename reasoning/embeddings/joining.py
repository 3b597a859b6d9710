"""One list out of many: what texts, language models and the graph's own model put forward.

Each voice gives facts with evidence whose score is a calibrated probability. The same link from
several voices is one completion, whose probability is the noisy-or of its voices (Pearl 1988,
section 4.3.2), as for every fact of a graph (`kgkit.evidence.combine`): it takes the voices for
independent, and a voice that says little takes nothing away from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from kgkit.errors import InputError
from kgkit.evidence import Evidence, PredictionEvidence, combine
from kgkit.facts import Entity, Fact
from reasoning.embeddings.predicting.trained import TrainedModel

__all__ = ["Completion", "Completions", "join"]


@dataclass(frozen=True, slots=True)
class Completion:
    """A fact that is put forward, resting on what its voices say.

    `voices` gives for each kind of evidence ("text", "model", "prediction") its probability.
    """

    fact: Fact

    @property
    def probability(self) -> float:
        """The probability in [0, 1] that all voices together give."""
        return self.fact.confidence

    @property
    def voices(self) -> Mapping[str, float]:
        """The probability of each kind of evidence by itself, by kind."""
        kinds = sorted({piece.kind for piece in self.fact.evidence})
        return {k: combine(e for e in self.fact.evidence if e.kind == k) for k in kinds}

    def __str__(self) -> str:
        said = ", ".join(f"{kind} {share:.2f}" for kind, share in self.voices.items())
        return f"{self.fact}  {self.probability:.2f} ({said})"


@dataclass(frozen=True, slots=True, repr=False)
class Completions:
    """Completions, the most probable first. `kg.add(completions.facts)` accepts them all."""

    items: tuple[Completion, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts, each with the evidence of its voices."""
        return tuple(item.fact for item in self.items)

    def to_dict(self) -> list[dict[str, object]]:
        """Return them as plain values, ready for JSON."""
        return [
            {
                "id": item.fact.id,
                "head": item.fact.head.name,
                "relation": item.fact.relation,
                "tail": _shown(item.fact),
                "probability": item.probability,
                "voices": dict(item.voices),
            }
            for item in self.items
        ]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Completion]:
        return iter(self.items)

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "nothing to add"

    def __repr__(self) -> str:
        return f"<Completions: {len(self.items)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td style='text-align:left'>{escape(str(item.fact))}</td>"
            f"<td>{item.probability:.2f}</td><td>{escape(', '.join(item.voices))}</td></tr>"
            for item in self.items
        )
        return f"<table>{rows}</table>"


def join(
    *voices: Iterable[Fact],
    model: TrainedModel | None = None,
    known: Iterable[Fact] = (),
    least: float = 0.5,
    top: int = 100,
) -> Completions:
    """Return what these voices put forward as one list, the most probable first.

    `model` judges the links of all voices too, where it knows both ends. `known` facts, and those
    below `least`, are left out; `top` is how many there are at most. Raises `InputError` for a
    `least` outside [0, 1], a `top` below 1, or a fact without evidence.

    >>> from kgkit.evidence import ModelEvidence
    >>> ada, oslo = Entity.named("Ada", "Person"), Entity.named("Oslo", "Town")
    >>> said = Fact(ada, "BORN_IN", oslo, evidence=(ModelEvidence("lm", (), score=0.5),))
    >>> seen = Fact(ada, "BORN_IN", oslo, evidence=(PredictionEvidence("run", 0.6),))
    >>> print(join([said], [seen]))
    (Ada)-[BORN_IN]->(Oslo)  0.80 (model 0.50, prediction 0.60)
    """
    if not 0 <= least <= 1 or top < 1:
        raise InputError(f"least={least} and top={top}: expected a probability and 1 or more")
    joined: dict[str, Fact] = {}
    for fact in (fact for voice in voices for fact in voice):
        if not fact.evidence:
            raise InputError(f"{fact} has no evidence; give what it rests on")
        there = joined.get(fact.id)
        joined[fact.id] = fact if there is None else _both(there, fact.evidence)
    for fact in known:
        joined.pop(fact.id, None)
    found = list(joined.values())
    if model is not None:
        found = [_judged(fact, model.card.run, p) for fact, p in _judgements(model, found)]
    items = [Completion(fact) for fact in found]
    items = [item for item in items if item.probability >= least]
    items.sort(key=lambda item: (-item.probability, item.fact.relation, item.fact.id))
    return Completions(tuple(items[:top]))


def _judgements(model: TrainedModel, facts: Sequence[Fact]) -> Iterable[tuple[Fact, float | None]]:
    judged = model.judge_facts(facts)
    return (
        (fact, None if said is None else said.probability)
        for fact, said in zip(facts, judged, strict=True)
    )


def _judged(fact: Fact, run: str, probability: float | None) -> Fact:
    """Return the fact with what the model says of it, in the place of what it said before."""
    if probability is None:
        return fact
    others = (e for e in fact.evidence if not isinstance(e, PredictionEvidence) or e.run != run)
    return fact.with_evidence(*others, PredictionEvidence(run, probability))


def _both(fact: Fact, more: Iterable[Evidence]) -> Fact:
    return replace(fact, evidence=tuple(dict.fromkeys((*fact.evidence, *more))))


def _shown(fact: Fact) -> str:
    return fact.tail.name if isinstance(fact.tail, Entity) else str(fact.tail.value)
