"""The reading network's scores."""

from __future__ import annotations

import torch

from extractors.mini.reading.layout import case_of, passage_of, query_of
from extractors.mini.reading.network import LONGEST, ReadingNetwork
from kgkit.models.encoder import load_encoder


def test_spans_stay_within_their_sentence() -> None:
    encoder = load_encoder()
    torch.manual_seed(0)
    network = ReadingNetwork(encoder.bert).eval()
    passage = passage_of(encoder.tokenizer, "Ada wrote. Bob read it.")
    case = case_of(query_of(encoder.tokenizer, "Who wrote?"), passage)
    with torch.inference_mode():
        (scores,) = network([case])
    assert scores.spans.shape == (7, LONGEST)
    finite = scores.spans.isfinite().sum(1).tolist()
    assert finite == [3, 2, 1, 4, 3, 2, 1]
