"""Tiny random models of transformers, with vocabularies of a few pieces."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    BertConfig,
    BertForMaskedLM,
    GPT2Config,
    GPT2LMHeadModel,
    RobertaConfig,
    RobertaForMaskedLM,
    T5Config,
    T5ForConditionalGeneration,
)

from extractors.harvest.probe.causal import CausalProbe
from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.networks import encoder_decoder_network, single_network
from extractors.harvest.probe.reading import Reader
from extractors.harvest.probe.seq2seq import Seq2SeqProbe

SENTENCE = "paris rome france italy new york jean is the capital of in city and lies has"
WORDS = SENTENCE.split()
TAILS = ["##ton", "##ia", "##er"]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SENTENCES = [
    "Paris is the capital of France. Rome is the capital of Italy and lies in Italy.",
    "New York lies in the city. Parisian Romer Jean-Paul 1979 italian york.",
] * 20


@cache
def word_piece() -> Tokenizer:
    """Return a WordPiece tokenizer as BERT's, uncased, of 27 pieces."""
    pieces = [*SPECIAL, *WORDS, *TAILS, "-", "."]
    tokenizer = Tokenizer(
        models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


@cache
def byte_level(*special: str) -> Tokenizer:
    """Return a byte-level BPE tokenizer as GPT-2's, of some hundred pieces, cased."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=340,
        special_tokens=list(special),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    if "<s>" in special:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>",
            special_tokens=[(sign, tokenizer.token_to_id(sign)) for sign in ("<s>", "</s>")],
        )
    return tokenizer


@cache
def metaspace() -> Tokenizer:
    """Return a Unigram tokenizer as T5's, with sentinels."""
    special = ["<pad>", "</s>", "<unk>", *(f"<extra_id_{i}>" for i in range(6))]
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=90, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return tokenizer


def scattered(model: Any, seed: int, spread: float = 0.4) -> Any:
    """Return the model with larger random weights, so that its answers differ."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(noise * (spread if parameter.dim() > 1 else 0.1))
    return model.eval()


def bert(seed: int = 0) -> Any:
    """Return a BERT of one layer over `word_piece`."""
    size = word_piece().get_vocab_size()
    config = BertConfig(
        vocab_size=size, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=40,
    )  # fmt: skip
    return scattered(BertForMaskedLM(config), seed)


def masked_probe(seed: int = 0, batch: int = 32) -> MaskedProbe:
    """Return a probe of `bert`."""
    reader = Reader("tiny", single_network(bert(seed)), batch=batch)
    return MaskedProbe(reader, word_piece(), longest=38)


ROBERTA_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


def roberta(seed: int = 0) -> Any:
    """Return a RoBERTa of one layer over a byte-level vocabulary."""
    config = RobertaConfig(
        vocab_size=byte_level(*ROBERTA_SPECIAL).get_vocab_size(), hidden_size=16,
        num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64,
    )  # fmt: skip
    return scattered(RobertaForMaskedLM(config), seed)


def roberta_probe(seed: int = 0) -> MaskedProbe:
    """Return a probe of `roberta`."""
    reader = Reader("tiny", single_network(roberta(seed)))
    return MaskedProbe(reader, byte_level(*ROBERTA_SPECIAL), mask="<mask>", longest=60)


def gpt2(seed: int = 0) -> Any:
    """Return a GPT-2 of one layer over a byte-level vocabulary."""
    config = GPT2Config(
        vocab_size=byte_level("<|endoftext|>").get_vocab_size(), n_embd=16, n_layer=1, n_head=2,
        n_positions=64, bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    return scattered(GPT2LMHeadModel(config), seed)


def causal_probe(seed: int = 0) -> CausalProbe:
    """Return a probe of `gpt2`."""
    return CausalProbe(
        Reader("tiny", single_network(gpt2(seed))), byte_level("<|endoftext|>"), longest=64
    )


def causal_words_probe(seed: int = 0) -> CausalProbe:
    """Return a causal probe over the 27 pieces of `word_piece`."""
    config = GPT2Config(
        vocab_size=word_piece().get_vocab_size(), n_embd=16, n_layer=1, n_head=2, n_positions=40,
        bos_token_id=2, eos_token_id=3,
    )  # fmt: skip
    network = single_network(scattered(GPT2LMHeadModel(config), seed))
    return CausalProbe(Reader("tiny", network), word_piece(), start="[CLS]", longest=40)


def t5(seed: int = 0) -> Any:
    """Return a T5 of one layer on each side."""
    config = T5Config(
        vocab_size=metaspace().get_vocab_size(), d_model=16, d_kv=8, d_ff=32, num_layers=1,
        num_decoder_layers=1, num_heads=2, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    config.decoder_start_token_id = 0
    return scattered(T5ForConditionalGeneration(config), seed)


def t5_probe(seed: int = 0) -> Seq2SeqProbe:
    """Return a probe of `t5`."""
    return Seq2SeqProbe(Reader("tiny", encoder_decoder_network(t5(seed))), metaspace(), start=0)


def bart(seed: int = 0) -> Any:
    """Return a BART of one layer on each side over the vocabulary of `roberta`."""
    config = BartConfig(
        vocab_size=byte_level(*ROBERTA_SPECIAL).get_vocab_size(), d_model=16, encoder_layers=1,
        decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=32,
        decoder_ffn_dim=32, max_position_embeddings=64, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=2,
    )  # fmt: skip
    return scattered(BartForConditionalGeneration(config), seed)


def bart_probe(seed: int = 0) -> Seq2SeqProbe:
    """Return a probe of `bart`."""
    reader = Reader("tiny", encoder_decoder_network(bart(seed)))
    return Seq2SeqProbe(reader, byte_level(*ROBERTA_SPECIAL), start=2)
