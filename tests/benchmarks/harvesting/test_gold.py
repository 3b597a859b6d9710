"""Known facts are read as they lie, and tuples are judged by them without the seeds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.harvest import summed
from benchmarks.harvesting.gold import Judgement, load_gold
from kgkit.errors import InputError

FACTS = [("Paris", "France"), ("Rome", "Italy"), ("Turin", "Italy"), ("Bonn", "Germany")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entry = {"label": "capital of", "description": "d", "seeds": [["Paris", "France"]], "pairs": 4}
    (tmp_path / "relations.json").write_text(json.dumps({"P10": entry, "P9": entry, "P8": entry}))
    lines = [json.dumps({"sub_label": head, "obj_label": tail}) for head, tail in FACTS]
    text = "\n".join(lines) + "\n"
    (tmp_path / "P10.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "P9.jsonl").write_text(text)
    return tmp_path


def test_properties_with_facts_come_by_number(folder: Path) -> None:
    nine, ten = load_gold(folder)
    assert (nine.property, ten.property) == ("P9", "P10")
    assert nine.tails == ten.tails
    assert nine.tails["rome"] == {"italy"}


def test_only_known_heads_that_are_no_seeds_are_judged(folder: Path) -> None:
    gold, _ = load_gold(folder)
    tuples = [("paris", "france"), ("ROME", "Italy"), ("turin", "france"), ("oslo", "norway")]
    assert gold.verdicts(tuples) == [None, True, False, None]
    assert gold.judge(tuples) == Judgement(4, 2, 1)
    assert gold.judge(tuples).rate == 0.5
    assert gold.judge([]).rate is None


def test_the_most_frequent_tail_serves_every_head(folder: Path) -> None:
    gold, _ = load_gold(folder)
    assert gold.most_frequent() == Judgement(3, 3, 2)


def test_other_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"relations\.json"):
        load_gold(tmp_path)


def test_figures_are_summed_over_relations() -> None:
    one = {
        "searched": [100, 2.0, 500],
        "harvest_seconds": 4.0,
        "at_20": [20, 10, 5],
        "at_100": [100, 40, 10],
        "by_belief_at_20": [20, 10, 8],
        "by_belief_at_100": [100, 40, 10],
        "init_at_100": [100, 40, 5],
        "most_frequent": [50, 50, 10],
        "beliefs": [[0.75, True], [0.75, True], [0.75, True], [0.75, False]],
        "exact": True,
    }
    compared = {"search": [100, 2.0, 500], "reference": [100, 40.0, 5000], "prompts": [5]}
    found = summed([one, {**one, "exact": False}], [compared])
    assert found["exact"] is False
    assert (found["hit_rate@20"], found["hit_rate@100"]) == (50.0, 25.0)
    assert found["init_prompt_hit_rate@100"] == 12.5
    assert found["calibration_error"] == 0.0
    assert found["tuples_per_second"] == 25.0
    assert (found["speedup_vs_reference"], found["fewer_rows"]) == (20.0, 10.0)
    assert found["reference_passes_per_prompt_and_tuple"] == 10.0
