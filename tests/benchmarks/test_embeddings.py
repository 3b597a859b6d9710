"""The embeddings benchmark: one line of JSON, seeds that are not trained twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.embeddings import changed, main
from reasoning.embeddings.presets import Preset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small ring of triples."""
    rows = [f"{n:02}\tnext\t{(n + 1) % 12:02}\n" for n in range(12)]
    for name, part in (("train", rows[:-2]), ("valid", rows[-2:-1]), ("test", rows[-1:])):
        (tmp_path / f"{name}.txt").write_text("".join(part))
    return tmp_path


def test_seeds_are_printed_and_read_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = folder / "kept.jsonl"
    command = ["--data", str(folder), "--seeds", "2", "--set", "epochs=2", "--set", "dim=8"]
    command += ["--resume", str(kept), "--json"]
    main(command)
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"machine", "seed", "seconds", "peak_mb", "mrr"} <= figures.keys()
    assert len(figures["runs"]) == 2
    before = kept.read_text()
    main(command)
    again = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert again["runs"] == figures["runs"]
    assert kept.read_text() == before


def test_speed_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(folder), "--speed"])
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["dim"], figures["negatives"]) == (128, 256)
    assert figures["positives_per_second"] > 0


def test_fields_are_set_by_name() -> None:
    preset = changed(Preset(), ["rate=0.5", "loss=bce", "smoothing=0.1", "batch=7"])
    assert (preset.rate, preset.loss, preset.smoothing, preset.batch) == (0.5, "bce", 0.1, 7)
    with pytest.raises(SystemExit, match="known are"):
        changed(Preset(), ["speed=2"])
