"""Whether two things are both of a kind: "Are A and B both bands?", by how texts define them."""

from __future__ import annotations

import re

from reasoning.answers.answer import Answer, Step
from reasoning.answers.cite import cite_sentence, numbered
from reasoning.answers.question import Question
from reasoning.answers.tell import sure
from reasoning.answers.words import akin, fold, words
from reasoning.executing.pages import Page, Shelf

__all__ = ["both_are"]

#: How far a definition is trusted that says all of the words, and one that lacks some.
_SAYS, _LACKS = 0.6, 0.4
_DEFINES = re.compile(r"\b(?:is|was|are|were)\s+(?:an?|the|one)\b")
_IDLE = frozenset(["both", "same", "also", "considered", "type", "kind", "located"])


def both_are(asked: Question, shelf: Shelf) -> Answer | None:
    """Return Yes where the sentences that define both things say every word that is asked of them,
    No where one of these sentences lacks a word; None for other questions and without both.
    """
    plain = {fold(word.text) for word in words(asked.text)}
    wanted = [word for word in asked.content if fold(word.text) not in _IDLE]
    wanted += [w for n in asked.names if n not in asked.choice for w in words(n.text)]
    if asked.kind != "yesno" or len(asked.choice) != 2 or not wanted or "same" in plain:
        return None
    citations = []
    for name in asked.choice:
        page = next(iter(shelf.about(name.text)), None)
        span = _definition(page) if page is not None else None
        citation = cite_sentence(page.document, *span) if page and span else None
        if citation is None:
            return None
        citations.append(citation)
    heard = [{word.root for word in words(citation.quote)} for citation in citations]
    said = [all(any(akin(w.root, r) for r in roots) for w in wanted) for roots in heard]
    text, support = ("Yes", _SAYS) if all(said) else ("No", _LACKS)
    steps = tuple(
        Step("checked", f"how {citation.title or citation.document_uri} is defined")
        for citation in citations
    )
    return Answer(
        asked.text,
        text,
        numbered(citations),
        steps,
        sure(support),
        source="text",
        support=support,
    )


def _definition(page: Page) -> tuple[int, int] | None:
    """Return the sentence of the first two that says what the page is about."""
    text = page.document.text
    return next((s for s in page.chunk.sentences[:2] if _DEFINES.search(text[s[0] : s[1]])), None)
