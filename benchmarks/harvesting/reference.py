"""The search of BertNet (Hao et al., Findings of ACL 2023), made again plainly to compare with.

Masked slots are filled depth first, one piece after the other. At every node each prompt is one
pass of batch size 1; the logits at the gap are averaged over the prompts, what is banned is left
out, and pieces are tried from the most probable on until the smallest log-probability so far falls
below the worst of the best `n` tuples. For each number of pieces that the slots may have, one to
`most_pieces`, the tree is walked anew. Nothing is kept between nodes.

It is not slowed down: templates are spliced from piece numbers and never tokenised again, and only
the asked position is projected to the vocabulary where the network allows that.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol

import torch
from torch import Tensor

from extractors.harvest.prompt import WeightedPrompt

__all__ = ["DepthFirst", "Found", "OneRow", "walk_size"]


class OneRow(Protocol):
    """A masked model as the loop sees it: one row in, one distribution out."""

    @property
    def pieces(self) -> Sequence[str]:
        """The text of every piece, by number."""
        ...

    @property
    def mask(self) -> int:
        """The number of the piece that stands for a gap."""
        ...

    def encode(self, text: str) -> list[int]:
        """Return the pieces of a text, without special ones."""
        ...

    @property
    def frame(self) -> tuple[list[int], list[int]]:
        """The special pieces that the model expects before and after a row."""
        ...

    def logits(self, row: Sequence[int], place: int) -> Tensor:
        """Return the logits [vocabulary] at `place` of the row, in one forward pass."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A tuple and the smallest log-probability on the way to it, in nats."""

    value: float
    entities: tuple[str, ...]


@dataclass(slots=True)
class _Best:
    """The best `most` of what was found: a heap whose top is the worst of them."""

    most: int
    heap: list[Found] = field(default_factory=list)

    @property
    def threshold(self) -> float:
        return self.heap[0].value if len(self.heap) == self.most else float("-inf")

    def push(self, found: Found) -> Found | None:
        """Add it and return what had to go for it, which may be itself."""
        if len(self.heap) < self.most:
            heapq.heappush(self.heap, found)
            return None
        return heapq.heappushpop(self.heap, found)


