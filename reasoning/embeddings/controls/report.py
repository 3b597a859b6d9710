"""Does it infer or remember? One model against the graph and its four controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, stdev
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from reasoning.embeddings.controls.worlds import CONTROLS

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["ControlReport", "Judge", "Score", "against_controls"]

#: Trains a model on triples with a seed and returns its figure, MRR for one.
Judge = Callable[["Triples", int], float]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of some seeds; `spread` is their standard deviation (0 for one)."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over seeds, to 4 decimals."""
        return round(mean(self.values), 4)

    @property
    def spread(self) -> float:
        """The standard deviation over seeds, to 4 decimals."""
        return round(stdev(self.values), 4) if len(self.values) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class ControlReport:
    """What a model reaches on the graph as it is and on each control, by name."""

    original: Score
    controls: Mapping[str, Score]

    @property
    def floor(self) -> float:
        """What remains without any usable words: the fully anonymised graph."""
        return self.controls["fully anonymised"].mean

    def kept(self, name: str) -> float:
        """Return how much of the gain over the floor a control leaves, in percent.

        100 says that the real names and texts did not matter, only that texts agree with the
        facts; 0 that all was lost. NaN where there is no gain to lose.
        """
        gain = self.original.mean - self.floor
        if gain <= 2 * max(self.original.spread, 1e-3):
            return float("nan")
        return round(100 * (self.controls[name].mean - self.floor) / gain, 1)

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name."""
        return {
            "original": self.original.mean,
            "original_spread": self.original.spread,
            **{name.replace(" ", "_"): score.mean for name, score in self.controls.items()},
            **{f"{name.replace(' ', '_')}_kept": _shown(self.kept(name)) for name in self.controls},
        }

    def sentence(self) -> str:
        """Return the verdict as one sentence."""
        kept = self.kept("virtual world")
        if kept != kept:
            return "The words of this graph give this model nothing, so there is nothing to test."
        return (
            f"Of what the words add over the structure ({self.floor:.3f} to "
            f"{self.original.mean:.3f}), {kept:.0f} % remains when the names are dealt out anew: "
            f"that much is inferred from what the texts say, the rest rests on the real names."
        )


def against_controls(
    triples: Triples, judge: Judge, *, seeds: Sequence[int] = (0,)
) -> ControlReport:
    """Return what `judge` finds on the graph and on its four controls, each with every seed.

    `judge` gets triples and a seed and must not keep anything between calls. Raises `InputError`
    without seeds or without texts.
    """
    if not seeds:
        raise InputError("no seed was given; give one or more")
    original = Score(tuple(judge(triples, seed) for seed in seeds))
    controls = {
        name: Score(tuple(judge(make(triples, seed), seed) for seed in seeds))
        for name, make in CONTROLS.items()
    }
    return ControlReport(original, controls)


def _shown(value: float) -> float | None:
    return None if value != value else value
