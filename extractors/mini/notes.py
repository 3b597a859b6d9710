"""What was read of a document's units, as a text that is kept with the document.

It holds parses and links, not vectors: one vector of a word takes as much room as a page of text.
"""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.mini.pronouns import Link
from extractors.mini.syntax import Sentence, Span, Token

__all__ = ["Noted", "dump_notes", "load_notes", "moved"]


@dataclass(frozen=True, slots=True)
class Noted:
    """The parse of a unit and the links of its pronouns, which `context` (a hash) stands for.

    Characters count from the start of the unit, and sentences from its first: those before it
    are negative.
    """

    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]
    context: str


def moved(sentence: Sentence, by: int) -> Sentence:
    """Return a sentence that stands so many characters further on."""
    if not by:
        return sentence
    tokens = tuple(
        Token(t.start + by, t.end + by, t.text, t.lemma, t.upos, t.xpos, t.head, t.deprel)
        for t in sentence.tokens
    )
    return replace(sentence, start=sentence.start + by, end=sentence.end + by, tokens=tokens)


def dump_notes(notes: Mapping[str, Noted]) -> str:
    """Return units by key as text; the same units give the same text."""
    plain = {
        key: [
            [_sentence(sentence) for sentence in unit.sentences],
            [_link(link) for link in unit.links],
            unit.context,
        ]
        for key, unit in sorted(notes.items())
    }
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return b85encode(zlib.compress(data, 9)).decode("ascii")


def load_notes(text: str, units: Mapping[str, str]) -> dict[str, Noted]:
    """Return what was noted of those of these units (texts by key) that the notes hold.

    Notes that cannot be read say nothing.
    """
    try:
        found = json.loads(zlib.decompress(b85decode(text))) if text else {}
    except (ValueError, zlib.error):
        return {}
    return {key: _noted(found[key], unit) for key, unit in units.items() if key in found}


def _sentence(sentence: Sentence) -> list[Any]:
    tokens = sentence.tokens
    return [
        [token.start for token in tokens],
        [token.end - token.start for token in tokens],
        ["" if token.lemma == token.text else token.lemma for token in tokens],
        " ".join(token.upos for token in tokens),
        " ".join(token.xpos for token in tokens),
        [token.head for token in tokens],
        " ".join(token.deprel for token in tokens),
        [[span.first, span.last, span.type, span.score] for span in sentence.spans],
    ]


def _link(link: Link) -> list[Any]:
    span = [link.span.first, link.span.last, link.span.type, link.span.score]
    return [link.sentence, link.token, link.span_sentence, span, link.probability]


def _noted(record: Sequence[Any], text: str) -> Noted:
    sentences, links, context = record
    return Noted(
        tuple(_parsed(columns, text) for columns in sentences),
        tuple(Link(a, b, c, Span(*span), shown) for a, b, c, span, shown in links),
        context,
    )


def _parsed(columns: Sequence[Any], text: str) -> Sentence:
    starts, lengths, lemmas, upos, xpos, heads, deprels, spans = columns
    rows = zip(
        starts, lengths, lemmas, upos.split(), xpos.split(), heads, deprels.split(), strict=True
    )
    tokens = []
    for start, length, lemma, *tags in rows:
        form = text[start : start + length]
        tokens.append(Token(start, start + length, form, lemma or form, *tags))
    last = tokens[-1].end
    return Sentence(tokens[0].start, last, tuple(tokens), tuple(Span(*span) for span in spans))