class DepthFirst:
    """The depth-first search over one model, with the number of forward passes it took.

    `banned` words are never part of an entity; a word is part of `repeat` tuples at most, and a
    head has `repeat` tails at most for each number of pieces.
    """

    def __init__(
        self,
        model: OneRow,
        prompts: Sequence[WeightedPrompt],
        *,
        banned: Collection[str] = (),
        most_pieces: int = 2,
        repeat: int = 5,
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._texts = [item.prompt.text.lower() for item in prompts]
        self._parts = [[model.encode(part) for part in item.prompt.parts] for item in prompts]
        self._banned = torch.tensor([_is_banned(piece, banned) for piece in model.pieces])
        self._arity = prompts[0].prompt.arity
        self._most_pieces = most_pieces
        self._repeat = repeat
        #: Forward passes so far, each of one row.
        self.passes = 0
        #: Nodes of the tree that were opened: each took one pass for each prompt.
        self.nodes = 0

    def search(self, n: int) -> list[Found]:
        """Return the best `n` tuples that the walk comes by, best first."""
        best, used = _Best(n), Counter[str]()
        for counts in product(range(1, self._most_pieces + 1), repeat=self._arity):
            self._fill(counts, [], 0.0, (best, used))
        return sorted(best.heap, reverse=True)

    def _fill(
        self,
        counts: Sequence[int],
        done: list[list[int]],
        value: float,
        kept: tuple[_Best, Counter[str]],
    ) -> None:
        """Fill the slots from `len(done)` on, and keep what is complete."""
        best, used = kept
        if len(done) == self._arity:
            self._keep(Found(value, tuple(map(self._text, done))), best, used)
            return
        own = _Best(best.most if not done else self._repeat)
        self._entity(counts, done, [], (value, own, best.threshold))
        for found in sorted(own.heap, reverse=True):
            if found.value >= best.threshold:
                pieces = [int(piece) for piece in found.entities]
                self._fill(counts, [*done, pieces], found.value, kept)

    def _entity(
        self,
        counts: Sequence[int],
        done: list[list[int]],
        begun: list[int],
        bounds: tuple[float, _Best, float],
    ) -> None:
        """Add one more piece to the entity that was begun, or keep it in its own heap."""
        value, own, tuples = bounds
        if len(begun) == counts[len(done)]:
            if self._is_entity(begun, done):
                own.push(Found(value, tuple(map(str, begun))))
            return
        threshold = max(tuples, own.threshold)  # read once for the node
        distribution = self._distribution(counts, done, begun)
        values, pieces = distribution.sort(descending=True)
        for log_probability, piece in zip(values.tolist(), pieces.tolist(), strict=True):
            reached = min(value, log_probability)
            if reached < threshold or reached == float("-inf"):
                break
            self._entity(counts, done, [*begun, piece], (reached, own, tuples))

    def _distribution(
        self, counts: Sequence[int], done: list[list[int]], begun: list[int]
    ) -> Tensor:
        """Return the pooled log-probabilities [vocabulary] of the next piece."""
        slot = len(done)
        filled = [*done, begun + [self._model.mask] * (counts[slot] - len(begun))]
        filled += [[self._model.mask] * count for count in counts[slot + 1 :]]
        pooled: Tensor | None = None
        self.nodes += 1
        for item, parts in zip(self._prompts, self._parts, strict=True):
            row, places = self._row(parts, item.prompt.order, filled)
            logits = self._model.logits(row, places[slot] + len(begun)) * item.weight
            self.passes += 1
            pooled = logits if pooled is None else pooled + logits
        assert pooled is not None
        return pooled.masked_fill(self._banned, float("-inf")).log_softmax(0)

    def _row(
        self, parts: list[list[int]], order: Sequence[int], filled: list[list[int]]
    ) -> tuple[list[int], dict[int, int]]:
        before, after = self._model.frame
        row, starts = before + parts[0], {}
        for slot, part in zip(order, parts[1:], strict=True):
            starts[slot] = len(row)
            row += filled[slot] + part
        return row + after, starts

    def _keep(self, found: Found, best: _Best, used: Counter[str]) -> None:
        words = {word for entity in found.entities for word in entity.split()}
        if any(used[word] >= self._repeat for word in words):
            return
        used.update(words)
        gone = best.push(found)
        if gone is not None:
            used.subtract({word for entity in gone.entities for word in entity.split()})

    def _text(self, pieces: Sequence[int]) -> str:
        return " ".join(_bare(self._model.pieces[piece]) for piece in pieces)

    def _is_entity(self, pieces: Sequence[int], done: list[list[int]]) -> bool:
        text = self._text(pieces).lower()
        words = text.split()
        others = [self._text(entity).lower() for entity in done]
        return (
            sum(map(str.isalpha, text)) > 2
            and min(map(len, words)) > 1
            and len(set(words)) == len(words)
            and not any(a.startswith(b) for o in others for a, b in ((o, text), (text, o)))
            and not any(text in prompt for prompt in self._texts)
        )


def walk_size(words: int, counts: Sequence[int], n: int, repeat: int) -> int:
    """Return how many nodes the loops open for one vector of piece counts when nothing is cut.

    `words` is the number of pieces tried at each node, none filtered.
    """
    opened, reached = 0, 1
    for place, count in enumerate(counts):
        opened += reached * sum(words**depth for depth in range(count))
        reached *= min(words**count, n if place == 0 else repeat)
    return opened


def _bare(piece: str) -> str:
    return piece.lstrip("Ġ▁")


def _is_banned(piece: str, banned: Collection[str]) -> bool:
    """Whether a piece holds no letter, a sign, or is one of the banned words."""
    bare = _bare(piece)
    signs = any(not c.isalnum() for c in bare)
    return signs or not any(map(str.isalpha, bare)) or bare.lower() in banned
