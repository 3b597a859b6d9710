"""What the encoder makes of a document: its pieces' states, its mentions' attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from extractors.mini.relations.cases import KINDS, Case
from extractors.mini.relations.layout import Cut, Laid
from kgkit.models.bert import HEADS, WIDTH, Bert

__all__ = ["Reading", "embeddings", "read_cases"]

_SIZE = WIDTH // HEADS


@dataclass(frozen=True, slots=True)
class Reading:
    """One document: `entities` [entities, 384], `attention` [entities, heads, pieces] (what the
    entity's mentions look at in the last layer) and `states` [pieces, 384]."""

    entities: Tensor
    attention: Tensor
    states: Tensor


def read_cases(bert: Bert, laid: Laid, cases: Sequence[Case], extra: Tensor) -> list[Reading]:
    """Run the encoder over all windows and join those of each document; `extra` [pieces, 384] is
    added to the embeddings."""
    states, qkv = _run(bert, laid, extra)
    return [
        _join([cut for cut in laid.cuts if cut.case == number], case, states, qkv)
        for number, case in enumerate(cases)
    ]


def _run(bert: Bert, laid: Laid, extra: Tensor) -> tuple[Tensor, Tensor]:
    packed = laid.packed
    states: Tensor = bert.norm(bert.words(packed.pieces) + bert.places(packed.positions) + extra)
    *lower, last = bert.layers
    for layer in lower:
        states = layer(states, packed)
    # The fused attention does not give its weights: the few rows that are wanted are made anew.
    qkv: Tensor = last.get_submodule("qkv")(states)
    states = last(states, packed)
    return states, qkv


def _join(cuts: Sequence[Cut], case: Case, states: Tensor, qkv: Tensor) -> Reading:
    length, mentions = len(case.pieces), len(case.firsts)
    if len(cuts) == 1:
        rows = slice(cuts[0].row, cuts[0].row + length)
        joined = states[rows].float()
        attention = _attention(qkv[rows], case.firsts, case.ends)
    else:
        joined = states.new_zeros(length, WIDTH, dtype=torch.float32)
        seen = states.new_zeros(length, 1, dtype=torch.float32)
        attention = states.new_zeros(mentions, HEADS, length, dtype=torch.float32)
        for cut in cuts:
            rows = slice(cut.row, cut.row + cut.end - cut.first)
            part = torch.zeros_like(joined)
            part[cut.first : cut.end] = states[rows].float()
            joined = joined + part
            seen[cut.first : cut.end] += 1.0
            inside = [
                m
                for m in range(mentions)
                if cut.first <= case.firsts[m] and case.ends[m] <= cut.end
            ]
            if inside:
                looked = _attention(
                    qkv[rows],
                    [case.firsts[m] - cut.first for m in inside],
                    [case.ends[m] - cut.first for m in inside],
                )
                part = torch.zeros_like(attention)
                part[inside, :, cut.first : cut.end] = looked.float()
                attention = attention + part
        joined = joined / seen
    spans = _means(case.firsts, case.ends, length) @ joined
    groups = torch.nn.functional.one_hot(torch.tensor(case.entities), len(case.kinds)).float().T
    share = groups / groups.sum(1, keepdim=True)
    attended = (share @ attention.flatten(1)).view(len(case.kinds), HEADS, length)
    entities = _logsumexp(spans, torch.tensor(case.entities), len(case.kinds))
    return Reading(entities, attended, joined)


def _attention(qkv: Tensor, firsts: Sequence[int], ends: Sequence[int]) -> Tensor:
    """The mean attention [mentions, heads, pieces] of each mention's pieces."""
    query, key, _ = qkv.float().view(len(qkv), 3, HEADS, _SIZE).unbind(1)
    rows = [i for first, end in zip(firsts, ends, strict=True) for i in range(first, end)]
    scores = torch.einsum("rhd,nhd->rhn", query[rows], key) * _SIZE**-0.5
    weights = scores.softmax(-1)
    sizes = [end - first for first, end in zip(firsts, ends, strict=True)]
    begins = [sum(sizes[:m]) for m in range(len(sizes))]
    stops = [begin + size for begin, size in zip(begins, sizes, strict=True)]
    means = _means(begins, stops, len(rows))
    looked: Tensor = means @ weights.flatten(1)
    return looked.view(len(sizes), HEADS, -1)


def _logsumexp(spans: Tensor, owners: Tensor, count: int) -> Tensor:
    """The logsumexp [entities, 384] over the mentions of each entity."""
    rows = owners[:, None].expand_as(spans)
    most = spans.detach().new_full((count, spans.shape[1]), -torch.inf)
    most = most.scatter_reduce(0, rows, spans.detach(), "amax")
    exps = (spans - most[owners]).exp()
    return exps.new_zeros(most.shape).index_add(0, owners, exps).log() + most


def _means(firsts: Sequence[int], ends: Sequence[int], length: int) -> Tensor:
    """The matrix [spans, length] that takes the mean over each span."""
    places = torch.arange(length)
    begin, stop = torch.tensor(firsts)[:, None], torch.tensor(ends)[:, None]
    inside = ((places >= begin) & (places < stop)).float()
    return inside / (stop - begin)


def embeddings(casings: int) -> tuple[nn.Embedding, nn.Embedding]:
    """Return the embeddings [codes, 384] of casings and of mention marks, zero to begin with."""
    made = nn.Embedding(casings, WIDTH), nn.Embedding(1 + 2 * len(KINDS), WIDTH)
    for embedding in made:
        nn.init.zeros_(embedding.weight)
    return made
