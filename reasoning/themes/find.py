"""Finding the themes of a graph: communities of entities, and what the texts tell about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from kgkit.facts import Chunk, Document, Fact
from reasoning.answers.answer import Citation
from reasoning.themes.communities import Community, communities
from reasoning.themes.sentences import Told, best_sentences
from reasoning.themes.theme import Theme, Themes
from reasoning.themes.writing import write_summaries

if TYPE_CHECKING:
    from kgkit.models.lm.base import LanguageModel

__all__ = ["find_themes"]

#: Names that make a title.
_NAMES = 3
_SENTENCES = 4


def find_themes(
    facts: Iterable[Fact],
    *,
    chunks: Callable[[Collection[str]], Mapping[str, Chunk]],
    documents: Callable[[Collection[str]], Mapping[str, Document]],
    n: int = 10,
    resolution: float = 1.0,
    model: LanguageModel | None = None,
) -> Themes:
    """Return the `n` themes with the most facts, each with sentences that tell of it.

    `chunks` and `documents` give what has these ids. A community that no text tells of is no
    theme. With a `model` the summaries are its own words, as far as they cite the sentences.
    Raises `InputError` when `n` is below 1 or `resolution` is not above 0.
    """
    if n < 1:
        raise InputError(f"n={n} is below 1; ask for at least one theme")
    if not resolution > 0:
        raise InputError(
            f"resolution={resolution} is not above 0; 1 is usual, 2 gives smaller ones"
        )
    known = list(facts)
    total = sum(fact.is_edge for fact in known)
    found: list[Theme] = []
    for community in communities(known, resolution=resolution):
        if len(found) == n:
            break
        told = best_sentences(community, chunks, _SENTENCES)
        if told:
            found.append(_theme(community, told, documents, total))
    if model is not None:
        asked = [(theme.title, [c.quote for c in theme.citations]) for theme in found]
        summaries = zip(found, write_summaries(model, asked), strict=True)
        found = [replace(t, summary=written) if written else t for t, written in summaries]
    return Themes(tuple(found))


def _theme(
    community: Community,
    told: list[Told],
    documents: Callable[[Collection[str]], Mapping[str, Document]],
    total: int,
) -> Theme:
    sources = documents(sorted({sentence.document_id for sentence in told}))
    by_id = {fact.id: fact for fact in community.facts}
    citations = tuple(
        Citation(
            number,
            sources[s.document_id].uri,
            sources[s.document_id].title,
            s.start,
            s.end,
            s.text,
            str(by_id[s.facts[0]]),
        )
        for number, s in enumerate(told, 1)
    )
    names = dict.fromkeys(entity.name for entity in community.entities)
    return Theme(
        title=", ".join(list(names)[:_NAMES]),
        entities=tuple((entity.id, entity.name) for entity in community.entities),
        facts=len(community.facts),
        share=round(len(community.facts) / total, 4),
        summary=" ".join(f"{' '.join(c.quote.split())} [{c.number}]" for c in citations),
        citations=citations,
    )
