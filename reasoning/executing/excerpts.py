"""The few sentences of a page that are read for a question, as one text."""

from __future__ import annotations

from dataclasses import dataclass

from reasoning.answers.words import roots, words
from reasoning.executing.pages import Page

__all__ = ["Excerpt", "excerpt_of"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of a page as one text; `starts` maps its characters to those of the document."""

    page: Page
    text: str
    starts: tuple[tuple[int, int, int], ...]
    trust: float

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the document's characters, None where they are not of one sentence."""
        for begins, ends, at in self.starts:
            if begins <= start and end <= ends:
                return start - begins + at, end - begins + at
        return None


def excerpt_of(page: Page, ask: str, most: int, trust: float) -> Excerpt:
    """Return the sentences of a page that share most with the question, under its title."""
    text = page.document.text
    spans = list(page.chunk.sentences) or [(page.chunk.start, page.chunk.end)]
    if len(spans) > most:
        wanted = roots(ask)
        shared = [len(wanted & {w.root for w in words(text[a:b])}) for a, b in spans]
        best = sorted(range(len(spans)), key=lambda i: (i > 0, -shared[i], i))[:most]
        spans = [spans[i] for i in sorted(best)]
    joined = f"{page.title}: " if page.title else ""
    starts = []
    for start, end in spans:
        sentence = text[start:end].rstrip()
        starts.append((len(joined), len(joined) + len(sentence), start))
        joined += f"{sentence} "
    return Excerpt(page, joined.rstrip(), tuple(starts), trust)
