"""Training: it learns, the same seed gives the same bytes, and a run that is cut off goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import Tensor

from kgkit.errors import InputError, ModelError
from reasoning.embeddings.evaluation import evaluate
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.negatives.base import NegativesFactory
from reasoning.embeddings.negatives.uniform import Uniform
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.representations import Projected
from reasoning.embeddings.training import Epoch, Run, Trained, train
from reasoning.embeddings.training.checkpoint import FILE
from reasoning.embeddings.triples import Triples, number

SMALL = Preset(dim=16, batch=16, epochs=4, every=2, decay=0.01)


def clock(hours: int = 12) -> Triples:
    """Return a graph of hours, each followed by the next and by the one after it, some unsaid."""
    rows = [(f"{n:02}", "next", f"{n + 1:02}") for n in range(hours - 1)]
    rows += [(f"{n:02}", "over", f"{n + 2:02}") for n in range(hours - 2)]
    return number(rows[:-4], rows[-4:-2], rows[-2:])


def weights(trained: Trained) -> dict[str, Tensor]:
    return trained.model.state_dict()


def same(one: Trained, other: Trained) -> bool:
    left, right = weights(one), weights(other)
    return left.keys() == right.keys() and all(torch.equal(left[k], right[k]) for k in left)


@pytest.mark.parametrize("negatives", ["all", "uniform"])
@pytest.mark.parametrize("model", ["complex", "rescal", "rotate", "transe", "tucker"])
def test_a_pattern_is_learnt(model: str, negatives: str) -> None:
    preset = replace(SMALL, dim=16, epochs=80, every=80, rate=0.1, negatives=24, decay=0.0)
    if model in ("rotate", "transe"):
        preset = replace(preset, optimiser="adam", rate=0.05)
    trained = train(clock(), model=model, negatives=negatives, preset=preset)
    assert trained.curve[-1].loss < 0.6 * trained.curve[0].loss
    whole = replace(clock(), test=clock().train)
    assert evaluate(trained.model, whole, "test").mrr > 0.8


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"loss": "bce", "smoothing": 0.1},
        {"loss": "filtered-softmax", "grouped": False},
        {"candidates": "drawn"},
        {"candidates": "drawn", "loss": "margin", "margin": 2.0, "penalty": "l2"},
        {"candidates": "drawn", "loss": "self-adversarial", "optimiser": "adam", "rate": 0.01},
        {"candidates": "drawn", "loss": "infonce", "temperature": 0.5, "dropout": 0.2},
        {"is_reciprocal": False, "clip": 0.5},
    ],
    ids=str,
)
def test_every_setting_trains_and_repeats_to_the_byte(changes: dict[str, object]) -> None:
    preset = replace(SMALL, **changes)  # type: ignore[arg-type]
    one, other = (train(clock(), preset=preset, seed=3) for _ in range(2))
    assert one.curve[-1].loss < one.curve[0].loss
    assert same(one, other)
    assert not same(one, train(clock(), preset=preset, seed=4))


def test_grouped_positives_give_the_same_loss() -> None:
    """With one batch an epoch the first loss and the first update are those of single ones."""
    preset = replace(SMALL, batch=1000, epochs=2, every=2)
    grouped, single = (train(clock(), preset=replace(preset, grouped=g)) for g in (True, False))
    for one, other in zip(grouped.curve, single.curve, strict=True):
        assert one.loss == pytest.approx(other.loss, rel=1e-4)


@pytest.mark.parametrize("negatives", ["all", "uniform"])
@pytest.mark.parametrize("optimiser", ["adagrad", "adam"])
def test_a_run_cut_off_goes_on_to_the_same_bytes(
    tmp_path: Path, negatives: str, optimiser: str
) -> None:
    preset = replace(SMALL, epochs=6, optimiser=optimiser, rate=0.05, dropout=0.1)  # type: ignore[arg-type]
    run = Run(folder=tmp_path, keep_seconds=0.0)
    whole = train(clock(), negatives=negatives, preset=preset, seed=5)

    def cut(epoch: Epoch) -> None:
        if epoch.number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(clock(), negatives=negatives, preset=preset, seed=5, progress=cut, run=run)
    assert (tmp_path / FILE).exists()
    resumed = train(clock(), negatives=negatives, preset=preset, seed=5, run=run)
    assert same(whole, resumed)
    assert [e.loss for e in whole.curve] == [e.loss for e in resumed.curve]
    assert whole.best == resumed.best
    again = train(clock(), negatives=negatives, preset=preset, seed=5, run=run)
    assert same(whole, again)


def test_a_checkpoint_of_something_else_is_refused(tmp_path: Path) -> None:
    run = Run(folder=tmp_path)
    train(clock(), preset=SMALL, run=run)
    with pytest.raises(InputError, match="another graph"):
        train(clock(8), preset=SMALL, run=run)
    with pytest.raises(InputError, match="another seed"):
        train(clock(), preset=SMALL, seed=1, run=run)
    with pytest.raises(InputError, match="another preset"):
        train(clock(), preset=replace(SMALL, dim=8), run=run)
    with pytest.raises(InputError, match="another model"):
        train(clock(), model="distmult", preset=SMALL, run=run)
    (tmp_path / FILE).write_bytes(b"torn")
    with pytest.raises(ModelError, match="damaged"):
        train(clock(), preset=SMALL, run=run)


def test_a_loss_that_is_no_number_is_said_and_the_checkpoint_stays(tmp_path: Path) -> None:
    run = Run(folder=tmp_path, keep_seconds=0.0)
    preset = replace(SMALL, optimiser="adam", rate=1e25, epochs=30)
    with pytest.raises(ModelError, match="lower rate"):
        train(clock(), preset=preset, run=run)


def test_the_best_epoch_is_kept_and_patience_ends() -> None:
    preset = replace(SMALL, epochs=200, every=1, patience=3, rate=0.5)
    trained = train(clock(), preset=preset)
    assert trained.stopped == "patience"
    scores = [epoch.mrr for epoch in trained.curve if epoch.mrr is not None]
    assert trained.mrr == max(scores)
    assert trained.curve[trained.best - 1].mrr == trained.mrr
    assert evaluate(trained.model, clock(), "valid").mrr == pytest.approx(trained.mrr, abs=1e-3)


def test_minutes_end_a_training_after_its_epoch() -> None:
    trained = train(clock(), preset=replace(SMALL, epochs=500), run=Run(minutes=1e-9))
    assert (trained.stopped, len(trained.curve)) == ("minutes", 1)
    assert trained.mrr is not None


def test_without_validation_the_last_epoch_counts() -> None:
    bare = replace(clock(), valid=clock().valid[:0])
    trained = train(bare, preset=SMALL)
    assert (trained.best, trained.mrr) == (SMALL.epochs, None)


def test_text_vectors_are_trained_through_their_projection() -> None:
    triples = clock()
    texts = Projected(torch.eye(12), 16, torch.Generator().manual_seed(0))
    model = EmbeddingModel.start("distmult", (12, 2), dim=16, entities=texts)
    before = texts.projection.detach().clone()
    trained = train(triples, model=model, negatives="uniform", preset=SMALL)
    assert trained.curve[-1].loss < trained.curve[0].loss
    assert not torch.equal(before, texts.projection)


def test_scores_in_bfloat16_are_trained_and_ranked_in_float32() -> None:
    trained = train(clock(), preset=replace(SMALL, epochs=20), run=Run(bf16=True))
    assert trained.curve[-1].loss < trained.curve[0].loss
    assert trained.model.vectors().dtype == torch.float32


@pytest.mark.parametrize("factory", [partial(Uniform.over, own=True), Uniform.over])
def test_own_and_shared_candidates(factory: NegativesFactory) -> None:
    trained = train(clock(), negatives=factory, preset=SMALL)
    assert trained.curve[-1].loss < trained.curve[0].loss


def test_progress_hears_of_every_epoch() -> None:
    heard: list[Epoch] = []
    trained = train(clock(), preset=SMALL, progress=heard.append)
    assert tuple(heard) == trained.curve
    assert [epoch.mrr is None for epoch in heard] == [True, False, True, False]
    assert all(epoch.positives_per_second > 0 for epoch in heard)


def test_odd_graphs() -> None:
    loops = number([("a", "r", "a"), ("a", "r", "b"), ("a", "r", "b")], [("a", "r", "c")])
    trained = train(loops, preset=replace(SMALL, epochs=2))
    assert trained.mrr is not None
    with pytest.raises(InputError, match="no training triples"):
        train(number([], [("a", "r", "b")]), preset=SMALL)
    with pytest.raises(InputError, match="nothing to complete"):
        train(number([("a", "r", "a")]), preset=SMALL)
    with pytest.raises(InputError, match="minutes"):
        Run(minutes=-1.0)
