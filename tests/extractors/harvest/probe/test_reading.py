"""Rows are computed once, and nothing beside a row changes what it gives."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from extractors.harvest.probe.base import Factor, Row
from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.memo import Memo
from extractors.harvest.probe.networks import single_network
from extractors.harvest.probe.reading import Reader
from extractors.harvest.prompt import Prompt
from kgkit.errors import ModelError
from tests.extractors.harvest import tiny

ROWS = [Row((2, 4, 5 + i, 3), 1) for i in range(11)] + [Row((2, 7, 4, 8, 3), 2)]


def test_batch_mates_change_nothing() -> None:
    together = tiny.masked_probe().log_probabilities(ROWS)
    for batch in (1, 3, 5):
        alone = tiny.masked_probe(batch=batch)
        for row, found in zip(ROWS, together, strict=True):
            assert np.array_equal(alone.log_probabilities([row])[0], found)


def test_equal_rows_are_read_once() -> None:
    probe = tiny.masked_probe()
    probe.log_probabilities(ROWS * 3)
    assert (probe.counted.rows, probe.counted.passes, probe.counted.asked) == (12, 2, 36)
    probe.log_probabilities(ROWS)
    assert probe.counted.rows == 12
    assert probe.chosen([Factor(ROWS[0], 9, 0)])[0] == pytest.approx(
        probe.log_probabilities(ROWS[:1])[0][9]
    )
    assert probe.counted.rows == 12


def test_places_of_one_sequence_share_a_pass() -> None:
    probe = tiny.causal_words_probe()
    prompt = Prompt.parse("{0} is the capital of {1}.")
    filled = tuple(map(probe.vocabulary.encode, ("paris", "new york")))
    probe.chosen(probe.frame(prompt, {}).factors(filled))
    assert probe.counted.rows == 1


def test_the_memo_keeps_to_its_room() -> None:
    memo = Memo(megabytes=1)
    for number in range(5):
        memo.put_table(Row((number,), 0), np.zeros(100_000, dtype=np.float32))
    assert len(memo) == 2
    assert memo.table(Row((4,), 0)) is not None
    assert memo.table(Row((0,), 0)) is None
    memo.clear()
    assert len(memo) == 0


def test_a_model_without_numbers_is_refused() -> None:
    def broken(ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        return torch.full((len(places), 27), float("nan"))

    probe = MaskedProbe(Reader("broken", broken), tiny.word_piece())
    with pytest.raises(ModelError, match="NaN"):
        probe.log_probabilities(ROWS[:1])


def test_a_head_that_cannot_be_split_is_run_whole() -> None:
    model = tiny.bert()
    split = single_network(model)
    del model.cls.predictions.transform  # the head alone fails now, and so does the model

    class Whole(torch.nn.Module):
        device = torch.device("cpu")

        def forward(self, input_ids: Tensor) -> object:
            from types import SimpleNamespace

            return SimpleNamespace(logits=torch.nn.functional.one_hot(input_ids, 27).float())

    logits = single_network(Whole())(
        torch.tensor([[1, 2, 3]]), torch.tensor([0, 0]), torch.tensor([1, 2])
    )
    assert logits.argmax(-1).tolist() == [2, 3]
    assert getattr(split, "__name__", "") == "split"


def test_a_tokenizer_without_a_mask_is_refused() -> None:
    with pytest.raises(ModelError, match="mask token"):
        MaskedProbe(Reader("gpt", single_network(tiny.gpt2())), tiny.byte_level("<|endoftext|>"))
