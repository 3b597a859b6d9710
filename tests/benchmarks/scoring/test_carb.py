"""The CaRB scorer on tuples worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.scoring.carb import compare, evaluate, read_gold
from extractors.mini.clauses.tuples import OpenTuple
from kgkit.errors import InputError


def row(predicate: str, *arguments: str, score: float = 1.0) -> OpenTuple:
    return OpenTuple(predicate, arguments, score)


def test_predicates_have_to_share_a_word() -> None:
    assert compare(row("wrote", "Ada", "notes"), row("read", "Ada", "notes")) == (0.0, 0.0)


def test_be_stands_for_all_of_its_forms() -> None:
    assert compare(row("was", "Ada", "here"), row("be", "Ada", "here")) == (1.0, 1.0)


def test_later_arguments_count_as_one() -> None:
    gold = row("met", "Ada", "Charles", "in London")
    assert compare(gold, row("met", "Ada", "Charles in London")) == (1.0, 1.0)
    assert compare(gold, row("met", "Ada", "Charles")) == (1.0, 0.6)


def test_what_was_said_may_stand_first() -> None:
    gold = row("said", "Ada", "it rains")
    assert compare(gold, row("said", "it rains", "Ada")) == (1.0, 1.0)


def test_precision_pairs_one_to_one_and_recall_takes_the_best() -> None:
    gold = {"s": [row("met", "Ada", "Charles")]}
    twice = {"s": [row("met", "Ada", "Charles"), row("met", "Ada", "Charles")]}
    assert evaluate(gold, twice) == {"precision": 50.0, "recall": 100.0, "f1": 66.7, "auc": 75.0}


def test_the_best_threshold_is_reported() -> None:
    gold = {"s": [row("met", "Ada", "Charles")], "t": [row("slept", "Ada", "well")]}
    found = {
        "s": [row("met", "Ada", "Charles", score=0.9), row("met", "x", "y", score=0.1)],
        "t": [row("ate", "Ada", "well", score=0.1)],
    }
    result = evaluate(gold, found)
    assert (result["precision"], result["recall"], result["f1"]) == (100.0, 50.0, 66.7)


def test_nothing_found() -> None:
    assert evaluate({"s": [row("met", "a", "b")]}, {})["f1"] == 0.0


def test_gold_file(tmp_path: Path) -> None:
    path = tmp_path / "gold_dev.tsv"
    path.write_text("Ada slept . \tslept\tAda\t\nAda slept .\tslept\tAda\twell\n", encoding="utf-8")
    assert read_gold(path) == {"Ada slept .": [row("slept", "Ada"), row("slept", "Ada", "well")]}
    with pytest.raises(InputError, match="No CaRB gold file"):
        read_gold(tmp_path / "missing.tsv")
