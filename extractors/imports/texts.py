"""Where a text says what others read in it: the names in it, and the sentences they share.

Other systems keep at most the piece of text that a statement was read in. The span given here is
the shortest run of whole sentences of that piece, inside one chunk, that names both ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.base import Extraction
from extractors.chunks import split
from extractors.imports.base import ImportedDocument
from extractors.imports.names import words
from kgkit.evidence import ImportEvidence, TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention

__all__ = ["Ground"]

_BLANKS = str.maketrans("\n\t", "  ")


@dataclass(slots=True)
class Ground:
    """A document that is being filled with what `extractor` read in it.

    `score` in [0, 1] is how far that extractor is trusted. Finding names is by whole words,
    whatever their case.
    """

    document: Document
    extractor: str
    score: float
    chunks: Sequence[Chunk] = field(init=False)
    _facts: list[Fact] = field(init=False, default_factory=list)
    _mentions: dict[tuple[str, int], Mention] = field(init=False, default_factory=dict)
    _id: str = field(init=False)
    _text: str = field(init=False)
    _starts: list[int] = field(init=False)
    _places: dict[tuple[str, int, int], list[tuple[int, int]]] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self.chunks = split(self.document)
        self._id = self.document.id  # a hash of the whole text, each time
        self._text = _folded(self.document.text)
        self._starts = [chunk.start for chunk in self.chunks]

    def locate(self, piece: str, after: int = 0) -> tuple[int, int]:
        """Return the [start, end) of a piece of the text, or of the whole where it is not found."""
        start = self.document.text.find(piece, after) if piece else -1
        return (start, start + len(piece)) if start >= 0 else (0, len(self.document.text))

    def mention(self, entity: Entity, piece: tuple[int, int]) -> None:
        """Record every place of a piece of the text that names the entity."""
        for chunk in self._within(piece):
            for start, end in self._named(entity.name, chunk, piece):
                # Pieces overlap, and so do the facts of one entity.
                if (entity.id, start) in self._mentions:
                    continue
                place = (self._id, chunk.id, start, end, self.document.text[start:end])
                self._mentions[entity.id, start] = Mention(*place, entity, score=self.score)

    def add(self, fact: Fact, row: ImportEvidence, piece: tuple[int, int]) -> None:
        """Record a fact that was read in a piece of the text, and the mentions of its ends.

        The text is what the fact rests on; the row says where it came from and adds no
        confidence of its own.
        """
        ends = [fact.head, fact.tail] if isinstance(fact.tail, Entity) else [fact.head]
        for entity in ends:
            self.mention(entity, piece)
        found = self._span([entity.name for entity in ends], piece)
        if found is None:
            self._facts.append(fact.with_evidence(row))
            return
        chunk, start, end = found
        text = TextEvidence(self._id, chunk.id, start, end, self.extractor, self.score)
        self._facts.append(fact.with_evidence(text, replace(row, score=0.0)))

    def finish(self) -> ImportedDocument:
        """Return the document with all that was recorded."""
        found = Extraction(tuple(self._mentions.values()), tuple(self._facts))
        return ImportedDocument(self.document, tuple(self.chunks), found)

    def _within(self, piece: tuple[int, int]) -> list[Chunk]:
        first = max(0, bisect_right(self._starts, piece[0]) - 1)
        last = bisect_left(self._starts, piece[1])
        return [chunk for chunk in self.chunks[first:last] if chunk.end > piece[0]]

    def _named(self, name: str, chunk: Chunk, piece: tuple[int, int]) -> list[tuple[int, int]]:
        """Return where a piece of the text, as far as it lies in a chunk, says a name."""
        start, end = max(chunk.start, piece[0]), min(chunk.end, piece[1])
        if (name, start, end) not in self._places:
            self._places[name, start, end] = _found(self._text, _folded(words(name)), start, end)
        return self._places[name, start, end]

    def _span(self, names: Sequence[str], piece: tuple[int, int]) -> tuple[Chunk, int, int] | None:
        """Return the chunk and span that names most of the names, and of those the shortest."""
        best: tuple[tuple[int, int, int], Chunk, int, int] | None = None
        for chunk in self._within(piece):
            where = [self._named(name, chunk, piece) for name in names]
            start, end = _sentences(chunk, where)
            rank = (-sum(map(bool, where)), end - start, start)
            if best is None or rank < best[0]:
                best = (rank, chunk, start, end)
        return best[1:] if best else None


def _folded(text: str) -> str:
    """Return a text of the same length in lower case, with each blank as " "."""
    # A few letters ("İ") are two in lower case.
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    return lower.translate(_BLANKS)


def _found(folded: str, name: str, start: int, end: int) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    at = folded.find(name, start, end) if name else -1
    while at >= 0:
        after = at + len(name)
        if not _is_word(folded[at - 1 : at]) and not _is_word(folded[after : after + 1]):
            places.append((at, after))
        at = folded.find(name, after, end)
    return places


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _sentences(chunk: Chunk, where: Iterable[list[tuple[int, int]]]) -> tuple[int, int]:
    """Return the shortest run of sentences that holds one place of each name that is found."""
    held = [{_sentence(chunk, start) for start, _ in places} for places in where if places]
    if not held:
        return chunk.start, chunk.end
    candidates = []
    for first in sorted(set().union(*held)):
        reach = [min((n for n in own if n >= first), default=-1) for own in held]
        if min(reach) >= 0:
            last = max(reach)
            candidates.append((chunk.sentences[first][0], chunk.sentences[last][1]))
    return min(candidates, key=lambda span: (span[1] - span[0], span[0]))


def _sentence(chunk: Chunk, at: int) -> int:
    """Return the number of the sentence that holds a character, or of the last before it."""
    return max((n for n, (start, _) in enumerate(chunk.sentences) if start <= at), default=0)
