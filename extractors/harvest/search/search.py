"""Best-first search for the tuples that a model believes most, in exact descending order.

Hao et al. (2023) search depth-first, prompt by prompt, below a threshold of the weakest piece.
Here the beginnings of tuples wait in a queue by what their ends can be worth at most (see
`objective`); the best are read together, and a complete tuple is given once no beginning left
can do better. Every number of pieces for every slot is a beginning of its own, since a masked
model shows how many pieces a name has.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from extractors.harvest.search.choices import Choices, choices_for
from extractors.harvest.search.expansion import Expansion
from extractors.harvest.search.node import NOTHING, Candidate, Node, micro, micro_above
from extractors.harvest.search.space import Course, Progress, Space
from extractors.harvest.search.words import folded
from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.harvest.probe import Probe
    from extractors.harvest.relation import Relation

__all__ = ["search"]

#: Children of a beginning that are held at first; the others are found again when wanted.
_KEEP = 1024


def search(
    probe: Probe,
    prompts: Sequence[WeightedPrompt | Prompt | str],
    relation: Relation,
    *,
    n: int = 100,
    fixed: Mapping[int, str] | None = None,
    space: Space | None = None,
    course: Course | None = None,
) -> Iterator[Candidate]:
    """Yield the `n` tuples of highest value, best first, each as soon as it is certain.

    `fixed` gives entities by slot: {0: "Paris"} asks for tails. Values are those of
    `space.objective`, over the free slots; equal values come in alphabetical order, and of names
    that differ in casing alone the best. Stop whenever you like: what was given is the top of the
    whole order. Raises `InputError` when the parts do not fit together or nothing may be found.
    """
    weighted = normalised(prompts)
    arity = weighted[0].prompt.arity
    given = dict(fixed or {})
    if n < 1:
        raise InputError(f"n={n} tuples cannot be searched; expected 1 or more")
    if arity != relation.arity:
        raise InputError(
            f"the prompts have {arity} slots and {relation.name!r} has {relation.arity}; give "
            "prompts of that relation"
        )
    if not set(given) < set(range(arity)):
        raise InputError(
            f"the slots {sorted(given)} are fixed; expected some of 0 to {arity - 1}, and one left "
            "free (a tuple without a free slot is scored, not searched)"
        )
    run = _Search(probe, weighted, relation, given, space or Space())
    return run.tuples(n, course or Course())


@dataclass(order=True, slots=True)
class _Entry:
    """A place in the queue: best value first, beginnings before tuples, tuples by their names."""

    above: int
    complete: bool
    tie: tuple[str, ...] | int
    held: Node | Candidate = field(compare=False)


class _Search:
    """One search: its frames, its choices, and the queue."""

    def __init__(
        self,
        probe: Probe,
        prompts: Sequence[WeightedPrompt],
        relation: Relation,
        given: Mapping[int, str],
        space: Space,
    ) -> None:
        self.probe = probe
        self.given = given
        self.space = space
        self.arity = relation.arity
        fixed = {slot: probe.vocabulary.encode(text) for slot, text in given.items()}
        self.fixed = fixed
        # Heaviest first, since they are read first; `places` leads back.
        self.places = sorted(range(len(prompts)), key=lambda p: -prompts[p].weight)
        ordered = [prompts[p] for p in self.places]
        frames = [probe.frame(item.prompt, fixed) for item in ordered]
        weights = np.array([item.weight for item in ordered])
        order = _search_order([frame.order for frame in frames], weights)
        self.expansion = Expansion(probe, frames, weights, order, space.objective)
        self.weights = weights
        self.choices: dict[int, Choices] = {
            slot: choices_for(probe, prompts, relation, slot, space) for slot in order
        }
        self.queue: list[_Entry] = []
        self._ticket = count()

    def tuples(self, n: int, course: Course) -> Iterator[Candidate]:
        """Yield the best `n`; see `search`."""
        for node in self._roots():
            self._push(node)
        shelf = _Shelf(n, course.repeats, frozenset(self.given))
        begun = self.probe.counted.rows
        found = expanded = 0
        while self.queue and found < n:
            bound = -self.queue[0].above / 1e6
            if bound < course.floor:
                return
            top = self.queue[0].held
            if isinstance(top, Candidate):
                heapq.heappop(self.queue)
                if shelf.takes(top):
                    found += 1
                    yield top
                continue
            if 0 < course.rows <= self.probe.counted.rows - begun:
                return
            wave = self._wave(course.wave, shelf)
            if wave:
                expanded += len(wave)
                floor = shelf.threshold / 1e6
                for node in (*self.expansion.read(wave, self.choices, floor), *wave):
                    self._push(node)
                    self._note(node, shelf)
            if wave and course.progress is not None:
                rows = self.probe.counted.rows - begun
                course.progress(Progress(found, expanded, bound, rows))

    def _roots(self) -> Iterator[Node]:
        prompts = len(self.weights)
        spans = [
            self.choices[slot].lengths if slot in self.choices else (len(self.fixed[slot]),)
            for slot in range(self.arity)
        ]
        empty = tuple(self.fixed.get(slot, ()) for slot in range(self.arity))
        for lengths in product(*spans):
            yield Node(lengths, empty, 0, np.zeros(prompts), np.zeros(prompts), 0, _KEEP)

    def _wave(self, size: int, shelf: _Shelf) -> list[Node]:
        """Take the best beginnings that are to be read; what is read already is opened."""
        wave: list[Node] = []
        waiting: list[_Entry] = []
        while self.queue and len(wave) < size:
            if wave and -self.queue[0].above < shelf.threshold:
                break
            entry = heapq.heappop(self.queue)
            node = entry.held
            if isinstance(node, Candidate):
                if not wave:
                    heapq.heappush(self.queue, entry)
                    break
                waiting.append(entry)
            elif not self.expansion.is_read(node):
                wave.append(node)
            else:
                self._open(node)
        for entry in waiting:
            heapq.heappush(self.queue, entry)
        return wave

    def _open(self, node: Node) -> None:
        """Put the best child of a node that is read into the queue, and the node behind it."""
        if node.place == len(self.expansion.order):
            self._finish(node)
            return
        child = self.expansion.child(node, node.next)
        node.next += 1
        self._push(node)
        if self._fits(child):
            if child.place == len(self.expansion.order) and not self.expansion.closes:
                self._finish(child)
            else:
                self._push(child)

    def _push(self, node: Node) -> None:
        bound = node.bound
        if node.best is not None and self.expansion.is_read(node):
            ended = node.next >= len(node.best)
            bound = NOTHING if ended else min(bound, micro_above(float(node.best[node.next])))
        if bound > NOTHING:
            heapq.heappush(self.queue, _Entry(-bound, False, next(self._ticket), node))

    def _finish(self, node: Node) -> None:
        candidate = self._candidate(node)
        heapq.heappush(
            self.queue, _Entry(-micro(candidate.value), True, candidate.entities, candidate)
        )

    def _fits(self, node: Node) -> bool:
        """Whether the names that are complete may stand where they do, and beside each other."""
        names = self._names(node)
        if names is None:
            return False
        return len(names) < 2 or self.space.words.allow_together(names)

    def _names(self, node: Node) -> list[str] | None:
        """Return the complete names by slot, or None when one is none."""
        names = dict(self.given)
        for slot in self.expansion.order[: node.place]:
            name = self.choices[slot].name(node.filled[slot])
            if name is None:
                return None
            names[slot] = name
        return [names[slot] for slot in sorted(names)]

    def _candidate(self, node: Node) -> Candidate:
        names = self._names(node)
        assert names is not None
        compatibility = self.expansion.compatibility(node)
        per_prompt = [0.0] * len(self.places)
        for p, value in zip(self.places, compatibility, strict=True):
            per_prompt[p] = round(float(value), 6)
        value = micro(float(self.weights @ compatibility)) / 1e6
        return Candidate(tuple(names), value, node.filled, tuple(per_prompt))

    def _note(self, node: Node, shelf: _Shelf) -> None:
        """Tell the shelf of complete tuples that this reading has shown, as far as they count."""
        last = len(self.expansion.order)
        if not self.expansion.is_read(node):
            return
        if node.place == last:
            shelf.note(node.bound, self._candidate(node).entities)
            return
        slot = self.expansion.order[node.place]
        begun = len(node.filled[slot]) + 1
        if self.expansion.closes or node.place + 1 < last or begun < node.lengths[slot]:
            return
        assert node.best is not None
        for column, best in enumerate(node.best):
            value = micro(float(best))
            if value <= shelf.threshold:
                return
            child = self.expansion.child(node, column)
            if self._fits(child) and (names := self._names(child)) is not None:
                shelf.note(value, tuple(names))


class _Shelf:
    """What was given, and the value that the last tuple to be given will have at least.

    The threshold only keeps beginnings that will not be needed from being read beside better
    ones; the order does not rest on it.
    """

    def __init__(self, n: int, repeats: int, fixed: frozenset[int]) -> None:
        self.threshold = NOTHING
        self._n = n
        self._repeats = repeats
        self._fixed = fixed
        self._given: set[tuple[str, ...]] = set()
        self._used: Counter[str] = Counter()
        self._values: list[int] = []
        self._noted: set[tuple[str, ...]] = set()

    def takes(self, candidate: Candidate) -> bool:
        """Whether the next tuple of the order is given: not given before, no name used up."""
        key = tuple(folded(entity) for entity in candidate.entities)
        names = {name for slot, name in enumerate(key) if slot not in self._fixed}
        if key in self._given:
            return False
        if self._repeats and any(self._used[name] >= self._repeats for name in names):
            return False
        self._given.add(key)
        self._used.update(names)
        return True

    def note(self, value: int, entities: tuple[str, ...]) -> None:
        """Learn of a complete tuple."""
        key = tuple(folded(entity) for entity in entities)
        if key in self._noted:
            return
        self._noted.add(key)
        heapq.heappush(self._values, value)
        if len(self._values) > self._n:
            heapq.heappop(self._values)
        if len(self._values) == self._n:
            self.threshold = self._values[0]


def _search_order(
    orders: Sequence[tuple[int, ...]], weights: NDArray[np.float64]
) -> tuple[int, ...]:
    """Return the order of slots that most of the prompts' weight is scored in."""
    total: dict[tuple[int, ...], float] = {}
    for order, weight in zip(orders, weights, strict=True):
        total[order] = total.get(order, 0.0) + float(weight)
    return max(total, key=lambda order: (round(total[order], 9), tuple(-slot for slot in order)))
