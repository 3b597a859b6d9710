"""Answering from the few sentences that bear most on a question, read as they stand."""

from __future__ import annotations

from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Literal
from reasoning.answers.answer import Answer, Step
from reasoning.answers.cite import cite_sentence, numbered
from reasoning.answers.literals import written
from reasoning.answers.near import is_hedged
from reasoning.answers.question import Question
from reasoning.answers.tell import sure
from reasoning.executing.cascade import Finder
from reasoning.executing.pages import Shelf
from reasoning.executing.same import same_name

__all__ = ["read_question"]

#: How far a reading of the whole question is trusted beside the steps of a plan, of a question of
#: one step and of several.
_TRUST, _NESTED = 0.75, 0.4
#: What is left of an answer that its sentence only reports.
_HEDGED = 0.6


def read_question(asked: Question, shelf: Shelf, finder: Finder, *, steps: int) -> Answer | None:
    """Return what the reader marks in the pages that were retrieved for the question, cited by
    its sentence; None where it marks nothing of the kind that is asked for.

    `steps` is the number of steps that the question was planned to take.
    """
    if asked.kind == "yesno":
        return None
    relation = " ".join(word.text for word in asked.content)
    for found in finder.over_pages(asked.text, relation, asked.kind, strict=steps < 2):
        piece = found.fact.evidence[0]
        if not isinstance(piece, TextEvidence):
            continue
        page = shelf.pages[piece.chunk_id]
        spans = (s for s in page.chunk.sentences if s[0] <= piece.start and piece.end <= s[1])
        span = next(spans, (page.chunk.start, page.chunk.end))
        citation = cite_sentence(page.document, *span)
        if citation is None or _is_asked(asked, found.value):
            continue
        support = round((_TRUST if steps < 2 else _NESTED) * found.score, 4)
        if is_hedged(citation.quote):
            support = round(_HEDGED * support, 4)
        said = found.value.name if isinstance(found.value, Entity) else written(found.value)
        said = f"reportedly {said}" if is_hedged(citation.quote) else said
        step = Step("read", f"the sentences that bear most on the question ({found.score:.2f})")
        return Answer(
            asked.text,
            said,
            numbered([citation]),
            (step,),
            sure(support),
            source="text",
            support=support,
        )
    return None


def _is_asked(asked: Question, value: Entity | Literal) -> bool:
    """Return whether a value is only one of the names of the question."""
    return isinstance(value, Entity) and any(same_name(n.text, value.name) for n in asked.names)
