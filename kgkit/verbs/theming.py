"""The verb that tells what a graph is about as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from kgkit.models.lm.base import LanguageModel
    from reasoning.themes import Themes

__all__ = ["themes"]


def themes(
    kg: KnowledgeGraph,
    n: int = 10,
    *,
    resolution: float = 1.0,
    lm: str | LanguageModel | Callable[[str], str] | None = None,
) -> Themes:
    """Return the `n` main themes: entities that belong together, with sentences that tell of them.

    The summary of a theme is made of those sentences; with `lm` (a model, or a spec as `kgkit.lm`
    takes it) it is written by that, and each of its sentences cites them. A higher `resolution`
    gives smaller themes. Raises `InputError` when `n` is below 1 or `resolution` not above 0.
    """
    from reasoning.themes import find_themes

    model = None
    if lm is not None:
        from kgkit.models.lm.registry import lm as opened

        model = opened(lm, cache=kg.calls) if isinstance(lm, str) else opened(lm)
    return find_themes(
        kg.ledger.facts(),
        chunks=lambda ids: {chunk.id: chunk for chunk in kg.ledger.chunks(ids=ids)},
        documents=lambda ids: {document.id: document for document in kg.ledger.documents(ids=ids)},
        n=n,
        resolution=resolution,
        model=model,
    )
