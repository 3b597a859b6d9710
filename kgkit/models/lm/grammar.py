"""Decoding that keeps to a JSON schema, and that draws the same tokens whoever is beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch

from kgkit.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from llguidance import LLMatcher, LLTokenizer
    from transformers import PreTrainedTokenizerFast

__all__ = ["Steering", "matcher_of", "vocabulary_of"]


def vocabulary_of(
    tokenizer: PreTrainedTokenizerFast, size: int, ends: Sequence[int]
) -> LLTokenizer:
    """Return a tokenizer as grammars see it: `size` scores a step, `ends` the ids that end.

    Raises `MissingExtra` without llguidance.
    """
    try:
        import llguidance.hf
    except ImportError as error:
        raise MissingExtra(
            "replies in a schema need llguidance here: pip install 'kgkit[llm]'"
        ) from error
    return llguidance.hf.from_tokenizer(tokenizer, n_vocab=size, eos_token=list(ends))


def matcher_of(vocabulary: LLTokenizer, schema: str) -> LLMatcher:
    """Return what follows a JSON schema token by token; raises `InputError` for a schema that
    cannot be followed.
    """
    from llguidance import LLMatcher

    # Blanks are free in JSON, and a weak model would write nothing else.
    grammar = LLMatcher.grammar_from_json_schema(schema, overrides={"whitespace_flexible": False})
    matcher = LLMatcher(vocabulary, grammar, log_level=0)
    if matcher.is_error():
        raise InputError(f"the schema cannot be followed: {matcher.get_error()}")
    return matcher


class Steering:
    """A logits processor: masks what the grammar of each row forbids and draws its next token.

    A row without a grammar is free. The token is drawn by adding Gumbel noise to the scores
    (Gumbel 1954; the maximum is then a sample of the softmax), from a generator of the row's
    own, so that what is beside it changes nothing. Temperature 0 adds none.
    """

    def __init__(
        self,
        matchers: Sequence[LLMatcher | None],
        temperatures: Sequence[float],
        seeds: Sequence[int],
    ) -> None:
        self._matchers = matchers
        self._temperatures = temperatures
        self._generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        self._begun = False

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Return the scores [rows, vocabulary] with what is forbidden at -inf."""
        steered = scores.float().cpu()
        for row, matcher in enumerate(self._matchers):
            if matcher is not None:
                self._follow(matcher, int(input_ids[row, -1]))
                allowed = np.frombuffer(matcher.compute_logit_bias(), dtype=np.uint8)
                # A copy, since the buffer is not ours to write to.
                steered[row, torch.from_numpy(allowed[: steered.shape[1]] == 0)] = -torch.inf
            if self._temperatures[row] > 0:
                noise = torch.empty(steered.shape[1]).exponential_(generator=self._generators[row])
                steered[row] = steered[row] / self._temperatures[row] - noise.log()
        self._begun = True
        return steered.to(scores.device)

    def _follow(self, matcher: LLMatcher, token: int) -> None:
        if self._begun and not matcher.is_stopped():
            matcher.consume_token(token)
