"""Two processes that train together hold the same vectors and learn as one does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from reasoning.embeddings.training.workers import Workers

SCRIPT = """
import json, sys
import torch
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.training.workers import Workers
from reasoning.embeddings.triples import number

rows = [(f"{n:02}", "next", f"{(n + 1) % 12:02}") for n in range(12)]
preset = Preset(dim=16, batch=6, epochs=40, every=40, candidates=sys.argv[2])
trained = train(number(rows[:-1], rows[-1:]), preset=preset)
workers = Workers.joined()
figures = {"sum": float(trained.model.vectors().double().sum()), "loss": trained.curve[-1].loss}
open(f"{sys.argv[1]}/{workers.rank}.json", "w").write(json.dumps(figures))
"""


def test_shares_cover_a_batch_and_are_as_long() -> None:
    items = torch.arange(7)
    shares = [Workers(rank, 3).share(items) for rank in range(3)]
    assert {len(share) for share in shares} == {3}
    assert set(torch.cat(shares).tolist()) == set(range(7))
    assert torch.equal(Workers().share(items), items)


@pytest.mark.slow
@pytest.mark.parametrize("candidates", ["all", "drawn"])
def test_two_processes_hold_the_same_vectors(tmp_path: Path, candidates: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    command = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", str(script)]
    subprocess.run(
        [sys.executable, *command, str(tmp_path), candidates],
        check=True,
        capture_output=True,
        timeout=300,
        env={"PYTHONPATH": str(Path(__file__).parents[4]), "OMP_NUM_THREADS": "1", "PATH": ""},
    )
    first, second = (json.loads((tmp_path / f"{rank}.json").read_text()) for rank in range(2))
    assert first["sum"] == second["sum"]
    assert first["loss"] < 1.0
