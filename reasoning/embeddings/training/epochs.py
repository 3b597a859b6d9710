"""The loop over epochs: train, validate, keep the best, stop, and go on where a run was cut off."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kgkit.errors import ModelError
from reasoning.embeddings.evaluation import valid_mrr
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.training.batches import Batches
from reasoning.embeddings.training.checkpoint import Checkpoint
from reasoning.embeddings.training.curve import Epoch, Progress, Trained
from reasoning.embeddings.training.lookups import Lookups
from reasoning.embeddings.training.optimisers import Optimiser, clipped
from reasoning.embeddings.training.run import Run
from reasoning.embeddings.training.steps import Objective
from reasoning.embeddings.training.workers import Workers

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Training"]

#: After how many steps the loss is looked at.
_LOOK = 100


@dataclass(slots=True)
class Training:
    """One training on its way: all that changes with it, and how it is set aside.

    `order` draws the order of positives and is the same for all workers; `objective.generator`
    is this worker's own.
    """

    model: EmbeddingModel
    objective: Objective
    batches: Batches
    optimiser: Optimiser
    triples: Triples
    order: torch.Generator
    workers: Workers
    run: Run
    seed: int
    curve: list[Epoch] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)
    best_epoch: int = 0

    def finish(self, progress: Progress | None) -> Trained:
        """Run all epochs that remain and return the model as it was at its best.

        Raises `ModelError` when the loss is no finite number, and what reading a checkpoint does.
        """
        self._resume()
        kept = time.monotonic()
        stopped = self._stopped()
        while not stopped:
            epoch = self._epoch()
            stopped = self._stopped()
            if self.run.folder and (stopped or time.monotonic() - kept >= self.run.keep_seconds):
                self._keep()
                kept = time.monotonic()
            if progress is not None:
                progress(epoch)
        self.model.load_state_dict(self.best)
        preset = self.objective.preset
        return Trained(
            self.model.eval(), tuple(self.curve), self.best_epoch, stopped, preset, self.seed
        )

    def _epoch(self) -> Epoch:
        """Run, validate and record one epoch."""
        number, before = len(self.curve) + 1, self.curve[-1].seconds if self.curve else 0.0
        if self.objective.negatives is not None:
            share = (number - 1) / self.objective.preset.epochs
            self.objective.negatives.refresh(self.model.vectors().cpu(), share)
        began = time.perf_counter()
        loss = self._pass(number)
        taken = time.perf_counter() - began
        mrr = self._validate(number, before + taken)
        rate = self.batches.positives / taken
        epoch = Epoch(number, loss, mrr, round(rate, 1), before + taken)
        self.curve.append(epoch)
        if mrr is None or mrr >= self._best_mrr():
            self.best = {name: t.detach().clone() for name, t in self.model.state_dict().items()}
            self.best_epoch = number
        return epoch

    def _pass(self, number: int) -> float:
        """Go through all positives once and return the mean loss."""
        device, preset = self.model.device, self.objective.preset
        total, count = torch.zeros((), device=device), 0
        self.model.train()
        for step, batch in enumerate(self.batches.epoch(self.order, self.workers), 1):
            lookups = Lookups(self.model)
            with self._precision():
                loss = self.objective.of(lookups, batch.to(device))
            loss.backward()  # type: ignore[no-untyped-call]
            for gradient in clipped(lookups.gradients(self.workers), preset.clip):
                self.optimiser.update(gradient)
            total += loss.detach() * len(batch.tails)
            count += len(batch.tails)
            if step % _LOOK == 0:
                self._check(total, number)
        self._check(self.workers.mean(total), number)
        return float(total) / count

    def _check(self, total: Tensor, number: int) -> None:
        if not bool(torch.isfinite(total)):
            preset = self.objective.preset
            raise ModelError(
                f"the loss is {float(total)} in epoch {number}; train with a lower rate than "
                f"{preset.rate} or with clip=1.0 (a checkpoint of an earlier epoch stays as it is)"
            )

    def _validate(self, number: int, seconds: float) -> float | None:
        preset = self.objective.preset
        last = number == preset.epochs or 0 < self.run.minutes * 60 <= seconds
        if not len(self.triples.valid) or (number % preset.every and not last):
            return None
        found = torch.zeros(1, dtype=torch.float64, device=self.model.device)
        if self.workers.is_first:
            self.model.eval()
            found += valid_mrr(self.model, self.triples, limit=preset.valid_limit, seed=0)
        return float(self.workers.first(found))

    def _best_mrr(self) -> float:
        return max((e.mrr for e in self.curve if e.mrr is not None), default=0.0)

    def _stopped(self) -> str:
        """Why no epoch should follow; "" where one should."""
        preset = self.objective.preset
        if len(self.curve) >= preset.epochs:
            return "epochs"
        values = [epoch.mrr for epoch in self.curve if epoch.mrr is not None]
        if values and len(values) - 1 - values.index(max(values)) >= preset.patience:
            return "patience"
        if self.curve and 0 < self.run.minutes * 60 <= self.curve[-1].seconds:
            return "minutes"
        return ""

    def _precision(self) -> AbstractContextManager[object]:
        return torch.autocast(self.model.device.type, torch.bfloat16, enabled=self.run.bf16)

    def _facts(self) -> dict[str, object]:
        """What a checkpoint must agree with."""
        preset = asdict(self.objective.preset)
        for free in ("epochs", "patience"):
            del preset[free]  # a longer training may go on from a shorter one
        return {
            "graph": self.triples.fingerprint,
            "model": self.model.name,
            "negatives": type(self.objective.negatives).__name__,
            "preset": preset,
            "seed": self.seed,
            "workers": self.workers.count,
        }

    def _keep(self) -> None:
        if not (self.workers.is_first and self.run.folder):
            return
        tensors = {f"model.{name}": t for name, t in self.model.state_dict().items()}
        tensors |= {f"best.{name}": t for name, t in self.best.items()}
        tensors |= {f"optimiser.{name}": t for name, t in self.optimiser.state().items()}
        tensors["order"] = self.order.get_state()
        tensors["draws"] = self.objective.generator.get_state()
        curve = [asdict(epoch) for epoch in self.curve]
        facts = {**self._facts(), "curve": curve, "best_epoch": self.best_epoch}
        Checkpoint(tensors, facts).write(self.run.folder)

    def _resume(self) -> None:
        found = Checkpoint.read(self.run.folder, self._facts()) if self.run.folder else None
        if found is None:
            return
        parts: dict[str, dict[str, Tensor]] = {"model": {}, "best": {}, "optimiser": {}}
        for name, tensor in found.tensors.items():
            part, _, rest = name.partition(".")
            if part in parts:
                parts[part][rest] = tensor
        self.model.load_state_dict(parts["model"])
        self.best = {name: t.to(self.model.device) for name, t in parts["best"].items()}
        self.optimiser.restore(parts["optimiser"])
        self.order.set_state(found.tensors["order"])
        self.objective.generator.set_state(found.tensors["draws"])
        self.curve = [Epoch(**epoch) for epoch in found.facts["curve"]]
        self.best_epoch = found.facts["best_epoch"]
