"""Yes or no: only what the graph states or denies; silence is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgkit.facts import Modality, Polarity
from reasoning.answers.links import Link
from reasoning.answers.match import cover
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.similar import Similar
from reasoning.answers.words import akin, fold, words

__all__ = ["Decision", "decide"]

_NOT = re.compile(r"\b(not|never|no|nor|neither|without|denied|refused)\b|n[’']t\b", re.IGNORECASE)
_DIRECT = re.compile(r"(\b(not|never)|n[’']t)\s+(\w+\s+)?$", re.IGNORECASE)
_LEAST = 0.55


@dataclass(frozen=True, slots=True)
class Decision:
    """ "Yes", "No" or "Reportedly", and the link that says so; `score` in [0, 1]."""

    text: str
    link: Link
    score: float


def decide(question: Question, pool: Pool, similar: Similar) -> Decision | None:
    """Return what a fact or sentence with all of the question's names says; None when none does.

    A fact outranks a sentence, which decides only where nothing in it negates.
    """
    best: Decision | None = None
    for name in question.names[:1]:
        for entity in name.entities:
            for link, source, target in pool.steps(entity.id):
                fit = cover(question, question.content, link, source, target, similar)
                fit *= _meets(question, link) * (1.0 if link.fact else 0.9)
                verdict = _verdict(link, question)
                if verdict and fit >= _LEAST and (best is None or fit > best.score):
                    best = Decision(verdict, link, round(fit, 4))
    return best


def _verdict(link: Link, question: Question) -> str:
    """Return what the link says; "" where its sentence negates something, who knows what."""
    if link.fact is not None:
        if link.fact.modality is Modality.HEDGED:
            return "Reportedly"
        return "No" if link.fact.polarity is Polarity.NEGATIVE else "Yes"
    if link.text is None or not _NOT.search(link.text.quote):
        return "Yes" if link.text else ""
    quote, at = link.text.quote, link.text.start
    for word in link.text.words:
        before = quote[: word.start - at]
        if any(akin(word.root, w.root) for w in question.content) and _DIRECT.search(before):
            return "No"
    return ""


def _meets(question: Question, link: Link) -> float:
    """Return 1 where the link bears every further name and number of the question, else 0."""
    keys = {end.key for end in link.ends}
    plain = [fold(end.name) for end in link.ends]
    quote = fold(link.text.quote) if link.text else ""
    for name in question.names[1:]:
        borne = any(entity.id in keys for entity in name.entities) or fold(name.text) in plain
        if not borne and (link.fact is not None or fold(name.text) not in quote):
            return 0.0
    for word in question.content:
        if word.text.isdigit() and not any(word.text in text for text in (*plain, quote)):
            return 0.0
    lesser = [w for w in question.content if not w.text.isdigit()]
    heard = {w.root for text in (link.phrase, *plain, quote) for w in words(text)}
    said = [any(akin(w.root, r) for r in heard) for w in lesser]
    return 1.0 if not said or sum(said) >= len(said) / 2 else 0.5
