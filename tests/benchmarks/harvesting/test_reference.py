"""The loop that harvesting is compared with takes as many passes as the loops it re-makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
import torch
from torch import Tensor

from benchmarks.harvesting.reference import DepthFirst, walk_size
from extractors.harvest.prompt import Prompt, WeightedPrompt

WORDS = ("alpha", "bravo", "carol", "delta", "ember", "frost")
SPECIAL = ("[CLS]", "[SEP]", "[MASK]")
PIECES = (*SPECIAL, "the", "of", "is", ".", "##ly", "x1", *WORDS)
PROMPTS = (
    WeightedPrompt(Prompt.parse("{0} is of {1} ."), 0.75),
    WeightedPrompt(Prompt.parse("the {1} of {0} ."), 0.25),
)


class Toy:
    """A model whose logits depend on the whole row, and which counts its calls."""

    pieces = PIECES
    mask = 2
    frame = ([0], [1])

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the words."""
        return [PIECES.index(word) for word in text.split()]

    def logits(self, row: Sequence[int], place: int) -> Tensor:
        """Return numbers that are drawn for the row."""
        self.calls += 1
        assert row[0] == 0
        assert row[-1] == 1
        assert row[place] == self.mask
        generator = torch.Generator().manual_seed(hash((tuple(row), place)) % 2**31)
        return torch.randn(len(PIECES), generator=generator)


def test_uncut_it_opens_the_nodes_of_the_loops() -> None:
    toy = Toy()
    loop = DepthFirst(toy, PROMPTS, banned=("the", "of", "is"), most_pieces=1, repeat=10**6)
    loop.search(10**6)
    assert loop.nodes == walk_size(len(WORDS), (1, 1), 10**6, 10**6) == 1 + len(WORDS)
    assert loop.passes == toy.calls == loop.nodes * len(PROMPTS)


@pytest.mark.parametrize("n", [1, 5, 30])
def test_it_opens_no_more_than_the_loops(n: int) -> None:
    toy = Toy()
    loop = DepthFirst(toy, PROMPTS, banned=("the", "of", "is"))
    loop.search(n)
    tried = len(WORDS) + 1  # "x1" is tried, though too short for an entity
    most = sum(walk_size(tried, c, n, 5) for c in product((1, 2), repeat=2))
    assert 1 + 2 < loop.nodes <= most
    assert loop.passes == toy.calls == 2 * loop.nodes


def test_single_pieces_come_best_first_with_the_smallest_step_as_value() -> None:
    toy = Toy()
    loop = DepthFirst(toy, PROMPTS, banned=("the", "of", "is"), most_pieces=1, repeat=10**6)
    found = loop.search(1000)
    assert [item.value for item in found] == sorted((item.value for item in found), reverse=True)
    assert len(found) == len(WORDS) * (len(WORDS) - 1)  # no entity is another of its tuple
    first = loop._distribution((1, 1), [], [])
    for item in found:
        head, tail = (PIECES.index(name) for name in item.entities)
        second = loop._distribution((1, 1), [[head]], [])
        assert item.value == pytest.approx(min(float(first[head]), float(second[tail])))


def test_banned_pieces_and_repeated_words_stay_out() -> None:
    found = DepthFirst(Toy(), PROMPTS, banned=("the", "of", "is")).search(50)
    for item in found:
        words = " ".join(item.entities).split()
        assert set(words) <= set(WORDS)
        assert all(len(set(entity.split())) == len(entity.split()) for entity in item.entities)
    for word in WORDS:
        assert sum(word in " ".join(item.entities).split() for item in found) <= 5
