"""Blocks: every token of every text, in an order that a seed decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from kgkit.errors import InputError
from reasoning.teach.training.blocks import mix, pack

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

TEXTS = ["Ada was born in Rome.", "Bo works for Ex.", "Cy lives."]


def test_one_pass_holds_each_text_once(tokenizer: PreTrainedTokenizerFast) -> None:
    flat = pack(TEXTS, tokenizer, 2, seed=4).ravel().tolist()
    text = str(tokenizer.decode(flat))
    assert sorted(text.replace("<|end|>", "\n").split("\n")[:3])[0] in TEXTS
    assert flat == pack(TEXTS, tokenizer, 2, seed=4).ravel().tolist()
    assert len(flat) in {sum(len(tokenizer(t)["input_ids"]) + 1 for t in TEXTS) - k for k in (0, 1)}


def test_passes_go_on_until_there_are_enough_tokens(tokenizer: PreTrainedTokenizerFast) -> None:
    blocks = pack(TEXTS, tokenizer, 8, tokens=800)
    assert blocks.shape == (100, 8)
    assert (blocks == tokenizer.eos_token_id).sum() > 20


def test_replayed_blocks_take_the_place_of_their_share() -> None:
    own, others = np.zeros((1000, 4), dtype=np.int64), np.ones((10, 4), dtype=np.int64)
    mixed = mix(own, others, 0.25, seed=1)
    assert 0.2 < (mixed[:, 0] == 1).mean() < 0.3
    assert (mix(own, others, 0.0) == own).all()
    assert (own == 0).all()


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(InputError):
        mix(np.zeros((2, 2), dtype=np.int64), np.ones((2, 2), dtype=np.int64), share)


def test_texts_that_fill_no_block_are_refused(tokenizer: PreTrainedTokenizerFast) -> None:
    with pytest.raises(InputError, match="fewer than a block"):
        pack(["Ada."], tokenizer, 100)
    with pytest.raises(InputError):
        pack([], tokenizer, 4)
    with pytest.raises(InputError):
        pack(TEXTS, tokenizer, 8, tokens=4)
