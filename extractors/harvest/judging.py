"""How much a model believes tuples of a relation: scores, what speaks against, a probability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.facts import to_fact
from extractors.harvest.rivals import log_shares
from extractors.harvest.scoring import score
from extractors.harvest.wording.evidence import slot_logs
from kgkit.evidence import ModelEvidence

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Asked, Inquiry
    from extractors.harvest.prompt import WeightedPrompt
    from extractors.harvest.scoring import Score
    from kgkit.facts import Fact

__all__ = ["Judged", "fact_of", "judge", "judged_facts", "links_of"]

#: So many tuples are scored together; found ones are held back until there are as many.
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Judged:
    """A tuple, how it scores, and the `probability` in [0, 1] that it is true.

    `strength` is by how much it falls short of the seeds, in nats (`extractors.harvest.belief`).
    """

    entities: tuple[str, ...]
    score: Score
    strength: float
    probability: float


def judge(inquiry: Inquiry, tuples: Sequence[tuple[str, ...]]) -> list[Judged]:
    """Return how each tuple scores, in the order given.

    Raises `InputError` for a tuple that does not fit the relation or the model's pieces.
    """
    if not tuples:
        return []
    scores, links = links_of(inquiry.asked, tuples)
    strengths = inquiry.belief.strengths(links)
    sure = np.array(inquiry.belief.probabilities(links))
    if inquiry.asked.has_one_tail:
        # Of tails that exclude each other, each can have its share at most.
        sure *= np.exp(links[:, -1])
    return [
        Judged(own.entities, own, float(strength), round(float(probability), 4))
        for own, strength, probability in zip(scores, strengths, sure, strict=True)
    ]


def judged_facts(inquiry: Inquiry, found: Iterable[tuple[str, ...]]) -> Iterator[Fact]:
    """Yield found tuples as facts in the same order; a few are judged at a time."""
    waiting = iter(found)
    while batch := tuple(islice(waiting, _BATCH)):
        yield from (fact_of(inquiry, judged) for judged in judge(inquiry, batch))


def fact_of(inquiry: Inquiry, judged: Judged) -> Fact:
    """Return the fact that a judged tuple states, with the model's belief as its evidence."""
    evidence = ModelEvidence(
        inquiry.source,
        tuple(item.prompt.text for item in inquiry.asked.prompts),
        judged.score.per_prompt,
        judged.probability,
    )
    return to_fact(inquiry.asked.relation, judged.entities, evidence)


def links_of(
    asked: Asked, tuples: Sequence[tuple[str, ...]]
) -> tuple[list[Score], NDArray[np.float64]]:
    """Return the scores of tuples, and their links [n, links] as `extractors.harvest.belief` has
    them: one for each slot, the mutual information, the round trip, the denial and, last, the log
    of the share beside other tails, as far as the relation has such prompts and is functional."""
    scores = score(asked.probe, asked.prompts, tuples)
    texts = [item.prompt for item in asked.prompts]
    weights = np.array([item.weight for item in asked.prompts])
    slots = np.tensordot(weights, slot_logs(asked.probe, texts, tuples), axes=1)
    links = [slots]
    values = np.array([one.value for one in scores])
    if asked.relation.arity > 1:
        links.append(np.array([[one.pmi] for one in scores]))
    if asked.inverse:
        links.append(_values(asked, asked.inverse, tuples)[:, None])
    if asked.negative:
        links.append((values - _values(asked, asked.negative, tuples))[:, None])
    if asked.has_one_tail:
        links.append(log_shares(asked, tuples)[:, None])
    return scores, np.concatenate(links, axis=1).round(4)


def _values(
    asked: Asked, prompts: Sequence[WeightedPrompt], tuples: Sequence[tuple[str, ...]]
) -> NDArray[np.float64]:
    return np.array([found.value for found in score(asked.probe, prompts, tuples)])
