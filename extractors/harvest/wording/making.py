"""Prompts for a relation, from everything that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation
from extractors.harvest.wording.choosing import distinct, usable
from extractors.harvest.wording.descriptions import description_prompts
from extractors.harvest.wording.labels import label_prompts
from extractors.harvest.wording.mining import mined_prompts
from extractors.harvest.wording.paraphrasing import paraphrased
from extractors.harvest.wording.transforming import transformed
from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.models.lm.base import LanguageModel

__all__ = ["make_prompts"]


def make_prompts(
    relation: Relation,
    *,
    lm: LanguageModel | None = None,
    texts: Iterable[str] = (),
    n: int = 20,
    seed: int = 0,
) -> tuple[Prompt, ...]:
    """Return up to `n` different prompts for a relation, its own first.

    Then come in turn: paraphrases of `lm`, patterns of `texts` that hold seeds, sentences made of
    the relation's name (arity 2) and of its description, and transformations of all those.
    Prompts that are nearly the same count once. Weigh them with `weigh` before use. Raises
    `InputError` for `n` below 1, or where nothing is left to make prompts of.

    >>> relation = Relation("member of", seeds=(("Albania", "NATO"),))
    >>> [prompt.text for prompt in make_prompts(relation, n=3)]
    ['{0} is a member of {1}.', '{0}, a member of {1}', '{1} has the member {0}.']
    """
    if n < 1:
        raise InputError(f"n={n} prompts cannot be made; ask for one at least")
    own = [*relation.prompts, *relation.inverse_prompts]
    written = _written(relation) if relation.arity == 2 else []
    mined = mined_prompts(relation.seeds, texts)
    plain = own or written[:2]
    said = paraphrased(plain, relation.seeds, lm, n=n, seed=seed) if lm else []
    changed = (made for prompt in [*own, *mined[:n]] for made in transformed(prompt))
    everything = [*own, *_in_turn(said, mined, written), *changed]
    good = (prompt for prompt in everything if prompt in own or usable(prompt, relation.seeds))
    found = tuple(islice(distinct(good), n))
    if not found:
        raise InputError(
            f"no prompts can be made for {relation.name!r} of arity {relation.arity}; write one, "
            "such as '{0} played {1} in {2}.', or give a language model"
        )
    return found


def _written(relation: Relation) -> list[Prompt]:
    texts = label_prompts(relation.name) + description_prompts(relation.description)
    return [Prompt.parse(text) for text in texts]


def _in_turn(*sources: list[Prompt]) -> Iterator[Prompt]:
    for row in zip_longest(*sources):
        yield from (prompt for prompt in row if prompt is not None)
