"""The training of the planning head: cases, the split, and a few steps that can be gone on from."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import torch

from extractors.mini.lora import adapt
from extractors.mini.planning.labels import DEPTHS, PARTS
from extractors.mini.planning.network import PlanningNetwork
from extractors.mini.train.planning import settings_of
from extractors.mini.train.planning_data import PlanningCase, break_cases, chain_cases, is_held_out
from extractors.mini.train.planning_loop import PlanningPlan, train_planning
from extractors.mini.words import words
from kgkit.models.bert import Bert
from kgkit.models.encoder import load_encoder

_ROWS = [
    {
        "question": "Who is the wife of the author of Salt Meadow?",
        "decomposition": ["return Salt Meadow", "return author of #1", "return wife of #2"],
        "operators": ["select", "project", "project"],
    },
    {
        "question": "How many red boats are there?",
        "decomposition": ["return boats", "return #1 that are red", "return number of #2"],
        "operators": ["select", "filter", "aggregate"],
    },
]


def _folder(path: Path) -> Path:
    for name in ("break_high_dev", "break_qdmr_dev"):
        with gzip.open(path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in _ROWS)
    return path


def test_words_get_the_part_and_depth_of_their_step(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    cases = [*break_cases(folder, held_out=False), *break_cases(folder, held_out=True)]
    assert len(cases) == 4
    case = next(c for c in cases if "wife" in c.question and c.fine is not None)
    said = {case.question[a:b]: i for i, (a, b) in enumerate(case.words)}
    parts = {word: PARTS[case.parts[i]] for word, i in said.items()}
    depths = {word: DEPTHS[case.depths[i]] for word, i in said.items()}
    assert (parts["Salt"], parts["author"], parts["of"]) == ("known", "relation", "none")
    assert (depths["Salt"], depths["author"], depths["wife"]) == ("2", "1", "0")
    assert case.type == "things"
    assert case.coarse is None


def test_the_split_is_by_the_words_of_the_question(tmp_path: Path) -> None:
    assert is_held_out("Who wrote it?") == is_held_out("who  wrote it")
    folder = _folder(tmp_path)
    learnt = {c.question for c in break_cases(folder, held_out=False)}
    assert not learnt & {c.question for c in break_cases(folder, held_out=True)}


def test_chains_of_evidence_give_depths(tmp_path: Path) -> None:
    row = {
        "question": "Where was the director of film Salt Meadow born?",
        "answers": ["Kest"],
        "type": "compositional",
        "split": "dev",
        "evidences": [["Salt Meadow", "director", "Anna"], ["Anna", "place of birth", "Kest"]],
    }
    path = tmp_path / "rk500.json.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump([row, {**row, "split": "test"}], file)
    (case,) = chain_cases(path)
    at = [case.question[a:b] for a, b in case.words].index("director")
    assert (PARTS[case.parts[at]], DEPTHS[case.depths[at]]) == ("relation", "1")


def test_a_broken_off_run_goes_on(tmp_path: Path) -> None:
    questions = [f"Who wrote book {n}?" for n in range(6)] + ["How many boats are red?"] * 2
    cases = [
        PlanningCase(q, tuple(words(q)), fine=frozenset({"select"}), type="things")
        for q in questions
    ]
    tokenizer = load_encoder().tokenizer

    def run(folder: Path, epochs: float) -> dict[str, torch.Tensor]:
        torch.manual_seed(0)
        bert = Bert()
        bert.load_state_dict(load_encoder().bert.state_dict())
        network = PlanningNetwork(bert.requires_grad_(False))
        adapt(network.bert, rank=2)
        plan = PlanningPlan(folder, epochs=epochs, batch=4)
        return train_planning(network, cases, tokenizer, plan)

    first = run(tmp_path / "a", 1.0)
    again = run(tmp_path / "a", 1.0)  # nothing is left to do
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert (tmp_path / "a" / "state.pt").exists()
    assert settings_of(cases).fine == ((("select",), 0.0),)
