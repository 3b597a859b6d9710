"""The transformer of the bundled encoder (BERT, Devlin et al. 2019) over packed sequences.

Tokens of all sequences of a batch lie in one row without padding, so that the linear layers,
which are nearly all of the cost, work on real tokens only. Attention alone sees padded blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

__all__ = ["HEADS", "LAYERS", "MAX_PIECES", "WIDTH", "Bert", "Block", "Packed", "pack"]

WIDTH = 384
LAYERS = 6
HEADS = 12
_INNER = 1536
_VOCABULARY = 30522
MAX_PIECES = 512
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Block:
    """Rows [begin, end) of a packed batch that attend together: `slots` is where each stands in
    the padded block [sequences * longest], `mask` [sequences, 1, 1, longest] is true at real
    tokens; both are None when all sequences are as long as the longest."""

    begin: int
    end: int
    sequences: int
    longest: int
    slots: Tensor | None
    mask: Tensor | None


@dataclass(frozen=True, slots=True)
class Packed:
    """Sequences laid end to end: `pieces` and `positions` are [total] integers; neighbours of
    about the same length share a block."""

    pieces: Tensor
    positions: Tensor
    blocks: tuple[Block, ...]


def pack(sequences: Sequence[Sequence[int]]) -> Packed:
    """Lay sequences of piece numbers end to end; each must have 1 to `MAX_PIECES` pieces.

    Give them sorted by length, then attention wastes little on padding.
    """
    lengths = [len(sequence) for sequence in sequences]
    pieces = torch.tensor([piece for sequence in sequences for piece in sequence])
    positions = torch.cat([torch.arange(length) for length in lengths])
    blocks: list[Block] = []
    first = row = 0
    for i in range(1, len(lengths) + 1):
        if i < len(lengths) and _alike(lengths[first : i + 1]):
            continue
        blocks.append(_block(row, lengths[first:i]))
        first, row = i, blocks[-1].end
    return Packed(pieces, positions, tuple(blocks))


def _alike(lengths: Sequence[int]) -> bool:
    return max(lengths) <= 1.25 * min(lengths) + 8


def _block(begin: int, lengths: Sequence[int]) -> Block:
    longest, end = max(lengths), begin + sum(lengths)
    if min(lengths) == longest:
        return Block(begin, end, len(lengths), longest, None, None)
    real = torch.arange(longest)[None, :] < torch.tensor(lengths)[:, None]
    slots = real.flatten().nonzero().squeeze(1)
    return Block(begin, end, len(lengths), longest, slots, real[:, None, None, :])


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.up = nn.Linear(WIDTH, _INNER)
        self.down = nn.Linear(_INNER, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, states: Tensor, packed: Packed) -> Tensor:
        qkv = self.qkv(states)
        parts = [_attend(qkv[block.begin : block.end], block) for block in packed.blocks]
        attended: Tensor = self.out(torch.cat(parts) if len(parts) > 1 else parts[0])
        states = self.out_norm(states + attended)
        fed: Tensor = self.down(F.gelu(self.up(states)))
        result: Tensor = self.down_norm(states + fed)
        return result


def _attend(qkv: Tensor, block: Block) -> Tensor:
    if block.slots is not None:
        padding = qkv.new_zeros(block.sequences * block.longest, 3 * WIDTH)
        qkv = padding.index_copy(0, block.slots, qkv)
    shape = (block.sequences, block.longest, 3, HEADS, WIDTH // HEADS)
    query, key, value = qkv.view(shape).permute(2, 0, 3, 1, 4)
    mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=block.mask)
    flat = mixed.transpose(1, 2).reshape(-1, WIDTH)
    return flat if block.slots is None else flat.index_select(0, block.slots)


class Bert(nn.Module):
    """The encoder stack: packed sequences in, contextual vectors [total, 384] out."""

    def __init__(self) -> None:
        super().__init__()
        # Given their weights: drawing random ones on the meta device imports a compiler.
        self.words = nn.Embedding(_VOCABULARY, WIDTH, _weight=torch.empty(_VOCABULARY, WIDTH))
        self.places = nn.Embedding(MAX_PIECES, WIDTH, _weight=torch.empty(MAX_PIECES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))

    def forward(self, packed: Packed, extra: Tensor | None = None) -> Tensor:
        """Return the last layer's states [total, 384]; `extra` is added to the embeddings."""
        states: Tensor = self.words(packed.pieces) + self.places(packed.positions)
        if extra is not None:
            states = states + extra
        states = self.norm(states)
        for layer in self.layers:
            states = layer(states, packed)
        return states

    @classmethod
    def of(cls, published: Mapping[str, Tensor]) -> Bert:
        """Build it from the tensors of a published checkpoint of this shape."""
        with torch.device("meta"):
            bert = cls()
        bert.load_state_dict(_renamed(published), assign=True)
        return bert.requires_grad_(False).eval()


def _renamed(published: Mapping[str, Tensor]) -> dict[str, Tensor]:
    # Every sequence is of type 0 here, so that type's vector is folded into the positions.
    kind = published["embeddings.token_type_embeddings.weight"][0]
    tensors = {
        "words.weight": published["embeddings.word_embeddings.weight"],
        "places.weight": published["embeddings.position_embeddings.weight"] + kind,
    }
    names = {"norm": "embeddings.LayerNorm"}
    for i in range(LAYERS):
        theirs = f"encoder.layer.{i}"
        names |= {
            f"layers.{i}.out": f"{theirs}.attention.output.dense",
            f"layers.{i}.out_norm": f"{theirs}.attention.output.LayerNorm",
            f"layers.{i}.up": f"{theirs}.intermediate.dense",
            f"layers.{i}.down": f"{theirs}.output.dense",
            f"layers.{i}.down_norm": f"{theirs}.output.LayerNorm",
        }
        for part in ("weight", "bias"):
            rows = [
                published[f"{theirs}.attention.self.{name}.{part}"]
                for name in ("query", "key", "value")
            ]
            tensors[f"layers.{i}.qkv.{part}"] = torch.cat(rows)
    for ours, theirs in names.items():
        for part in ("weight", "bias"):
            tensors[f"{ours}.{part}"] = published[f"{theirs}.{part}"]
    return tensors
