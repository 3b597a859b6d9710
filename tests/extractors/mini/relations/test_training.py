"""Documents to learn relations from, and what is fitted after training."""

from __future__ import annotations

import pytest
import torch

from extractors.mini.train.relations_data import gold_case, labelled
from extractors.mini.train.relations_evaluate import best_shift, f1_of, fitted
from kgkit.models.encoder import load_encoder

DOCUMENT = {
    "title": "Ada",
    "sents": [["Ada", "Lovelace", "was", "born", "in", "London", "."], ["Ada", "rose", "."]],
    "vertexSet": [
        [
            {"type": "PER", "pos": [0, 2], "sent_id": 0},
            {"type": "PER", "pos": [0, 1], "sent_id": 1},
        ],
        [{"type": "LOC", "pos": [5, 6], "sent_id": 0}],
    ],
    "labels": [
        {"h": 0, "t": 1, "r": "P19", "evidence": [0]},
        {"h": 1, "t": 0, "r": "P9999", "evidence": []},
    ],
}


@pytest.mark.parametrize("printed", [False, True])
def test_a_document_keeps_all_its_mentions(printed: bool) -> None:
    case = gold_case(DOCUMENT, load_encoder().tokenizer, printed=printed)
    assert case.entities == (0, 0, 1)
    assert (case.sentences, case.kinds) == ((0, 1, 0), (0, 2))


def test_targets_and_evidence_stand_in_the_order_of_the_pairs() -> None:
    document = labelled(DOCUMENT, ["P17", "P19"], load_encoder().tokenizer, printed=True)
    assert document.facts == ((0, 1, 1, (0,)),)
    assert document.targets(2).tolist() == [[0.0, 1.0], [0.0, 0.0]]
    pairs, shares = document.evidence()
    assert (pairs.tolist(), shares.tolist()) == ([0], [[1.0, 0.0]])


def test_the_threshold_moves_to_where_f1_is_best() -> None:
    found = torch.tensor([[1.0], [-0.5], [-0.8], [-3.0]])
    gold = torch.tensor([[1.0], [1.0], [0.0], [0.0]])
    assert f1_of(found, gold) == pytest.approx(2 / 3)
    shift, best = best_shift(found, gold)
    assert (shift, best) == (0.625, 1.0)


def test_probabilities_are_fitted_to_what_was_right() -> None:
    margins = torch.linspace(0.1, 4.0, 200)
    truth = (torch.arange(200) % 4 > 0).float()
    slope, offset = fitted(margins, truth)
    middle = float(torch.sigmoid(slope * margins + offset).mean())
    assert middle == pytest.approx(0.75, abs=0.01)
    assert fitted(margins, torch.ones(200)) == (1.0, 0.0)
