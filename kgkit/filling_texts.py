"""The passages of a ledger that name an entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from extractors.slots import Source, bare_name, passage_about
from extractors.slots.kinds import is_called
from extractors.slots.ranges import is_told
from kgkit.facts import Entity, Mention

if TYPE_CHECKING:
    from stores.ledger import Ledger

__all__ = ["Texts"]

#: Passages that one question is put to: those that name the entity most often.
_PASSAGES = 8


class Texts:
    """The chunks that mention each entity of a ledger, as it is when this is made."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._chunks: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in ledger.mentions():
            self._chunks[mention.entity.id][mention.chunk_id] += 1
        self._last: tuple[str, tuple[Source, ...]] = "", ()

    def about(self, entity: Entity) -> tuple[Source, ...]:
        """Return the passages that name an entity most often, at most eight, the first ones
        first; pronouns that stand for it say its name."""
        if self._last[0] != entity.id:
            self._last = entity.id, self._read(entity)
        return self._last[1]

    def calls(self, entity: Entity, type: str) -> bool:
        """Return whether a passage calls an entity of no telling type a thing of this one."""
        if is_told(entity.type) or is_told(type):
            return False
        return any(
            is_called(source.passage.chunk.text, mention.start - begin, mention.end - begin, type)
            for source in self.about(entity)
            for begin in [source.passage.chunk.start]
            for mention in source.mentions
            if mention.entity.id == entity.id and mention.kind == "name"
        )

    def _read(self, entity: Entity) -> tuple[Source, ...]:
        counts = self._chunks.get(entity.id, Counter())
        ids = sorted(counts, key=lambda id: (-counts[id], id))[:_PASSAGES]
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._ledger.mentions(chunk_ids=ids):
            mentions[mention.chunk_id].append(mention)
        chunks = sorted(self._ledger.chunks(ids=ids), key=lambda c: (c.document_id, c.ordinal))
        name = bare_name(entity.name)
        found = []
        for chunk in chunks:
            own = [m for m in mentions[chunk.id] if m.entity.id == entity.id]
            found.append(Source(passage_about(chunk, name, own), tuple(mentions[chunk.id])))
        return tuple(found)
