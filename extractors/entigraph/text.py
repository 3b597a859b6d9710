"""A synthesised text, and what it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kgkit.ids import content_id

__all__ = ["Text", "count_tokens"]


def count_tokens(text: str) -> int:
    """Return about how many tokens a text is: a quarter of its characters, rounded up.

    >>> count_tokens("Ada Lovelace.")
    4
    """
    return -(-len(text) // 4)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a corpus, with its provenance.

    `form` is the kind of text ("profile", "path", "question", ...). `entities`, `facts` and
    `documents` are the ids of what it was made from; the entities of a path stand in its order.
    `generator` wrote it, and `tokens` is its length as the corpus counts.

    >>> Text.of("Ada wrote notes.", "statement", generator="offline").tokens
    4
    """

    id: str
    text: str
    form: str
    entities: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    generator: str = ""
    tokens: int = 0

    @classmethod
    def of(
        cls,
        text: str,
        form: str,
        *,
        entities: tuple[str, ...] = (),
        facts: tuple[str, ...] = (),
        documents: tuple[str, ...] = (),
        generator: str = "",
    ) -> Text:
        """Return the text under its content id, with its tokens counted by `count_tokens`."""
        id = content_id("text", form, text)
        tokens = count_tokens(text)
        return cls(id, text, form, entities, facts, documents, generator, tokens)

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Text:
        """Return the text that `to_dict` gave."""
        return cls(
            record["id"],
            record["text"],
            record["form"],
            tuple(record["entities"]),
            tuple(record["facts"]),
            tuple(record["documents"]),
            record["generator"],
            record["tokens"],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the text as plain values, ready for JSON."""
        return asdict(self)
