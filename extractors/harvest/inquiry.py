"""An inquiry: a relation made ready to be asked of one model.

Prompts are made where there are none, weighed by the seeds, and what a score is worth is learnt
from the seeds too, once for all modes of harvesting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractors.harvest.belief import Belief, learn_belief, recombined
from extractors.harvest.facts import predicate_name
from extractors.harvest.judging import links_of
from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from extractors.harvest.rivals import rivals
from extractors.harvest.search.words import folded
from extractors.harvest.wording import make_prompts, weigh
from extractors.harvest.wording.corrupting import corrupted, favourites
from kgkit.errors import InputError
from kgkit.ids import content_id

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe
    from extractors.harvest.relation import Relation
    from extractors.harvest.search import Space
    from kgkit.models.lm import LanguageModel

__all__ = ["Asked", "Inquiry", "prepare"]

#: How many prompts are made at most, before they are weighed.
_MOST_PROMPTS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom: a probe, a relation and its weighed prompts."""

    probe: Probe
    relation: Relation
    prompts: tuple[WeightedPrompt, ...]
    inverse: tuple[WeightedPrompt, ...] = ()
    negative: tuple[WeightedPrompt, ...] = ()

    @property
    def has_one_tail(self) -> bool:
        """Whether a head has one tail only, so that tails exclude each other."""
        return self.relation.functional and self.relation.arity == 2


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A relation ready to be asked, and the `belief` that makes probabilities of what is found.

    `run` names the harvest: facts are signed "model#run", so that it can be withdrawn as a whole.
    `space` narrows or widens what is searched; `progress` is called while it is.
    """

    asked: Asked
    belief: Belief
    run: str
    space: Space | None = None
    progress: Callable[..., object] | None = None

    @property
    def relation(self) -> Relation:
        """The relation that is asked for."""
        return self.asked.relation

    @property
    def source(self) -> str:
        """Who says so: the model and the run, as evidence names it."""
        return f"{self.asked.probe.name}#{self.run}"

    @property
    def key(self) -> str:
        """A hash of all that shapes what is found (32 hex digits)."""
        asked = self.asked
        weighed = [[item.prompt.text, round(item.weight, 6)] for item in asked.prompts]
        others = [item.prompt.text for item in (*asked.inverse, *asked.negative)]
        parts = [self.source, weighed, others, repr(self.relation), repr(self.belief)]
        return content_id("inquiry", *parts, repr(self.space))


def prepare(
    probe: Probe,
    relation: Relation,
    *,
    lm: LanguageModel | None = None,
    texts: Iterable[str] = (),
    run: str = "",
    space: Space | None = None,
    progress: Callable[..., object] | None = None,
) -> Inquiry:
    """Return the inquiry for a relation: prompts made, weighed and validated, belief learnt.

    `lm` words further prompts and `texts` are searched for patterns. `run` is made of the name
    and a hash of what is asked where it is not given, so that asking the same again is the same
    harvest. Seeds that the model cannot write are left out. Raises `InputError` for a relation with
    neither prompts nor seeds.
    """
    if not relation.prompts and not relation.seeds:
        raise InputError(
            f"the relation {relation.name!r} has neither prompts nor seeds; give a prompt such as "
            "'{0} directed {1}.' or a few true examples"
        )
    seeds = [seed for seed in relation.seeds if _is_writable(probe, seed)]
    made = make_prompts(relation, lm=lm, texts=tuple(texts), n=_MOST_PROMPTS)
    asked = Asked(
        probe,
        relation,
        normalised(weigh(probe, made, relation) if seeds else made),
        _weighed(relation.inverse_prompts),
        _weighed(relation.negative_prompts),
    )
    return Inquiry(asked, _belief(asked, seeds), run or _run_name(asked), space, progress)


def _belief(asked: Asked, seeds: Sequence[tuple[str, ...]]) -> Belief:
    """Return what tells seeds from false tuples; the prior where there is no seed."""
    if not seeds:
        return Belief(())
    extra = favourites(asked.probe, [item.prompt for item in asked.prompts])
    false = [row for rows in corrupted(seeds, extra) for row in rows]
    false = [row for row in (*false, *recombined(seeds)) if _is_writable(asked.probe, row)]
    false += _second_best(asked, seeds)
    _, links = links_of(asked, [*seeds, *false])
    return learn_belief(*np.split(links, [len(seeds)]))


def _second_best(asked: Asked, seeds: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the best tails that are not the seeds', where a head has one tail only.

    They are the false tuples that are hardest to tell from true ones.
    """
    if not asked.has_one_tail:
        return []
    found = ((head, tail, rivals(asked, head)) for head, tail in seeds)
    return [
        (head, next(other for other, _ in others if folded(other) != folded(tail)))
        for head, tail, others in found
        if any(folded(other) != folded(tail) for other, _ in others)
    ]


def _is_writable(probe: Probe, entities: tuple[str, ...]) -> bool:
    for entity in entities:
        try:
            probe.vocabulary.encode(entity)
        except InputError:
            return False
    return True


def _weighed(prompts: Iterable[Prompt]) -> tuple[WeightedPrompt, ...]:
    given = tuple(prompts)
    return normalised(given) if given else ()


def _run_name(asked: Asked) -> str:
    seeds = [list(seed) for seed in asked.relation.seeds]
    texts = [item.prompt.text for item in asked.prompts]
    whole = content_id("harvest", asked.relation.name, texts, seeds)
    return f"{predicate_name(asked.relation.name).lower().replace('_', '-')}-{whole[:8]}"
