"""Tiny models and tokenizers of one's own: to learn a small world on a processor in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["tiny_model", "tiny_tokenizer"]

_END = "<|end|>"


def tiny_tokenizer(texts: Iterable[str], size: int = 2000) -> PreTrainedTokenizerFast:
    """Return a byte-level BPE tokenizer of at most `size` pieces, learnt from texts; any text can
    be written in it. One token begins and ends a text. Raises `InputError` below 300 pieces."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    if size < 300:
        raise InputError(f"size={size} leaves no room for words beside 256 bytes; give 300 or more")
    wrapper: Any = PreTrainedTokenizerFast
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=[_END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    made: PreTrainedTokenizerFast = wrapper(
        tokenizer_object=tokenizer, bos_token=_END, eos_token=_END
    )
    return made


def tiny_model(
    tokenizer: PreTrainedTokenizerFast,
    *,
    layers: int = 2,
    width: int = 128,
    heads: int = 4,
    length: int = 256,
    seed: int = 0,
) -> PreTrainedModel:
    """Return an untrained GPT-2 for a tokenizer, with weights drawn by a seed: 0.6 million
    parameters at the default size and 1,500 pieces.

    Raises `InputError` where the heads do not divide the width.
    """
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    if width % heads or min(layers, width, heads, length) < 1:
        raise InputError(
            f"layers={layers}, width={width}, heads={heads}, length={length} make no model; give "
            "numbers above 0 and a width that the heads divide"
        )
    end = tokenizer.eos_token_id
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_positions=length,
        n_embd=width,
        n_layer=layers,
        n_head=heads,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=end,
        eos_token_id=end,
        initializer_range=0.1,  # the usual 0.02 is for wide models: narrow ones start slowly
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model: PreTrainedModel = GPT2LMHeadModel(config).train(False)
    return model
