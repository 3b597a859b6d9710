"""The texts at hand for one question: chunks by what they are about and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kgkit.facts import Chunk, Document
from kgkit.ids import normalise_name
from reasoning.answers.view import FactView, Passage
from reasoning.executing.same import bare_name

__all__ = ["Page", "Shelf"]


@dataclass(frozen=True, slots=True)
class Page:
    """A chunk with its document, and the place at which the question's retrieval gave it."""

    chunk: Chunk
    document: Document
    rank: int

    @property
    def title(self) -> str:
        """What the document is about."""
        return self.document.title


class Shelf:
    """Chunks at hand; `look` retrieves more, `most` times at most."""

    def __init__(
        self,
        view: FactView,
        retrieve: Callable[[str, int], Sequence[Passage]],
        *,
        most: int,
    ) -> None:
        self._view = view
        self._retrieve = retrieve
        self._left = most
        self._looked: dict[str, tuple[str, ...]] = {}
        self.pages: dict[str, Page] = {}

    def put(self, hits: Sequence[Passage]) -> tuple[str, ...]:
        """Add retrieved chunks and return their ids, best first."""
        ids = tuple(hit.chunk_id for hit in hits)
        new = [id for id in ids if id not in self.pages]
        chunks = self._view.chunks(new)
        documents = self._view.documents(sorted({c.document_id for c in chunks.values()}))
        for id in new:
            chunk = chunks.get(id)
            if chunk is not None and chunk.document_id in documents:
                self.pages[id] = Page(chunk, documents[chunk.document_id], len(self.pages))
        return tuple(id for id in ids if id in self.pages)

    def look(self, query: str, k: int) -> list[Page]:
        """Return the k pages that bear most on a text; none when the budget is spent."""
        if query not in self._looked:
            if self._left <= 0:
                return []
            self._left -= 1
            self._looked[query] = self.put(self._retrieve(query, k))
        return [self.pages[id] for id in self._looked[query]]

    def about(self, name: str) -> list[Page]:
        """Return the pages at hand that are about what bears the name, the likeliest first."""
        fits = [(_fit(name, page.title), page) for page in self.pages.values()]
        best = max((fit for fit, _ in fits), default=0)
        found = [page for fit, page in fits if fit == best and fit > 0]
        return sorted(found, key=lambda page: (page.chunk.ordinal, page.rank))

    def widened(self, page: Page, start: int, end: int) -> tuple[int, int]:
        """Return the span of a page's text widened to a title at hand that is said around it:
        "Sizzo" becomes "Sizzo, Prince of Schwarzburg" where that is what the text says."""
        text = page.document.text
        best = (start, end)
        for other in self.pages.values():
            title = other.title.split(" (", 1)[0].strip()
            if len(title) <= best[1] - best[0] or page is other:
                continue
            low = max(page.chunk.start, end - len(title))
            at = text.find(title, low, start + len(title))
            if 0 <= at <= start and end <= at + len(title):
                best = (at, at + len(title))
        return best

    def saying(self, name: str) -> list[Page]:
        """Return the pages at hand whose text says the name, in order of their retrieval."""
        wanted = bare_name(name)
        return [p for p in self.pages.values() if wanted and wanted in normalise_name(p.chunk.text)]


def _fit(name: str, title: str) -> int:
    """Return how well a title names it: 3 as written, 2 but for bracket and article, 1 where one
    has only more words than the other ("Ada of Huntingdon", "Ada, Countess of Huntingdon")."""
    if not title:
        return 0
    if normalise_name(name) == normalise_name(title):
        return 3
    one, other = bare_name(name), bare_name(title)
    if one == other:
        return 2
    short, long = sorted((_words(one), _words(other)), key=len)
    return int(len(short) >= 2 and short <= long and len(long) <= len(short) + 3)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.replace(",", " ").split())
