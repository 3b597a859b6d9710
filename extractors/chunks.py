"""Documents cut into chunks of whole sentences."""

from __future__ import annotations

import hashlib

from extractors.sentences import pieces, sentences
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document

__all__ = ["split"]

#: A text of more chunks than this is cut where its words say so, not where the chunk is full.
_LONG = 8

_CLOSING = ".!?…:;,。！？\"'”’»)"


def split(document: Document, *, max_chars: int = 1200) -> list[Chunk]:
    """Return the chunks of a document, in order, each of at most `max_chars` characters.

    Sentences are packed greedily. A chunk ends at the last paragraph border in its second half
    where there is one, and never just after a heading. In a text above eight times `max_chars`
    the hash of the sentence before chooses among the borders of the second half, so that an edit
    moves the chunks near it only and those behind it come out as they were (content-defined
    chunking, Muthitacharoen et al. 2001). A sentence above `max_chars` is cut at blanks, and each
    piece counts as a sentence. Chunks do not overlap and their sentences cover every non-blank
    character. Raises `InputError` when `max_chars` is below 1.

    >>> [chunk.text for chunk in split(Document("a", "One is here. Two is."), max_chars=12)]
    ['One is here.', 'Two is.']
    """
    if max_chars < 1:
        raise InputError(f"max_chars={max_chars} is below 1; give a chunk's length, say 1200.")
    text, identity = document.text, document.id
    spans = [p for start, end in sentences(text) for p in pieces(text, start, end, max_chars)]
    choose = _chosen if len(text) > _LONG * max_chars else _latest
    chunks: list[Chunk] = []
    first = 0
    while first < len(spans):
        last = _full(spans, first, max_chars)
        if last < len(spans):
            last = choose(text, spans, (first, last), max_chars)
        inside = tuple(spans[first:last])
        start, end = inside[0][0], inside[-1][1]
        chunks.append(Chunk(identity, len(chunks), start, end, text[start:end], inside))
        first = last
    return chunks


def _full(spans: list[tuple[int, int]], first: int, max_chars: int) -> int:
    """Return the index after the last sentence that a chunk from sentence `first` on can hold."""
    start = spans[first][0]
    last = first + 1
    while last < len(spans) and spans[last][1] - start <= max_chars:
        last += 1
    return last


def _latest(
    text: str, spans: list[tuple[int, int]], bounds: tuple[int, int], max_chars: int
) -> int:
    """Return where a chunk of at most these sentences ends: as late as is good."""
    first, last = bounds
    for border in range(last, first, -1):
        if spans[border - 1][1] - spans[first][0] < max_chars // 2:
            break
        if _paragraph(text, spans, border) and not _heading(text, spans, border - 1):
            return border
    lead = last
    while lead > first and _heading(text, spans, lead - 1):
        lead -= 1
    return lead if lead > first else last


def _chosen(
    text: str, spans: list[tuple[int, int]], bounds: tuple[int, int], max_chars: int
) -> int:
    """Return where a chunk of at most these sentences ends: where their own words say so."""
    first, last = bounds
    borders = [
        border
        for border in range(first + 1, last + 1)
        if spans[border - 1][1] - spans[first][0] >= max_chars // 2
        and not _heading(text, spans, border - 1)
    ]
    if not borders:
        return _latest(text, spans, bounds, max_chars)

    def rank(border: int) -> tuple[bool, bytes]:
        start, end = spans[border - 1]
        words = text[start:end].encode(errors="surrogatepass")
        return not _paragraph(text, spans, border), hashlib.sha256(words).digest()

    return min(borders, key=rank)


def _paragraph(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """Tell whether a blank line or the edge of the text comes before sentence `index`."""
    if index == 0 or index == len(spans):
        return True
    return text.count("\n", spans[index - 1][1], spans[index][0]) > 1


def _heading(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    start, end = spans[index]
    if text[start] == "#":
        return True
    short = end - start <= 100 and text[end - 1] not in _CLOSING and "\n" not in text[start:end]
    return short and _paragraph(text, spans, index) and _paragraph(text, spans, index + 1)
