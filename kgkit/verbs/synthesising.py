"""The verbs that write texts which teach a model what a graph knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.entigraph import Corpus, GraphView, Recipe
    from extractors.entigraph.planner import Plan
    from kgkit.graph import KnowledgeGraph
    from kgkit.models.lm.base import LanguageModel

    _Model = str | LanguageModel | Callable[[str], str] | None

__all__ = ["plan_synthesis", "synthesise", "view_of"]


def synthesise(
    kg: KnowledgeGraph,
    *,
    tokens: int,
    lm: _Model = None,
    seed: int = 0,
    recipe: Recipe | None = None,
    coverage: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Return a corpus of about `tokens` tokens on what the graph holds, each text with its sources.

    Without `lm` it comes from grammar templates, in seconds and the same for the same records and
    `seed`; with one (a model, or a spec as `kgkit.lm` takes it) that model writes about the
    entities of each document, its replies are kept in the graph and what they claim is held
    against it. `recipe` says how much of which form, `coverage` (0 to 1) ends earlier, and
    `progress` is called with the tokens made and wanted. `corpus.write("corpus.jsonl")` writes it.
    Raises `InputError` for a graph without facts, and for arguments out of range.
    """
    from extractors.entigraph import synthesise

    return synthesise(
        view_of(kg, whole=lm is not None),
        tokens=tokens,
        lm=_opened(kg, lm),
        seed=seed,
        recipe=recipe,
        coverage=coverage,
        progress=progress,
    )


def plan_synthesis(
    kg: KnowledgeGraph,
    *,
    tokens: int,
    lm: _Model = None,
    seed: int = 0,
    recipe: Recipe | None = None,
    coverage: float | None = None,
) -> Plan:
    """Return what `synthesise` would make: texts, calls, money and expected coverage.

    No model is asked. Raises `InputError` as `synthesise` does.
    """
    from extractors.entigraph.planner import plan

    view = view_of(kg, whole=lm is not None)
    return plan(
        view, tokens=tokens, lm=_opened(kg, lm), seed=seed, recipe=recipe, coverage=coverage
    )


def view_of(kg: KnowledgeGraph, *, whole: bool = True) -> GraphView:
    """Return what synthesis reads of a graph; only facts unless it is the `whole`."""
    from extractors.entigraph import GraphView

    if not whole:
        return GraphView.of(kg.facts())
    ledger = kg.ledger
    return GraphView.of(kg.facts(), ledger.mentions(), ledger.chunks(), ledger.documents())


def _opened(kg: KnowledgeGraph, lm: _Model) -> _Model:
    if not isinstance(lm, str):
        return lm
    from kgkit.models.lm.registry import lm as opened

    return opened(lm, cache=kg.calls)
