"""Tiny language models that learn a world by heart: one that fills gaps, one that goes on.

Both are models of transformers, with a tokenizer of whole words made from the world itself, so
that they can be used, and saved, as any other. Training needs seconds on one core.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from extractors.worlds.believing import BeliefWorld, Telling

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["learn_causal", "learn_masked", "new_causal", "new_masked", "word_tokenizer"]

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[BOS]")
_WIDTH = 64
_BATCH = 64
_RATE = 3e-3
#: The spread of first weights. A width of 64 learns nothing for long from the usual 0.02.
_SPREAD = 0.1
#: The label that the models of transformers leave out of the loss.
_IGNORED = -100


def word_tokenizer(world: BeliefWorld, *, causal: bool = False) -> PreTrainedTokenizerFast:
    """Return a tokenizer whose pieces are the words of the world, unseen people's among them."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    names = {fact.head.name for fact in world.gold} | {
        name for topic in world.topics for name in world.values(topic.relation)
    }
    texts = [telling.text for telling in world.tellings] + sorted(names)
    words = sorted({word for text in texts for word, _ in Whitespace().pre_tokenize_str(text)})
    pieces = {word: number for number, word in enumerate((*_SPECIAL, *words))}
    tokenizer = Tokenizer(WordLevel(pieces, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    single = "[BOS] $A" if causal else "[CLS] $A [SEP]"
    marks = [(mark, pieces[mark]) for mark in single.split() if mark != "$A"]
    tokenizer.post_processor = TemplateProcessing(single=single, special_tokens=marks)
    named: dict[str, str] = {"unk_token": "[UNK]", "pad_token": "[PAD]"}
    if causal:
        named |= {"bos_token": "[BOS]", "eos_token": "[BOS]"}
    else:
        named |= {"cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **named)  # type: ignore[no-untyped-call]


def new_masked(tokenizer: PreTrainedTokenizerFast, *, seed: int = 0) -> PreTrainedModel:
    """Return a masked model for this vocabulary that has learnt nothing yet."""
    from transformers import BertConfig, BertForMaskedLM

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=_WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=2 * _WIDTH,
        initializer_range=_SPREAD,
        max_position_embeddings=32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=tokenizer.pad_token_id,
    )
    model: PreTrainedModel = BertForMaskedLM(config)
    model.train(False)
    return model


def new_causal(tokenizer: PreTrainedTokenizerFast, *, seed: int = 0) -> PreTrainedModel:
    """Return a causal model for this vocabulary that has learnt nothing yet."""
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_positions=32,
        n_embd=_WIDTH,
        n_layer=2,
        n_head=4,
        initializer_range=_SPREAD / 2,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    model: PreTrainedModel = GPT2LMHeadModel(config)
    model.train(False)
    return model


def learn_masked(
    world: BeliefWorld, *, steps: int = 1000, seed: int = 0
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """Return a masked model that has read the world's sentences, and its tokenizer.

    In three of four sentences that it sees the tail is hidden, alone or with the end or the whole
    of the head; in a tenth the head alone; in the others every word of a name is hidden with a
    chance of one half, and at least one is.
    """
    tokenizer = word_tokenizer(world)
    model = new_masked(tokenizer, seed=seed)
    pieces, heads, tails = _encode(tokenizer, world.tellings)
    rng = np.random.default_rng(seed)
    mask = int(tokenizer.mask_token_id or 0)

    def batch(rows: Tensor) -> dict[str, Tensor]:
        ids, head, tail = pieces[rows], heads[rows], tails[rows]
        draw = torch.from_numpy(rng.random(ids.shape))
        draw[~(head | tail)] = 1.0
        some = (draw < 0.5) | (draw == draw.min(dim=1, keepdim=True).values)
        ending = head & (head.cumsum(dim=1) > 1)
        kind = torch.from_numpy(rng.random((len(rows), 1)))
        hidden = some
        for share, chosen in ((0.85, head), (0.75, tail | head), (0.6, tail | ending), (0.4, tail)):
            hidden = torch.where(kind < share, chosen, hidden)
        return {
            "input_ids": torch.where(hidden, mask, ids),
            "attention_mask": ids.ne(tokenizer.pad_token_id).long(),
            "labels": torch.where(hidden, ids, _IGNORED),
        }

    _train(model, batch, (len(pieces), steps), rng)
    return model, tokenizer


def learn_causal(
    world: BeliefWorld, *, steps: int = 1000, seed: int = 0
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """Return a causal model that has read the world's sentences, and its tokenizer."""
    tokenizer = word_tokenizer(world, causal=True)
    model = new_causal(tokenizer, seed=seed)
    pieces, _, _ = _encode(tokenizer, world.tellings)

    def batch(rows: Tensor) -> dict[str, Tensor]:
        ids = pieces[rows]
        real = ids.ne(tokenizer.pad_token_id)
        return {
            "input_ids": ids,
            "attention_mask": real.long(),
            "labels": torch.where(real, ids, _IGNORED),
        }

    _train(model, batch, (len(pieces), steps), np.random.default_rng(seed))
    return model, tokenizer


def _encode(
    tokenizer: PreTrainedTokenizerFast, tellings: Sequence[Telling]
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the pieces of all sentences, padded [n, longest], and which are the head's, the
    tail's."""
    rows = [tokenizer(telling.text).input_ids for telling in tellings]
    longest = max(map(len, rows))
    pieces = torch.full((len(rows), longest), int(tokenizer.pad_token_id or 0))
    named = torch.zeros((2, len(rows), longest), dtype=torch.bool)
    for place, (row, telling) in enumerate(zip(rows, tellings, strict=True)):
        pieces[place, : len(row)] = torch.tensor(row)
        for end, name in enumerate((telling.head, telling.tail)):
            own = set(tokenizer(name, add_special_tokens=False).input_ids)
            named[end, place, : len(row)] = torch.tensor([piece in own for piece in row])
    return pieces, named[0], named[1]


def _train(
    model: PreTrainedModel, batch: Any, size: tuple[int, int], rng: np.random.Generator
) -> None:
    """Take `steps` steps over batches of rows, of `n` that there are; `size` is (n, steps)."""
    n, steps = size
    optimiser = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.01)
    warm = max(1, steps // 20)

    def factor(step: int) -> float:
        return min((step + 1) / warm, (steps - step) / (steps - warm + 1))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    model.train()
    for _ in range(steps):
        rows = torch.from_numpy(rng.integers(0, n, _BATCH))
        loss = model(**batch(rows)).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    model.train(False)
