"""Passages, and the names that each of their sentences says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgkit.facts import Chunk
from reasoning.retrieval.names import JOINING, FoundName, NameTable, name_key, without_bracket
from reasoning.retrieval.words import words

__all__ = ["Passage", "Said", "given", "names_said", "short_form"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as retrieval sees it; every offset counts characters of the document.

    `names` holds (start, end, name) of what an extractor found in it.
    """

    chunk_id: str
    document_id: str
    title: str
    text: str
    start: int
    sentences: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, chunk: Chunk, title: str, names: tuple[tuple[int, int, str], ...] = ()) -> Passage:
        """Return the passage of a chunk under its document's title."""
        return cls(
            chunk.id,
            chunk.document_id,
            title,
            chunk.text,
            chunk.start,
            chunk.sentences or ((chunk.start, chunk.end),),
            names,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A name that a passage says: how much the passage is about it, and in which sentences."""

    key: str
    about: float
    sentences: tuple[int, ...]


def given(passage: Passage) -> Iterator[FoundName]:
    """Yield what the extractor found, in characters of the passage's text."""
    for start, end, name in passage.names:
        key = name_key(without_bracket(name))
        if key:
            yield FoundName(key, start - passage.start, end - passage.start)


def names_said(passage: Passage, title: str, table: NameTable) -> Iterator[Said]:
    """Yield the names of a passage in the order in which they come, its title first.

    What the passage is about, its title or else its first name, counts as said in every
    sentence, since texts rarely repeat it. A first name has a short form (`short_form`) too; a
    title is short already. A word of a name that came before stands for the whole name too
    ("Curie" after "Marie Curie").
    """
    found = _without_overlaps([*given(passage), *table.find(passage.text, words(passage.text))])
    places: dict[str, dict[int, None]] = {title: {}} if title else {}
    full = dict.fromkeys(title.split(), title)
    starts = [start - passage.start for start, _ in passage.sentences]
    for name in found:
        sentence = max(0, bisect_right(starts, name.start) - 1)
        for key in dict.fromkeys((full.get(name.key, name.key), name.key)):
            places.setdefault(key, {})[sentence] = None
        for part in name.key.split():
            full.setdefault(part, name.key)
    everywhere = tuple(range(len(starts)))
    for rank, (key, sentences) in enumerate(places.items()):
        yield Said(key, 1 / (1 + rank), everywhere if rank == 0 else tuple(sentences))
        short = "" if title else short_form(key)
        if rank == 0 and short in table.numbers and short not in places:
            yield Said(short, 1, everywhere)


def short_form(key: str) -> str:
    """Return first and last word of a name of three or four, "" for any other.

    Texts and questions leave out what stands between the names of a person.

    >>> short_form("timothy perry shriver"), short_form("duke of york")
    ('timothy shriver', '')
    """
    parts = key.split()
    if not 3 <= len(parts) <= 4 or not JOINING.isdisjoint(parts):
        return ""
    return f"{parts[0]} {parts[-1]}"


def _without_overlaps(found: Iterable[FoundName]) -> list[FoundName]:
    """Return the longest of overlapping names in order; of equals, what came first."""
    kept: list[FoundName] = []
    for name in sorted(found, key=lambda n: (n.start, n.start - n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end - name.start > kept[-1].end - kept[-1].start:
            kept[-1] = name
    return kept
