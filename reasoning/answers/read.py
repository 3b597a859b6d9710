"""Answering from sentences where no path of facts leads to an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgkit.facts import Entity
from reasoning.answers.links import End, Text
from reasoning.answers.match import cover, suits
from reasoning.answers.near import side_by_side
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.similar import Similar
from reasoning.answers.words import akin, fold

__all__ = ["Reading", "define", "read"]

_LEAST = 0.25


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that answers: `score` in [0, 1], the share `said` of the question's words, and
    what it names that suits as an answer, where anything does."""

    text: Text
    score: float
    said: float
    found: tuple[End, ...] = ()


def read(question: Question, pool: Pool, similar: Similar) -> list[Reading]:
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
    found.sort(key=lambda r: (-r.score, r.text.document.uri, r.text.start))
    return [_with_ends(r, question, pool, similar) for r in found[:1]] + found[1:]


def _with_ends(reading: Reading, question: Question, pool: Pool, similar: Similar) -> Reading:
    """Return the reading with the ends of its sentence that suit as an answer, in order."""
    if question.names:  # what a named thing leads to, the walk has looked for
        return reading
    best: dict[str, tuple[float, End]] = {}
    taken = {fold(n.text) for n in question.names} | {fold(w.text) for w in question.content}
    for link in pool.links:
        text = link.text
        if text is None or (text.document.id, text.start) != (
            reading.text.document.id,
            reading.text.start,
        ):
            continue
        for target in link.ends:
            if target.start < 0 or fold(target.name) in taken or question.kind == "thing":
                continue
            sources = [end for end in link.ends if end.key != target.key]
            fits = (cover(question, question.content, link, s, target, similar) for s in sources)
            fit = max(fits, default=0.0) * suits(question.kind, question.hint, target)
            if fit > best.get(target.key, (0.0, target))[0]:
                best[target.key] = (fit, target)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].start))
    if not ranked or ranked[0][0] < _LEAST:
        return reading
    first = ranked[0][1]
    chosen = [e for f, e in ranked if e is first or side_by_side(reading.text, first, e)]
    return replace(reading, found=tuple(sorted(chosen, key=lambda end: end.start)))


def define(question: Question, pool: Pool) -> list[Reading]:
    """Return the sentences that say what the question's one name is, the best first."""
    said = fold(question.text)
    for name in question.names:
        said = said.replace(fold(name.text), "")
    if not re.fullmatch(r"\W*(who|what)\s+(is|was|are|were)\s+((the|an?)\s+)?\W*", said):
        return []
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
