"""The evidence a model answers from: what an answer cites, and the best retrieved sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoning.answers.answer import Answer, Citation
from reasoning.answers.cite import cite_sentence, numbered
from reasoning.answers.view import FactView

if TYPE_CHECKING:
    from reasoning.retrieval import Hit

__all__ = ["gather"]


def gather(
    answer: Answer | None, hits: Sequence[Hit], facts: FactView, *, most: int = 10
) -> tuple[Citation, ...]:
    """Return at most `most` pieces of evidence, numbered from 1: the citations of an answer, then
    the sentences of the hits that fit best, each checked against its document.
    """
    cited = list(answer.citations) if answer is not None else []
    documents = facts.documents(sorted({hit.document_id for hit in hits}))
    scored = [
        (-round(hit.score + sentence.score, 4), rank, sentence.start, hit, sentence)
        for rank, hit in enumerate(hits)
        for sentence in hit.sentences
    ]
    for _, _, _, hit, sentence in sorted(scored, key=lambda item: item[:3]):
        document = documents.get(hit.document_id)
        if document is not None:
            found = cite_sentence(document, sentence.start, sentence.end)
            cited += [found] if found is not None else []
        if len(numbered(cited)) >= most:
            break
    return numbered(cited)[:most]
