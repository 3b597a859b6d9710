"""Answering from sentences where no path of facts leads to an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.facts import Entity
from reasoning.answers.links import Text
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.words import akin, fold

__all__ = ["Reading", "define", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that answers as a whole; `score` in [0, 1] and the share of words it says."""

    text: Text
    score: float
    said: float


def read(question: Question, pool: Pool) -> list[Reading]:
    """Return the sentences that say the question's names and words, the best first.

    A name counts as said by the title of the document too; relation words count by their roots.
    """
    found = []
    for text in pool.sentences():
        heard = {w.root for w in text.words}
        words = question.content
        said = [any(akin(w.root, r) for r in heard) for w in words]
        share = sum(said) / len(said) if said else 0.0
        named = _named(question, text)
        score = round(named * (0.15 + 0.45 * share + 0.4 * text.fit), 4)
        found.append(Reading(text, score, round(share * named, 4)))
    return sorted(found, key=lambda r: (-r.score, r.text.document.uri, r.text.start))


def define(question: Question, pool: Pool) -> list[Reading]:
    """Return the sentences that say what the question's one name is, the best first."""
    forms = {fold(n.text) for n in question.names}
    forms |= {fold(e.name) for n in question.names for e in n.entities}
    found = []
    for text in pool.sentences():
        quote = fold(text.quote)
        about = fold(text.document.title).split(" (")[0] in forms
        opens = any(quote.startswith((form, f"the {form}")) for form in forms)
        is_a = re.search(r"^.{0,160}?\b(is|was|are|were)\s+(an?|the|one)\b", quote)
        if not (about or opens):
            continue
        first = text.start == 0 or opens
        score = 0.25 + 0.3 * bool(is_a) + 0.2 * opens + 0.1 * about + 0.15 * first
        found.append(Reading(text, round(score, 4), 1.0))
    return sorted(found, key=lambda r: (-r.score, r.text.document.uri, r.text.start))


def _named(question: Question, text: Text) -> float:
    """Return the share of the question's names that the sentence or its title says."""
    names: Sequence[tuple[str, tuple[Entity, ...]]] = [
        *((n.text, n.entities) for n in question.names),
        *((n.text, ()) for n in question.strangers),
    ]
    if not names:
        return 1.0
    hay = f"{fold(text.document.title)} {fold(text.quote)}"
    hits = 0
    for said, entities in names:
        forms = {fold(said), *(fold(e.name) for e in entities)}
        hits += any(form in hay for form in forms)
    return hits / len(names)
