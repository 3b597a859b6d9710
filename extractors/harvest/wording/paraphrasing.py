"""Paraphrases of prompts by a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.harvest.prompt import Prompt
from extractors.harvest.wording.recovering import recovered
from kgkit.models.lm.base import LanguageModel, Request

__all__ = ["paraphrased"]

_TASK = (
    "Rewrite the sentence below in {count} different ways, one to a line and without numbers. "
    "Keep its meaning, keep the names exactly as they are, and add no other fact.\n\n"
    "Sentence: {sentence}\nRewritten:"
)
_NUMBER = re.compile(r"^\s*(?:[-*•]|\(?\d+[.):])\s*")
_EACH = 6
_TOKENS = 300


def paraphrased(
    prompts: Sequence[Prompt],
    seeds: Sequence[tuple[str, ...]],
    lm: LanguageModel,
    *,
    n: int,
    seed: int = 0,
) -> list[Prompt]:
    """Return up to `n` new prompts: each prompt is filled with a seed, rewritten by the model, and
    its slots found again; lines in which an entity is lost, or stands twice, are dropped.

    Every prompt is asked with each seed in turn until there are enough; what fails is skipped.
    """
    found: dict[str, Prompt] = {}
    known = {prompt.text for prompt in prompts}
    for turn in range(len(seeds)):
        filled = [(p, seeds[(turn + i) % len(seeds)]) for i, p in enumerate(prompts)]
        requests = [
            Request.of(
                _TASK.format(count=_EACH, sentence=prompt.fill(entities)),
                max_tokens=_TOKENS,
                temperature=1.0 if turn else 0.0,
                seed=seed + turn,
            )
            for prompt, entities in filled
        ]
        for (_, entities), reply in zip(filled, lm.complete(requests), strict=True):
            for line in reply.text.splitlines():
                made = recovered(_NUMBER.sub("", line), entities)
                if made is not None and made.text not in known:
                    found.setdefault(made.text, made)
        if len(found) >= n:
            break
    return list(found.values())[:n]
