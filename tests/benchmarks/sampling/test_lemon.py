"""The comparison: equal trials, a record that resumes, and a verdict that says who won."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.lemon import compare, main
from benchmarks.sampling.runs import Record
from benchmarks.sampling.settings import SAMPLERS, settings
from benchmarks.sampling.verdict import row, verdict
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.triples import number


def test_every_sampler_has_as_many_trials() -> None:
    tried = {name: settings(name, Preset(), 3, None) for name in SAMPLERS}
    assert {len(found) for found in tried.values()} == {3}
    rates = {tuple((s.preset.rate, s.preset.decay) for s in found) for found in tried.values()}
    assert len(rates) == 1


def test_the_verdict_names_the_winner_whoever_it_is() -> None:
    found = {"uniform": [0.3, 0.32, 0.31], "lemon": [0.29, 0.3, 0.31], "all": [0.5, 0.5, 0.5]}
    told = verdict(found, beside=("all",))
    assert (told["winner"], told["next"], told["lead"]) == ("uniform", "lemon", 0.01)
    assert told["is_clear"] is False
    assert told["lemon_over_uniform"] == -0.01
    clear = verdict({"uniform": [0.3, 0.3, 0.31], "lemon": [0.4, 0.41, 0.41]})
    assert (clear["winner"], clear["is_clear"]) == ("lemon", True)
    assert row([0.5])["interval"] is None


def test_a_run_that_is_on_record_is_not_done_again(tmp_path: Path) -> None:
    rows = [(f"e{n}", "r", f"e{(n * 3 + 1) % 12}") for n in range(12)]
    triples = number(rows, rows[:2], rows[2:4])
    base = Preset(dim=4, negatives=4, batch=8, candidates="drawn", epochs=2, every=1)
    tried = {name: settings(name, base, 1, None) for name in ("uniform", "eans", "all")}
    file = tmp_path / "runs.jsonl"
    first = compare(Record(triples, "distmult", file), tried, 2, range(2))
    lines = file.read_text()
    second = compare(Record(triples, "distmult", file), tried, 2, range(2))
    assert first == second
    assert file.read_text() == lines
    assert {json.loads(line)["run"]["test"] is None for line in lines.splitlines()} == {True, False}


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"e{n}\tr\te{(n * 3 + 1) % 12}\n" for n in range(12))
    for part in ("train", "valid", "test"):
        (tmp_path / f"{part}.txt").write_text(rows)
    asked = ["--samplers", "uniform", "--trials", "1", "--seeds", "1", "--epochs", "1"]
    main(["--data", str(tmp_path), "--dim", "4", *asked])
    printed = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert printed["equal_positives_verdict"] == {"winner": "uniform"}
    assert {"machine", "seed", "seconds"} <= set(printed)
