"""What is tried for each sampler: the same number of settings, the common part of them the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reasoning.embeddings.negatives import Negatives, NegativesFactory
from reasoning.embeddings.negatives.eans import EANS
from reasoning.embeddings.negatives.lemon import Lemon
from reasoning.embeddings.negatives.schedules import rising
from reasoning.embeddings.negatives.typed import Typed
from reasoning.embeddings.presets import Preset

__all__ = ["SAMPLERS", "Setting", "settings"]

#: Learning rate and N3 decay of each trial, the same for every sampler.
_COMMON = ((0.1, 0.02), (0.1, 0.005), (0.05, 0.02), (0.2, 0.01), (0.1, 0.05), (0.05, 0.005))

Options = Mapping[str, object]

#: What each sampler tries of its own, trial by trial.
_OWN: Mapping[str, Sequence[Options]] = {
    "uniform": ({},),
    "bernoulli": ({},),
    "typed": ({"share": 0.5}, {"share": 0.25}, {"share": 0.75}),
    "eans": ({"share": 0.5}, {"share": 0.25}, {"share": 0.75}),
    "self-adversarial": (
        {"margin": 6.0, "temperature": 1.0},
        {"margin": 3.0, "temperature": 0.5},
        {"margin": 9.0, "temperature": 1.0},
    ),
    "lemon": ({"share": 0.5}, {"share": 0.25}, {"low": 0.1, "high": 0.6}),
    "lemon-clusters": ({"share": 0.5}, {"share": 0.25}, {"low": 0.1, "high": 0.6}),
    "lemon-own": ({"share": 0.5}, {"share": 0.25}, {"low": 0.1, "high": 0.6}),
    "all": ({},),
}

#: The samplers by name; "all" is 1-vs-all, which stands beside the others.
SAMPLERS = tuple(_OWN)


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to try: a preset, a sampler, and how both are told in a line."""

    sampler: str
    told: str
    preset: Preset
    negatives: str | Negatives | NegativesFactory


def settings(sampler: str, base: Preset, trials: int, cache: Path | None) -> list[Setting]:
    """Return the first `trials` settings of a sampler on top of a base preset.

    A `trials` beyond what is listed gives what there is; all samplers have as many. `cache`
    keeps text vectors.
    """
    own = _OWN[sampler]
    found = []
    for number, (rate, decay) in enumerate(_COMMON[:trials]):
        options = own[number % len(own)]
        preset = replace(base, rate=rate, decay=decay)
        told = {"rate": rate, "decay": decay, **options}
        line = ", ".join(f"{name} {value}" for name, value in told.items())
        found.append(_MAKERS.get(sampler, _by_name)(sampler, line, preset, options, cache))
    return found


_Maker = Callable[[str, str, Preset, Options, Path | None], Setting]


def _by_name(
    sampler: str, told: str, preset: Preset, options: Options, cache: Path | None
) -> Setting:
    if sampler == "all":
        return Setting(sampler, told, replace(preset, candidates="all"), "all")
    return Setting(sampler, told, preset, sampler)


def _shared(
    sampler: str, told: str, preset: Preset, options: Options, cache: Path | None
) -> Setting:
    share = float(str(options["share"]))
    over = (
        partial(EANS.over, share=share) if sampler == "eans" else partial(Typed.over, share=share)
    )
    return Setting(sampler, told, preset, over)


def _adversarial(
    sampler: str, told: str, preset: Preset, options: Options, cache: Path | None
) -> Setting:
    margin, temperature = (float(str(options[name])) for name in ("margin", "temperature"))
    changed = replace(preset, loss="self-adversarial", margin=margin, temperature=temperature)
    return Setting(sampler, told, changed, "uniform")


def _lemon(
    sampler: str, told: str, preset: Preset, options: Options, cache: Path | None
) -> Setting:
    numbers = {name: float(str(value)) for name, value in options.items()}
    share = numbers["share"] if "share" in numbers else rising(numbers["low"], numbers["high"])
    lemon = Lemon(
        share=share,
        mode="clusters" if sampler == "lemon-clusters" else "nearest",
        own=sampler == "lemon-own",
        cache=cache,
    )
    return Setting(sampler, told, preset, lemon)


_MAKERS: Mapping[str, _Maker] = {
    "eans": _shared,
    "typed": _shared,
    "self-adversarial": _adversarial,
    "lemon": _lemon,
    "lemon-clusters": _lemon,
    "lemon-own": _lemon,
}
