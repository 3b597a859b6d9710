"""Searching for hyper-parameters by the MRR on validation triples (extra `tune`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError, MissingExtra, ModelError
from reasoning.embeddings.presets import Preset, preset_for
from reasoning.embeddings.training import train

if TYPE_CHECKING:
    import optuna

    from reasoning.embeddings.negatives import Negatives, NegativesFactory
    from reasoning.embeddings.triples import Triples

__all__ = ["SPACE", "Found", "Range", "Trial", "search"]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, drawn evenly, or so in their logarithm where `is_log`."""

    low: float
    high: float
    is_log: bool = True


#: What is searched unless told otherwise: settings of a `Preset`, as ranges or as choices.
SPACE: Mapping[str, Range | tuple[Any, ...]] = {
    "rate": Range(0.01, 0.5),
    "decay": Range(1e-4, 0.3),
    "batch": (256, 512, 1024, 2048),
    "dropout": Range(0.0, 0.4, is_log=False),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One training: its number, counted from 0, its settings, and the MRR (0 to 1) on validation
    triples, None where it was cut short or its loss was no number."""

    number: int
    settings: Mapping[str, Any]
    mrr: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best preset of a search, its validation MRR, and all trials in order."""

    preset: Preset
    mrr: float
    trials: tuple[Trial, ...]


def search(  # noqa: PLR0913
    triples: Triples,
    *,
    model: str = "complex",
    negatives: str | Negatives | NegativesFactory | None = None,
    trials: int = 20,
    space: Mapping[str, Range | tuple[Any, ...]] | None = None,
    preset: Preset | None = None,
    seed: int = 0,
    keep: str | Path | None = None,
    progress: Callable[[Trial], None] | None = None,
) -> Found:
    """Return the settings with the highest MRR on validation triples among `trials` trainings.

    Settings are drawn by a tree-structured Parzen estimator (Bergstra et al. 2011) from `space`,
    first those of the `preset`; hopeless trials are cut short (their MRR is below the median of
    the others at that epoch). Test triples take no part. With `keep`, a file, a search that was
    interrupted goes on, and `trials` counts those of before. The same seed tries the same
    settings in an uninterrupted search. Raises `InputError` without validation triples, for an
    unknown setting or no trial, and where no trial came through; `MissingExtra` without optuna.
    """
    start = preset or preset_for(triples, model=model, drawn=negatives not in (None, "all"))
    space = SPACE if space is None else space
    _check(triples, start, space, trials)
    study = _study(keep, seed)

    def objective(trial: optuna.Trial) -> float:
        from optuna import TrialPruned

        settings = {name: _drawn(trial, name, among) for name, among in space.items()}

        def heed(epoch: Any) -> None:
            if epoch.mrr is not None:
                trial.report(epoch.mrr, epoch.number)
                if trial.should_prune():
                    raise TrialPruned

        try:
            found = train(
                triples,
                model=model,
                negatives=negatives,
                preset=replace(start, **settings),
                seed=seed,
                progress=heed,
            )
        except ModelError as error:  # the loss was no number: as bad as can be
            raise TrialPruned from error
        return found.mrr or 0.0

    def tell(study: optuna.Study, trial: optuna.trial.FrozenTrial) -> None:
        if progress is not None:
            progress(_trial(trial))

    done = [trial for trial in study.trials if trial.state.is_finished()]
    if not done:
        own = {name: getattr(start, name) for name in space}
        if all(_fits(value, space[name]) for name, value in own.items()):
            study.enqueue_trial(own)
    study.optimize(objective, n_trials=max(0, trials - len(done)), callbacks=[tell])
    ended = [_trial(trial) for trial in study.trials if trial.state.is_finished()]
    best = max((t for t in ended if t.mrr is not None), key=_rank, default=None)
    if best is None or best.mrr is None:
        raise InputError(f"none of {len(ended)} trials came through; search lower rates")
    return Found(replace(start, **best.settings), best.mrr, tuple(ended))


def _study(keep: str | Path | None, seed: int) -> optuna.Study:
    try:
        import optuna
    except ImportError as error:
        raise MissingExtra("pip install 'kgkit[tune]'") from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=4),
        storage=None if keep is None else f"sqlite:///{Path(keep)}",
        study_name="kgkit",
        load_if_exists=True,
    )


def _check(
    triples: Triples,
    preset: Preset,
    space: Mapping[str, Range | tuple[Any, ...]],
    trials: int,
) -> None:
    if trials < 1:
        raise InputError(f"trials={trials} is below 1; give 20, for one")
    if not len(triples.valid):
        raise InputError("there are no validation triples to choose by; hold some back")
    if unknown := sorted(name for name in space if not hasattr(preset, name)):
        raise InputError(f"no setting is named {unknown[0]!r}; see reasoning.embeddings.presets")


def _drawn(trial: optuna.Trial, name: str, among: Range | tuple[Any, ...]) -> Any:
    if isinstance(among, Range):
        return trial.suggest_float(name, among.low, among.high, log=among.is_log)
    return trial.suggest_categorical(name, among)


def _fits(value: object, among: Range | tuple[Any, ...]) -> bool:
    if isinstance(among, Range):
        return isinstance(value, int | float) and among.low <= value <= among.high
    return value in among


def _trial(trial: optuna.trial.FrozenTrial) -> Trial:
    whole = trial.state.name == "COMPLETE"
    return Trial(trial.number, trial.params, trial.value if whole else None)


def _rank(trial: Trial) -> tuple[float, int]:
    return (trial.mrr or 0.0, -trial.number)
