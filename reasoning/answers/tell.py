"""Telling what a path says: the answer's words, its steps and its citations."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.facts import Entity, Literal, Modality
from reasoning.answers.answer import Answer, Citation, Step
from reasoning.answers.cite import cite_fact, cite_sentence, numbered
from reasoning.answers.kinship import is_kin
from reasoning.answers.links import Link
from reasoning.answers.literals import written
from reasoning.answers.near import is_hedged, side_by_side
from reasoning.answers.paths import Path
from reasoning.answers.question import Question
from reasoning.answers.view import FactView

__all__ = ["cite_link", "cite_path", "fellows_of", "listing", "steps_of", "sure", "told"]

_MOST = 7


def told(asked: Question, path: Path, fellows: Sequence[Path], cited: list[Citation]) -> Answer:
    """Return the answer that a path and its fellows give."""
    ends = sorted((p.target for p in (path, *fellows)), key=lambda end: end.start)
    said = list(dict.fromkeys(written(end.value) for end in ends))
    text = listing(said)
    steps = steps_of(path)
    if asked.counting and not isinstance(path.target.value, Literal):
        text = f"{len(said)}: {text}"
        steps.append(Step("counted", f"{len(said)} such facts in this graph"))
    score = path.score
    if any(_hedged(move.link) for move in path.moves):
        text, score = f"reportedly {text}", 0.6 * score
    return Answer(asked.text, text, numbered(cited), tuple(steps), sure(score))


def fellows_of(asked: Question, best: Path, paths: Sequence[Path]) -> list[Path]:
    """Return the other answers: those that the sentence lists beside the best, and for a question
    about several all those reached by the same relations."""
    several = asked.plural or asked.counting
    found = [best]
    rest = [
        path
        for path in paths
        if path is not best and isinstance(path.target.value, type(best.target.value))
    ]
    for path in [*rest, *reversed(rest)]:  # a list is told end to end, from wherever it is met
        if path in found:
            continue
        beside = any(_listed_together(other, path) for other in found)
        if beside and path.score >= 0.3 * best.score:
            found.append(path)
            continue
        alike = [m.link.phrase for m in path.moves] == [m.link.phrase for m in best.moves]
        level = path.score >= (0.8 if several else 0.9) * best.score
        stated = best.moves[-1].link.fact is not None
        if alike and level and stated and (several or _may_be_many(asked, best)):
            found.append(path)
    return found[1:_MOST]


def _may_be_many(asked: Question, best: Path) -> bool:
    """Return whether several answers are no contradiction: discoveries, but not birthplaces."""
    kin = any(is_kin(word) for word in best.moves[-1].words)
    return asked.kind in ("thing", "person", "organization") and not kin


def _listed_together(best: Path, other: Path) -> bool:
    one, two = best.moves[-1].link.text, other.moves[-1].link.text
    if one is None or two is None or (one.document.id, one.start) != (two.document.id, two.start):
        return False
    places = (
        {best.target.value.type, other.target.value.type}
        if (isinstance(best.target.value, Entity) and isinstance(other.target.value, Entity))
        else set()
    )
    return (
        len(places) == 1
        and "Location" not in places
        and side_by_side(one, best.target, other.target)
    )


def listing(items: Sequence[str]) -> str:
    """Return the items as a sentence lists them; empty for none.

    >>> listing(["radium", "polonium", "francium"])
    'radium, polonium and francium'
    """
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def cite_path(path: Path, view: FactView) -> list[Citation]:
    """Return a citation for each step, none at all when a step has none."""
    cited = [cite_link(move.link, view) for move in path.moves]
    whole = [citation for citation in cited if citation is not None]
    return whole if len(whole) == len(cited) else []


def cite_link(link: Link, view: FactView) -> Citation | None:
    """Return a checked citation of a fact or sentence, None where there is none."""
    if link.fact is not None:
        return cite_fact(link.fact, view)
    text = link.text
    return cite_sentence(text.document, text.start, text.end) if text else None


def steps_of(path: Path) -> list[Step]:
    """Return the steps of a path as they were taken."""
    found = []
    for move in path.moves:
        words = " ".join(word.text for word in move.words)
        if move.link.fact is not None:
            what = f"{move.link.fact} from {move.source.name} to {move.target.name}"
            found.append(Step("followed", f"{what} for {words!r} ({move.cover:.2f})"))
        else:
            what = f"from {move.source.name} to {move.target.name} in one sentence"
            found.append(Step("read", f"{what} for {words!r} ({move.cover:.2f})"))
    return found


def sure(score: float) -> float:
    """Return the probability that an answer of this score is right."""
    return round(min(0.98, max(0.02, score)), 4)


def _hedged(link: Link) -> bool:
    if link.fact is not None:
        return link.fact.modality is Modality.HEDGED
    return link.text is not None and is_hedged(link.text.quote)
