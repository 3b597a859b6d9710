"""The tiny models of a world as probes, to harvest from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.harvest.probe.causal import CausalProbe
from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.networks import single_network
from extractors.harvest.probe.reading import Reader

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["causal_probe", "masked_probe"]

_NAME = "tiny"
#: Pieces that a tiny model reads at most.
_LONGEST = 30


def masked_probe(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast) -> MaskedProbe:
    """Return a masked model of `extractors.worlds.believing_model` as a probe named "tiny"."""
    reader = Reader(_NAME, single_network(model))
    backend = tokenizer.backend_tokenizer
    return MaskedProbe(reader, backend, mask=str(tokenizer.mask_token), longest=_LONGEST)


def causal_probe(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast) -> CausalProbe:
    """Return a causal model of `extractors.worlds.believing_model` as a probe named "tiny"."""
    reader = Reader(_NAME, single_network(model))
    backend = tokenizer.backend_tokenizer
    return CausalProbe(reader, backend, start=str(tokenizer.bos_token), longest=_LONGEST)
