"""Putting questions to passages; what the reader answers is kept with the document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.slots import Calibrated, Slot, Source, Span, SpanReader, fact_of, may_answer
from kgkit.facts import Fact
from kgkit.ids import content_id

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["Answering"]

#: Questions that the reader is given at once.
_TOGETHER = 256
#: The slots of one entity and the passages on it.
_Task = tuple[Sequence[Slot], Sequence[Source]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it is kept."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A slot's question to a passage, the key that the answer is kept under, and the answer once
    it is known."""

    slot: Slot
    source: Source
    key: str
    is_known: bool = False
    span: Span | None = None


class Answering:
    """Asks a reader what passages say of slots, unless the ledger knows its answer already."""

    def __init__(self, ledger: Ledger, reader: SpanReader, made_by: str, *, keep: bool) -> None:
        self._ledger = ledger
        self._reader = reader
        self._made_by = made_by
        self._keep = keep
        self._confidence = reader.confidence if isinstance(reader, Calibrated) else None

    def answers(self, tasks: Iterable[_Task]) -> Iterator[tuple[Slot, list[Fact]]]:
        """Yield each slot, in order, with the facts that its passages answer it with."""
        slots: list[Slot] = []
        asked: list[_Asked] = []
        for own, sources in tasks:
            slots += own
            asked += (self._prepared(slot, at) for slot in own for at in sources)
            if len(asked) >= _TOGETHER:
                yield from self._answered(slots, asked)
                slots, asked = [], []
        yield from self._answered(slots, asked)

    def _prepared(self, slot: Slot, source: Source) -> _Asked:
        if not may_answer(slot, source):
            return _Asked(slot, source, "", is_known=True)
        key = content_id("answer", self._made_by, slot.question, source.passage.text)
        reply = self._ledger.cached_call(key)
        return _Asked(slot, source, key, reply is not None, _loaded(reply) if reply else None)

    def _answered(
        self, slots: Sequence[Slot], asked: Sequence[_Asked]
    ) -> Iterator[tuple[Slot, list[Fact]]]:
        new = [each for each in asked if not each.is_known]
        questions = [(each.slot.question, each.source.passage.text) for each in new]
        spans = self._reader.read_all(questions) if questions else ()
        read = [replace(each, span=span) for each, span in zip(new, spans, strict=True)]
        if self._keep:
            self._store(read)
        facts: dict[int, list[Fact]] = {id(slot): [] for slot in slots}
        for each in (*(known for known in asked if known.is_known), *read):
            if each.span is not None:
                fact = fact_of(
                    each.slot,
                    each.source,
                    each.span,
                    self._made_by,
                    confidence=self._confidence,
                )
                facts[id(each.slot)] += [fact] if fact is not None else []
        yield from ((slot, facts[id(slot)]) for slot in slots)

    def _store(self, asked: Iterable[_Asked]) -> None:
        for each in asked:
            about = each.source.passage.chunk.document_id
            self._ledger.store_call(each.key, self._made_by, each.key, _dumped(each.span), about)


def _dumped(span: Span | None) -> str:
    return json.dumps(None if span is None else [span.start, span.end, span.score])


def _loaded(reply: str) -> Span | None:
    held = json.loads(reply)
    return None if held is None else _Kept(*held)
