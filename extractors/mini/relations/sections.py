"""Sections of a document, the parts that the relation head reads, and what is noted of them.

What the head says of a section depends on the section alone: so what was noted holds wherever the
same section stands again, and an edit far away does not have it read again.
"""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field, fields
from hashlib import sha256

from extractors.mini.pieces import Row
from extractors.mini.relations.cases import Case
from extractors.mini.relations.reader import Related
from kgkit.ids import content_id

__all__ = ["Noted", "key_of", "load_sections", "sections"]

#: Pieces of a section at most, two windows of the encoder, and at least where the text goes on.
#: Only entities of one section are compared, so that the cost grows with the length of a text
#: and not with its square.
_MOST, _LEAST = 892, 446


def sections(made: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield runs of sentences [first, end) of at most 892 pieces (one alone may have more).

    Where the rest of the text is longer, the hash of the sentence before chooses among the
    borders of the second half, so that sections behind an edit stay as they were
    (content-defined chunking, Muthitacharoen et al. 2001).
    """
    first = total = 0
    borders: list[int] = []
    i = 0
    while i < len(made):
        if i > first and total + made[i].length > _MOST:
            end = min(borders, key=lambda border: _rank(made[border - 1]), default=i)
            yield first, end
            first = i = end
            total, borders = 0, []
        total += made[i].length
        i += 1
        if total >= _LEAST:
            borders.append(i)
    if made:
        yield first, len(made)


def _rank(row: Row) -> bytes:
    return sha256(repr(row.pieces).encode()).digest()


def key_of(case: Case) -> str:
    """Return what tells a section from all that read differently."""
    return content_id("section", *(getattr(case, part.name) for part in fields(case)))


@dataclass(slots=True)
class Noted:
    """What the relation head said of sections, by key: `before` of an earlier version of the
    document, `now` of this one."""

    before: dict[str, tuple[Related, ...]] = field(default_factory=dict)
    now: dict[str, tuple[Related, ...]] = field(default_factory=dict)

    def or_read(self, key: str, read: Callable[[], Sequence[Related]]) -> tuple[Related, ...]:
        """Return what is noted of a section, or else what reading it gives, and note that."""
        known = self.before.get(key)
        self.now[key] = found = tuple(read()) if known is None else known
        return found

    def dump(self) -> str:
        """Return what was said of the sections of this version as a line of text."""
        plain = {key: [astuple(one) for one in found] for key, found in sorted(self.now.items())}
        data = json.dumps(plain, separators=(",", ":")).encode()
        return b85encode(zlib.compress(data, 9)).decode("ascii")


def load_sections(text: str) -> Noted:
    """Return what is noted in a line of text; one that cannot be read says nothing."""
    try:
        plain = json.loads(zlib.decompress(b85decode(text))) if text else {}
    except (ValueError, zlib.error):
        return Noted()
    return Noted({key: tuple(Related(*one) for one in found) for key, found in plain.items()})
