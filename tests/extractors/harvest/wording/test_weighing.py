"""Weights from seeds: a model that knows two capitals, asked with good and bad prompts."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.reading import Reader
from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation
from extractors.harvest.wording import weigh
from extractors.harvest.wording.corrupting import corrupted, favourites
from extractors.harvest.wording.evidence import compatibilities, slot_logs
from extractors.harvest.wording.weighing import Weighing, weights_of
from kgkit.errors import InputError
from tests.extractors.harvest.tiny import word_piece

GOOD = Prompt.parse("{0} is the capital of {1}")
FAIR = Prompt.parse("{0} is capital in {1}")
POOR = Prompt.parse("{0} lies in the {1}")
SEEDS = (("paris", "france"), ("rome", "italy"))
PAIRS = {"paris": "france", "rome": "italy", "york": "jean"}


def number(piece: str) -> int:
    found = word_piece().token_to_id(piece)
    assert isinstance(found, int)
    return found


@pytest.fixture
def probe() -> MaskedProbe:
    """A model that likes "jean", and names the partner of a city beside the word "capital"."""
    size = word_piece().get_vocab_size()

    def network(ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        logits = torch.zeros(len(places), size)
        logits[:, number("jean")] = 2.0
        for row, sequence in enumerate(sequences.tolist()):
            pieces = ids[sequence].tolist()
            strength = 3.0 if number("of") in pieces else 1.5
            if number("capital") in pieces:
                for head, tail in PAIRS.items():
                    if number(head) in pieces:
                        logits[row, number(tail)] += strength
        return logits

    return MaskedProbe(Reader("knowing", network), word_piece())


def test_prompts_that_tell_truth_weigh_most(probe: MaskedProbe) -> None:
    relation = Relation("capital of", (GOOD, FAIR, POOR), SEEDS)
    weighted = weigh(probe, relation.prompts, relation)
    assert weighted[0].prompt == GOOD
    assert POOR not in [item.prompt for item in weighted]
    assert sum(item.weight for item in weighted) == pytest.approx(1.0)
    assert weigh(probe, relation.prompts, relation) == weighted


def test_one_seed_is_enough(probe: MaskedProbe) -> None:
    relation = Relation("capital of", (POOR, GOOD), SEEDS[:1])
    weighted = weigh(probe, relation.prompts, relation)
    assert [item.prompt for item in weighted] == [GOOD]


def test_the_order_of_prompts_does_not_matter(probe: MaskedProbe) -> None:
    relation = Relation("capital of", (GOOD, FAIR, POOR), SEEDS)
    one = weigh(probe, [GOOD, FAIR, POOR], relation)
    other = weigh(probe, [POOR, FAIR, GOOD], relation)
    assert {item.prompt: item.weight for item in one} == {
        item.prompt: item.weight for item in other
    }


def test_favourites_are_what_the_model_says_unasked(probe: MaskedProbe) -> None:
    assert favourites(probe, [GOOD, POOR], each=1) == [["jean"], ["jean"]]


def test_nothing_to_weigh_with_is_an_error(probe: MaskedProbe) -> None:
    with pytest.raises(InputError, match="no prompts"):
        weigh(probe, [], Relation("capital of", seeds=SEEDS))
    with pytest.raises(InputError, match="no seed that the model"):
        weigh(probe, [GOOD], Relation("capital of", seeds=(("Zürich", "Switzerland"),)))


def test_all_pieces_of_an_entity_count(probe: MaskedProbe) -> None:
    logs = slot_logs(probe, [GOOD], [("new york", "jean"), ("york", "jean")])
    assert logs.shape == (1, 2, 2)
    assert logs[0, 0, 0] < logs[0, 1, 0]
    expected = logs[0, :, :].sum(1) * 2 / 3 + logs[0, :, :].min(1) / 3
    assert compatibilities(logs)[0] == pytest.approx(expected)


def test_corruptions_change_one_entity_and_are_never_true() -> None:
    seeds = [("A", "x"), ("B", "x"), ("C", "y")]
    found = corrupted(seeds, [["D"], ["z", "X"]])
    assert all(sum(a != b for a, b in zip(row, seeds[0], strict=True)) == 1 for row in found[0])
    assert ("A", "X") not in found[0]
    assert ("B", "x") not in found[0]
    assert {("A", "y"), ("C", "x"), ("A", "z"), ("D", "x")} == set(found[0])


def test_a_prompt_that_says_nothing_new_is_dropped() -> None:
    true = np.array([[-4.0, -5.0], [-4.1, -5.1], [-4.0, -3.0]])
    false = tuple(np.array([[-8.0, -9.0], [-8.1, -9.1], [-6.0, -9.5]]) for _ in range(2))
    prompts = [GOOD, FAIR, POOR]
    kept = [item.prompt for item in weights_of(Weighing(true, false), prompts)]
    assert FAIR not in kept
    assert {GOOD, POOR} == set(kept)
