"""Saying honestly what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.facts import Polarity
from reasoning.answers.answer import Citation, Reason, Refusal
from reasoning.answers.cite import cite_fact
from reasoning.answers.links import Link
from reasoning.answers.match import cover
from reasoning.answers.names import Name
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.similar import Similar
from reasoning.answers.view import FactView

__all__ = ["denied", "nearest", "no_fact", "nothing_stored", "unknown"]


def nothing_stored() -> Refusal:
    """Return the refusal of an empty graph."""
    return Refusal("empty_graph", "This graph is empty; build it from documents first.")


def unknown(strangers: Sequence[Name], view: FactView) -> Refusal:
    """Return the refusal that names what nothing in the graph bears, and what is spelt alike."""
    listed = _listed([f"{name.text!r}" for name in strangers])
    alike = [near for name in strangers for near in view.similar_names(name.text, 3)]
    hint = f"; names spelt alike: {_listed(list(dict.fromkeys(alike))[:3])}" if alike else ""
    return Refusal("unknown_names", f"Nothing in this graph names {listed}{hint}.")


def no_fact(question: Question, nearest: Link | None, *, weak: bool) -> Refusal:
    """Return the refusal for known names without the fact asked for, telling what comes nearest.

    `weak` says that something was found whose support is too low.
    """
    about = _listed([name.text for name in question.names])
    wanted = " ".join(w.text for w in sorted(question.content, key=lambda w: w.start))
    knows = f"The graph knows {about}, but" if about else "The graph"
    lacks = (
        f"holds nothing that says {wanted!r} of it" if wanted else "holds nothing that answers this"
    )
    if weak:
        lacks = f"what it holds on {wanted!r} is too weak to answer from"
    tail = f"; closest: {_shown(nearest)}." if nearest else "."
    kind: Reason = "low_support" if weak else "no_fact"
    return Refusal(kind, f"{knows} {lacks}{tail}")


def nearest(question: Question, pool: Pool, similar: Similar) -> Link | None:
    """Return the link at the question's names that says most of its words, None where none does."""
    for name in question.names:
        best: tuple[float, str, Link] | None = None
        for entity in name.entities:
            for link, source, target in pool.steps(entity.id):
                fit = cover(question, question.content, link, source, target, similar)
                key = (-round(fit, 4), _shown(link), link)
                if fit >= 0.3 and (best is None or key[:2] < best[:2]):
                    best = key
        if best is not None:
            return best[2]
    return None


def denied(
    question: Question, pool: Pool, view: FactView, similar: Similar
) -> tuple[Citation, str] | None:
    """Return a cited fact that denies what the question asks for, None where there is none."""
    best: tuple[float, Citation, str] | None = None
    for name in question.names:
        for entity in name.entities:
            for link, source, target in pool.steps(entity.id):
                if link.fact is None or link.fact.polarity is not Polarity.NEGATIVE:
                    continue
                fit = cover(question, question.content, link, source, target, similar)
                if fit >= 0.6 and (best is None or fit > best[0]):
                    citation = cite_fact(link.fact, view)
                    if citation is not None:
                        best = (fit, citation, str(link.fact))
    return best[1:] if best else None


def _shown(link: Link) -> str:
    if link.fact is not None:
        return str(link.fact)
    return " ".join(link.text.quote.split()).rstrip(".") if link.text else ""


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]
