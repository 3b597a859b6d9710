"""From a graph to a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extractors.entigraph.corpus import Corpus
from extractors.entigraph.coverage import covered
from extractors.entigraph.generating.offline import OfflineGenerator
from extractors.entigraph.generating.recipe import OFFLINE, Recipe
from extractors.entigraph.inventory import inventory
from extractors.entigraph.mixing import mix
from extractors.entigraph.text import Text
from extractors.entigraph.view import FactIndex, GraphView
from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.models.lm.base import LanguageModel

__all__ = ["finished", "offline_texts", "synthesise"]


def synthesise(
    view: GraphView,
    *,
    tokens: int,
    lm: str | LanguageModel | Callable[[str], str] | None = None,
    seed: int = 0,
    recipe: Recipe | None = None,
    coverage: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Return a corpus of about `tokens` tokens on what a graph holds.

    Without `lm` it is written from grammar templates, by the mix of `recipe`; with one (a model,
    or a spec as `kgkit.lm` takes it) the model writes about entities of one document at a time
    (`extractors.entigraph.generating.lm`), and what it writes is checked. The last text may pass
    `tokens`. With `coverage`, 0 to 1, it ends earlier, once the expected share of pairs that
    texts bring together is reached. `progress` is called with the tokens made and wanted. The
    same view and seed give the same corpus. Raises `InputError` for a graph without facts, fewer
    tokens than one and a coverage outside [0, 1].

    >>> from kgkit.facts import Entity, Fact
    >>> ada, city = Entity.named("Ada", "Person"), Entity.named("London", "Location")
    >>> corpus = synthesise(GraphView.of([Fact(ada, "BORN_IN", city)]), tokens=100)
    >>> corpus.tokens >= 100, corpus.facts
    (True, 1.0)
    """
    if tokens < 1:
        raise InputError(f"tokens={tokens} is no length of a corpus; give 1 or more")
    if coverage is not None and not 0.0 <= coverage <= 1.0:
        raise InputError(f"coverage={coverage} is no share; give one from 0 to 1")
    if lm is not None:
        from extractors.entigraph.generating.lm import write_with

        return write_with(view, lm, tokens=tokens, seed=seed, progress=progress)
    index = FactIndex.over(view)
    chosen = recipe or OFFLINE
    made = _until(offline_texts(view, index, seed=seed, recipe=chosen), index, tokens, coverage)
    texts = []
    total = 0
    for text in made:
        texts.append(text)
        total += text.tokens
        if progress is not None:
            progress(min(total, tokens), tokens)
    how: dict[str, Any] = {"generator": "offline", "seed": seed, "facts": len(index.facts)}
    how |= {"entities": len(index.entities), "shares": dict(chosen.shares)}
    return finished(texts, index, how)


def offline_texts(
    view: GraphView, index: FactIndex, *, seed: int = 0, recipe: Recipe = OFFLINE
) -> Iterator[Text]:
    """Yield the texts of the offline generator in their order, without end."""
    documents = {entry.document: entry.ids for entry in inventory(view)} if view.mentions else {}
    generator = OfflineGenerator(index, seed=seed, recipe=recipe, documents=documents)
    streams = {form: generator.texts(form) for form in recipe.forms}
    return mix(streams, recipe.shares)


def finished(texts: Iterable[Text], index: FactIndex, how: dict[str, Any]) -> Corpus:
    """Return texts as a corpus, with what they cover counted."""
    kept = tuple(texts)
    told = {id for text in kept for id in text.facts}
    share = len(told) / len(index.facts)
    names = {id: entity.name for id, entity in index.entities.items()}
    return Corpus(kept, (), covered(kept, index.neighbours), share, how, names)


def _until(
    texts: Iterator[Text], index: FactIndex, tokens: int, coverage: float | None
) -> Iterator[Text]:
    """Yield texts until the tokens or the paths for a coverage are there."""
    from extractors.entigraph.coverage import CoverageModel, Reach
    from extractors.entigraph.coverage.made import PATH_FORMS

    paths = float("inf")
    if coverage is not None and len(index.entities) > 1:
        paths = CoverageModel.over(Reach.over(index.neighbours)).texts_for(coverage)
    made = told = 0
    for text in texts:
        if made >= tokens or told >= paths:
            return
        yield text
        made += text.tokens
        told += text.form in PATH_FORMS
