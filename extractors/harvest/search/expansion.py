"""Reading nodes: what the prompts say of the pieces that may follow.

Prompts are read one at a time, heaviest first. A prompt that was not read counts with what the
node already has of it, since a further piece can only lower that; so the bound of a node falls
with every prompt, and one whose first prompts see nothing good never asks the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.search.node import NOTHING, Node, micro_above

if TYPE_CHECKING:
    from extractors.harvest.probe import Frame, Probe
    from extractors.harvest.probe.base import Factor, Row
    from extractors.harvest.search.choices import Choices
    from extractors.harvest.search.objective import Objective

__all__ = ["Expansion"]


class Expansion:
    """Reads the nodes of one search; `frames` and `weights` [prompts], heaviest prompt first.

    `order` is how the search fills the free slots. A frame that scores them in another order is
    read only when a tuple is complete.
    """

    def __init__(
        self,
        probe: Probe,
        frames: Sequence[Frame],
        weights: NDArray[np.float64],
        order: tuple[int, ...],
        objective: Objective,
    ) -> None:
        self.frames = frames
        self.order = order
        self._probe = probe
        self._weights = weights
        self._objective = objective
        self._early = [p for p, frame in enumerate(frames) if frame.order == order]
        #: Whether complete tuples have something left to be read: text behind, other orders.
        self.closes = not probe.order_free

    def scale(self, node: Node) -> float:
        """Return by how much the joint log-probability counts in a node's tuples."""
        pieces = sum(node.lengths[slot] for slot in self.order)
        return self._objective.scale(pieces, len(self.order))

    def compatibility(self, node: Node) -> NDArray[np.float64]:
        """Return f [prompts] for the factors of a node so far."""
        return self._objective.combine(node.sums, node.mins, self.scale(node))

    def is_read(self, node: Node) -> bool:
        """Whether all prompts that can be read before the end have been."""
        return node.read >= len(self._early)

    def read(
        self, nodes: Sequence[Node], choices: Mapping[int, Choices], floor: float
    ) -> list[Node]:
        """Read the next prompt for each node, or what is left of a complete tuple.

        `choices` are by free slot. Returns further nodes: for a node some of whose children are
        not kept, since they do not reach `floor` or are too many, one that stands for them.
        """
        rows: list[Row] = []
        factors: list[Factor] = []
        plans: list[tuple[Node, list[int], list[tuple[int, int]]]] = []
        others: list[Node] = []
        for node in nodes:
            if not node.read:
                node.begun = (node.sums.copy(), node.mins.copy())
            closing = node.place == len(self.order)
            prompts = list(range(len(self.frames))) if closing else [self._early[node.read]]
            ranges = []
            for p in prompts:
                asked = self._text_factors(node, p)
                ranges.append((len(factors), len(factors) + len(asked)))
                factors += asked
                if not closing:
                    rows.append(self.frames[p].row(node.filled, node.lengths, self._slot(node)))
            plans.append((node, prompts, ranges))
        tables, values = self._probe.ask(rows, factors)
        taken = 0
        for node, prompts, ranges in plans:
            for p, (first, last) in zip(prompts, ranges, strict=True):
                self._add(node, p, factors[first:last], values[first:last])
            if node.place == len(self.order):
                node.read = len(self._early)
                node.bound = self._bound(node)
                continue
            own = tables[taken : taken + len(prompts)]
            taken += len(prompts)
            self._take_in(node, own, choices[self._slot(node)])
            others += self._narrow(node, floor)
        return others

    def child(self, node: Node, column: int) -> Node:
        """Return the node that goes on with column `column` of a node that is read."""
        assert node.ids is not None
        slot = self._slot(node)
        pieces = (*node.filled[slot], int(node.ids[column]))
        filled = (*node.filled[:slot], pieces, *node.filled[slot + 1 :])
        sums, mins = node.sums.copy(), node.mins.copy()
        for p, logs in zip(self._early, node.logs, strict=True):
            sums[p] += logs[column]
            mins[p] = min(mins[p], logs[column])
        place = node.place + (len(pieces) == node.lengths[slot])
        child = Node(node.lengths, filled, place, sums, mins, 0, node.keep)
        child.bound = self._bound(child)
        return child

    def _slot(self, node: Node) -> int:
        return self.order[node.place]

    def _text_factors(self, node: Node, p: int) -> tuple[Factor, ...]:
        """Return what is known of a prompt now beside its pieces: the text behind a slot that is
        complete, and all of a complete tuple for a prompt that was not read before."""
        frame = self.frames[p]
        if node.place == len(self.order) and frame.order != self.order:
            return frame.factors(node.filled)
        if node.place == 0 or (node.place < len(self.order) and node.filled[self._slot(node)]):
            return ()
        return frame.following(node.filled, self.order[node.place - 1])

    def _add(
        self, node: Node, p: int, factors: Sequence[Factor], values: NDArray[np.float64]
    ) -> None:
        node.sums[p] += values.sum()
        pieces = [v for f, v in zip(factors, values, strict=True) if not f.text]
        if pieces:
            node.mins[p] = min(node.mins[p], *pieces)

    def _bound(self, node: Node) -> int:
        return micro_above(float(self._weights @ self.compatibility(node)))

    def _take_in(self, node: Node, tables: Sequence[NDArray[np.float32]], choices: Choices) -> None:
        """Bound the value of every piece that may follow by what prompts say of it."""
        if node.ids is None:
            slot = self._slot(node)
            ids = choices.following(node.filled[slot], node.lengths[slot])
            node.ids = ids if node.skip is None else np.setdiff1d(ids, node.skip)
        assert node.gained is not None or not node.read
        gained = np.zeros(len(node.ids)) if node.gained is None else node.gained
        scale = self.scale(node)
        for table in tables:
            p = self._early[node.read]
            logs = table[node.ids]
            mins = np.minimum(node.mins[p], logs)
            together = self._objective.combine(node.sums[p] + logs, mins, scale)
            gained = gained + self._weights[p] * together
            node.logs.append(logs)
            node.read += 1
        unread = np.delete(self._weights * self.compatibility(node), self._early[: node.read])
        node.gained, node.best = gained, gained + float(unread.sum())

    def _narrow(self, node: Node, floor: float) -> list[Node]:
        """Keep the pieces that reach the floor, in order once all is read; a node for others."""
        assert node.ids is not None
        assert node.best is not None
        enough = node.best >= floor
        if self.is_read(node) and np.count_nonzero(enough) > node.keep:
            enough[np.argpartition(-node.best, node.keep - 1)[node.keep :]] = False
        others: list[Node] = []
        if not enough.all():
            kept = node.ids[enough]
            skip = kept if node.skip is None else np.union1d(kept, node.skip)
            bound = min(node.bound, micro_above(float(node.best[~enough].max())))
            sums, mins = node.begun or (node.sums, node.mins)
            others.append(
                Node(node.lengths, node.filled, node.place, sums, mins, bound, 8 * node.keep, skip)
            )
            self._select(node, np.flatnonzero(enough))
        if self.is_read(node):
            self._select(node, np.lexsort((node.ids, -node.best)))
        top = float(node.best.max()) if len(node.best) else -np.inf
        node.bound = min(node.bound, micro_above(top)) if top > -np.inf else NOTHING
        return others

    def _select(self, node: Node, columns: NDArray[np.intp]) -> None:
        assert node.ids is not None
        assert node.best is not None
        assert node.gained is not None
        node.ids, node.best = node.ids[columns], node.best[columns]
        node.gained = node.gained[columns]
        node.logs = [logs[columns] for logs in node.logs]
