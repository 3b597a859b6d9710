"""What a corpus would take and cover, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

from extractors.entigraph.coverage import CoverageModel, Reach
from extractors.entigraph.coverage.made import PATH_FORMS, covered_by
from extractors.entigraph.generating.offline import OfflineGenerator
from extractors.entigraph.generating.recipe import OFFLINE, Recipe
from extractors.entigraph.view import FactIndex, GraphView
from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.models.lm.base import LanguageModel

__all__ = ["Plan", "plan"]

#: Texts of a form that are written to learn how long they are.
_SAMPLE = 200
_POINTS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How many texts of which form a corpus has, what that costs, and what it is expected to cover.

    `calls`, `tokens_in`, `tokens_out` and `money` are those of a language model, 0 without one.
    `coverage` is the expected share of pairs (`extractors.entigraph.coverage`). `facts` is the
    share of facts told if texts drew them evenly; they do not, so a little fewer are. `curve`
    gives the coverage at growing numbers of tokens.
    """

    tokens: int
    texts: dict[str, int]
    coverage: float
    facts: float
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float = 0.0
    curve: tuple[tuple[int, float], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        forms = ", ".join(f"{n:,} {form}" for form, n in self.texts.items())
        lines = [
            f"{sum(self.texts.values()):,} texts, {self.tokens:,} tokens: {forms}",
            f"expected: {100 * self.coverage:.1f} % of pairs covered, "
            f"at most {100 * self.facts:.1f} % of facts told",
        ]
        if self.calls:
            cost = f", {self.money:.4f}" if self.money else ""
            lines.append(
                f"{self.calls:,} calls, {self.tokens_in:,} tokens in, {self.tokens_out:,} out{cost}"
            )
        return "\n".join(lines)


def plan(
    view: GraphView,
    *,
    tokens: int,
    lm: str | LanguageModel | Callable[[str], str] | None = None,
    seed: int = 0,
    recipe: Recipe | None = None,
    coverage: float | None = None,
) -> Plan:
    """Return what `synthesise` with the same arguments would make; no model is asked.

    Raises `InputError` as `synthesise` does.
    """
    if tokens < 1:
        raise InputError(f"tokens={tokens} is no length of a corpus; give 1 or more")
    if lm is not None:
        return _with_model(view, lm, tokens, seed)
    index = FactIndex.over(view)
    chosen = recipe or OFFLINE
    generator = OfflineGenerator(index, seed=seed, recipe=chosen)
    means: dict[str, float] = {}
    told: dict[str, float] = {}
    for form in chosen.forms:
        sample = list(islice(generator.texts(form), _SAMPLE))
        if sample:
            means[form] = sum(text.tokens for text in sample) / len(sample)
            told[form] = sum(len(text.facts) for text in sample) / len(sample)
    shares = {form: chosen.share(form) for form in means}
    whole = sum(shares.values())
    paths_a_token = sum(shares[f] / whole / means[f] for f in means if f in PATH_FORMS)
    model = None
    if len(index.entities) > 1:
        model = CoverageModel.over(Reach.over(index.neighbours))
    if model is not None and coverage is not None and paths_a_token:
        enough = model.texts_for(coverage) / paths_a_token
        tokens = min(tokens, max(1, int(enough))) if isfinite(enough) else tokens

    def expected(n: float) -> float:
        return model.expected(paths_a_token * n) if model is not None else 1.0

    texts = {form: round(tokens * shares[form] / whole / means[form]) for form in means}
    return Plan(
        tokens,
        texts,
        round(expected(tokens), 4),
        round(_facts_told(index, chosen, texts, told), 4),
        curve=tuple(
            (tokens * i // _POINTS, round(expected(tokens * i / _POINTS), 4))
            for i in range(1, _POINTS + 1)
        ),
    )


def _facts_told(
    index: FactIndex, recipe: Recipe, texts: dict[str, int], told: dict[str, float]
) -> float:
    """Return the expected share of facts told: as if a text drew its facts evenly, but for texts
    of one fact each, which come in an order without repetition."""
    total = len(index.facts)
    missed = 1.0
    for form, n in texts.items():
        if form == "statement" and form not in recipe.sources:
            missed *= max(0.0, 1.0 - n / total)
        else:
            missed *= (1.0 - min(1.0, told[form] / total)) ** n
    return 1.0 - missed


def _with_model(
    view: GraphView,
    lm: str | LanguageModel | Callable[[str], str],
    tokens: int,
    seed: int,
) -> Plan:
    from extractors.entigraph.generating.lm import planned
    from kgkit.models.lm.registry import lm as open_lm

    model = open_lm(lm)
    index = FactIndex.over(view)
    jobs = planned(view, tokens=tokens, seed=seed)
    used = model.estimate([job.request for job in jobs])
    texts: dict[str, int] = {}
    facts: set[str] = set()
    for job in jobs:
        texts[job.form] = texts.get(job.form, 0) + 1
        ids = [entry.entity.id for entry in job.entries]
        pairs = ((a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
        facts |= {fact.id for a, b in pairs for fact in index.joining(a, b)}
    told = ((job.form, [entry.entity.id for entry in job.entries]) for job in jobs)
    return Plan(
        tokens,
        texts,
        round(covered_by(told, index.neighbours), 4),
        round(len(facts) / len(index.facts), 4),
        used.calls,
        used.tokens_in,
        used.tokens_out,
        round(used.money, 6),
    )
