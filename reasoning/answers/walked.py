"""Answering by a walk from the question's names along facts and sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgkit.facts import Entity
from reasoning.answers.answer import Answer, Refusal, Source, Step
from reasoning.answers.chain import in_two_steps
from reasoning.answers.cite import cite_sentence, numbered
from reasoning.answers.compare import compare
from reasoning.answers.decide import decide
from reasoning.answers.literals import written
from reasoning.answers.missing import denied, nearest, no_fact
from reasoning.answers.paths import Path, walk
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.read import define, read
from reasoning.answers.similar import Similar
from reasoning.answers.tell import (
    cite_link,
    cite_path,
    fellows_of,
    listing,
    steps_of,
    sure,
    told,
)
from reasoning.answers.view import FactView
from reasoning.answers.words import fold

if TYPE_CHECKING:
    from reasoning.retrieval import Hit

__all__ = ["fits_of", "look_further", "refused", "walked"]

#: A path below the first is no answer; one above the second needs no look at meanings.
_WEAK, _SURE = 0.30, 0.60
_READ, _READ_WORDS = 0.62, 0.75
#: How far a walk is trusted beside the steps of a plan: of walks at 0.6 a third was right.
_TRUST = 0.6
_PHRASES = 16
_TRIED = 5
_STOPS, _STOP_HITS = 2, 3


def walked(asked: Question, facts: FactView, pool: Pool, near: Similar) -> Answer | None:
    """Return what comparing, deciding, walking or quoting answers, in this order; else None."""
    for attempt in (_compared, _decided, _walked, _read):
        answer = attempt(asked, facts, pool, near)
        if answer is not None:
            stated = any(citation.fact for citation in answer.citations)
            source: Source = "graph" if stated else "text"
            support = round(_TRUST * answer.confidence, 4)
            return replace(answer, source=source, support=support)
    return None


def look_further(
    asked: Question, pool: Pool, near: Similar, retrieve: Callable[[str, int], Sequence[Hit]]
) -> None:
    """Retrieve texts about the likeliest first stops of a question of several steps."""
    slots = in_two_steps(asked.slots)
    words = sorted(asked.content, key=lambda w: w.start)
    if len(slots) < 2 and not (asked.choice and len(words) > 1):
        return
    for name in asked.choice or asked.names[:1]:
        about = replace(asked.about(name), kind="any", hint="", successor=())
        stops: list[Path] = []
        for slot in slots[:1] if len(slots) > 1 else [(word,) for word in words]:
            stops += walk(replace(about, slots=(slot,)), pool, near)[:_STOPS]
        stops = [s for s in stops if isinstance(s.target.value, Entity) and s.score >= _WEAK]
        for stop in sorted(stops, key=lambda s: -s.score)[:_STOPS]:
            rest = [w.text for w in words if w not in stop.moves[-1].words]
            pool.add(fits_of(retrieve(" ".join([stop.target.name, *rest]), _STOP_HITS)))


def _compared(asked: Question, view: FactView, pool: Pool, near: Similar) -> Answer | None:
    """Answer "which came first, A or B" and "are both of one country"."""
    found = compare(asked, pool, near)
    if found is None or found.score < _WEAK:
        return None
    cited = [cite_path(path, view) for path in found.paths]
    if not all(cited):
        return None
    steps = [step for path in found.paths for step in steps_of(path)]
    steps.append(Step("compared", found.note))
    citations = numbered([citation for group in cited for citation in group])
    return Answer(asked.text, found.text, citations, tuple(steps), sure(found.score))


def _decided(asked: Question, view: FactView, pool: Pool, near: Similar) -> Answer | None:
    """Answer yes or no from what is stated or denied."""
    if asked.kind != "yesno":
        return None
    found = decide(asked, pool, near)
    citation = cite_link(found.link, view) if found else None
    if found is None or citation is None:
        return None
    step = Step("checked", str(found.link.fact or "the sentence that names all of them"))
    return Answer(asked.text, found.text, numbered([citation]), (step,), sure(found.score))


def _walked(asked: Question, view: FactView, pool: Pool, near: Similar) -> Answer | None:
    """Answer from the best path whose every step can be cited."""
    if asked.kind == "yesno" or not asked.content:
        return None
    paths = walk(asked, pool, near)
    if not paths or paths[0].score < _SURE:
        _learn(asked, pool, near)
        paths = walk(asked, pool, near)
    if asked.counting and (not paths or paths[0].score < _WEAK):
        asked = replace(asked, kind="any", hint="")
        paths = [
            path
            for path in walk(asked, pool, near)
            if isinstance(path.target.value, Entity) and all(m.link.fact for m in path.moves)
        ]
    for path in paths[:_TRIED]:
        if path.score < _WEAK:
            break
        cited = cite_path(path, view)
        if cited:
            fellows = fellows_of(asked, path, paths)
            for fellow in fellows:
                cited += cite_path(fellow, view)
            return told(asked, path, fellows, cited)
    return None


def _read(asked: Question, view: FactView, pool: Pool, near: Similar) -> Answer | None:
    """Answer with the sentence that says the question's names and words."""
    if asked.kind == "yesno":
        return None
    readings = read(asked, pool, near) if asked.content else define(asked, pool)
    best = readings[0] if readings else None
    if best is None or best.score < _READ or best.said < _READ_WORDS:
        return None
    text = best.text
    citation = cite_sentence(text.document, text.start, text.end)
    if citation is None or (asked.content and not best.found and asked.kind != "thing"):
        return None
    step = Step("read", f"the sentence that says most of the question ({best.score:.2f})")
    said = listing([written(end.value) for end in best.found]) or " ".join(text.quote.split())
    return Answer(asked.text, said, numbered([citation]), (step,), sure(0.8 * best.score))


