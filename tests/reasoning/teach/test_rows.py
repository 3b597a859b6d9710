"""Log-probabilities: those of the model, whatever else is in the batch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kgkit.errors import InputError, ModelError
from reasoning.teach.rows import log_probabilities, next_log_probabilities

if TYPE_CHECKING:
    from transformers import PreTrainedModel

ROWS = [([1, 2, 3], [4, 5]), ([7], [8, 9, 10, 11]), ([5, 6, 7, 8], [1]), ([1, 2], [3, 4, 5])]


def test_tokens_have_the_probabilities_of_the_model(model: PreTrainedModel) -> None:
    import torch

    for (context, tail), found in zip(ROWS, log_probabilities(model, ROWS), strict=True):
        with torch.inference_mode():
            logits = model(input_ids=torch.tensor([[*context, *tail]])).logits[0].log_softmax(-1)
        wanted = [float(logits[len(context) - 1 + n, token]) for n, token in enumerate(tail)]
        assert found == pytest.approx(wanted, abs=1e-5)


def test_neighbours_in_a_batch_change_nothing(model: PreTrainedModel) -> None:
    together = log_probabilities(model, ROWS * 3)
    for n, row in enumerate(ROWS * 3):
        assert together[n] == pytest.approx(log_probabilities(model, [row])[0], abs=2e-6)


def test_what_comes_next_is_a_distribution(model: PreTrainedModel) -> None:
    rows = next_log_probabilities(model, [[1], [2, 3], [4]])
    assert rows.shape == (3, model.config.vocab_size)
    assert np.exp(rows).sum(1) == pytest.approx(1.0, abs=1e-4)
    assert next_log_probabilities(model, []).shape == (0, 0)


def test_rows_that_cannot_be_read_are_refused(model: PreTrainedModel) -> None:
    with pytest.raises(InputError):
        log_probabilities(model, [([], [1])])
    with pytest.raises(InputError):
        next_log_probabilities(model, [[1] * 200])


def test_a_broken_model_is_an_error(model: PreTrainedModel) -> None:
    model.get_input_embeddings().weight.data.fill_(math.nan)  # type: ignore[operator]
    with pytest.raises(ModelError):
        log_probabilities(model, ROWS)
    with pytest.raises(ModelError):
        next_log_probabilities(model, [[1]])