def _learn(asked: Question, pool: Pool, near: Similar) -> None:
    """Encode the question's words and the phrases of the facts nearest to its names."""
    meant = [" ".join(w.text for w in slot).lower() for slot in asked.slots]
    meant += [fold(w.text) for w in asked.content]
    near.learn(meant, limit=8)
    at_names = {
        step[0].phrase for n in asked.names for e in n.entities for step in pool.steps(e.id)
    }
    ranked = sorted(pool.links, key=lambda at: (at.phrase not in at_names, -at.fit, at.phrase))
    near.learn((at.phrase for at in ranked), limit=_PHRASES)


def refused(
    asked: Question, view: FactView, pool: Pool, near: Similar, plan: tuple[Step, ...]
) -> Answer:
    """Say what is missing; a fact that denies what was asked for is cited."""
    found = denied(asked, pool, view, near)
    if found is not None:
        detail = f"The graph does not say so; it denies {found[1].removeprefix('not ')}."
        return Answer(asked.text, "", numbered([found[0]]), plan, 0.0, Refusal("no_fact", detail))
    paths = walk(asked, pool, near) if asked.content and asked.kind != "yesno" else []
    weak = bool(paths) and paths[0].score >= _WEAK / 2
    closest = nearest(asked, pool, near)
    citation = cite_link(closest, view) if closest else None
    missing = no_fact(asked, closest if citation else None, weak=weak)
    return Answer(asked.text, "", numbered([citation] if citation else []), plan, 0.0, missing)


def fits_of(hits: Sequence[Hit]) -> dict[str, dict[tuple[int, int], float]]:
    """Return the fit in [0, 1] of each sentence of each hit, by its [start, end)."""
    fits: dict[str, dict[tuple[int, int], float]] = {}
    for hit in hits:
        held = fits.setdefault(hit.chunk_id, {})
        for sentence in hit.sentences:
            held[sentence.start, sentence.end] = round(min(1.0, max(0.0, sentence.score)), 4)
    return fits
