"""Whether a claim turns round, denies or overstates what its evidence says.

The claim is read by the built-in extractor as any text is, and each fact of it is held against the
quotes by `reasoning.citations.check`. That check is made for facts and is stricter than sentences
of a model need: only what it finds turned round, denied or not vouched for counts here. A claim
that nothing can be read off is held against words of denial alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.slots.english import base_form
from kgkit.facts import Document, Entity, Fact
from reasoning.answers.answer import Citation
from reasoning.answers.words import LIGHT, akin, fold, listed, root, roots, words
from reasoning.citations import Verdict, check
from reasoning.telling.bearing import denies
from reasoning.telling.replies import Claim

if TYPE_CHECKING:
    from extractors.mini.extractor import MiniExtractor

__all__ = ["objection"]

_KIN = frozenset(map(root, listed("father mother parent son daughter child husband wife spouse")))

#: How surely a fact must be read in a claim for what quotes say of it to count.
_READ = 0.5


def objection(claim: Claim, cited: Sequence[Citation]) -> str:
    """Return what the quotes say against a claim, "" for nothing.

    Raises `ModelError` where the weights of the extractor are missing or damaged.

    >>> piece = Citation(1, "a.txt", "", 0, 0, "Ada Byron was taught by Mary Somerville.")
    >>> objection(Claim("Ada Byron taught Mary Somerville."), [piece]) != ""
    True
    >>> objection(Claim("Mary Somerville taught Ada Byron."), [piece])
    ''
    """
    quotes = [piece for piece in cited if piece.quote.strip()]
    read = False
    for fact in _facts(claim.text):
        judged = [(piece, _checked(fact, piece)) for piece in quotes]
        if any(verdict.held for _, verdict in judged):
            read = True
            continue
        for piece, verdict in judged:
            if _counts(verdict, fact, piece):
                return verdict.reason
    if not read and quotes and not denies(claim.text) and all(denies(p.quote) for p in quotes):
        return "the evidence denies something"
    return ""


def _checked(fact: Fact, piece: Citation) -> Verdict:
    """Return the verdict on the quote as a document of its own."""
    quote = " ".join(piece.quote.split())
    alone = replace(piece, start=0, end=len(quote), quote=quote)
    tail = _in_full(fact.tail, quote) if isinstance(fact.tail, Entity) else fact.tail
    fact = replace(fact, head=_in_full(fact.head, quote), tail=tail)
    return check(fact, alone, Document(piece.document_uri, quote, piece.title))


def _in_full(entity: Entity, quote: str) -> Entity:
    """Return an entity by the longer name that a quote gives it: James Chadwick for Chadwick."""
    capital = r"[^\W\d_a-z][\w.'’-]*"
    name = re.escape(entity.name)
    found = re.search(rf"(?:\b{capital}\s+){{0,3}}\b{name}\b(?:\s+{capital}){{0,3}}", quote)
    return entity if found is None else Entity.named(found[0], entity.type)


def _counts(verdict: Verdict, fact: Fact, piece: Citation) -> bool:
    if verdict.fault in ("denied", "hedged"):
        return True
    # Roles are known where the quote has the claim's own word, or another for kin.
    own = _verbs(fact.relation.replace("_", " "))
    said = _verbs(piece.quote)
    shared = any(akin(one, other) for one in own for other in said)
    return verdict.fault == "roles" and (shared or bool(own & _KIN and said & _KIN))


def _verbs(text: str) -> frozenset[str]:
    """Return the roots of a text's words, and of the base forms of its verbs."""
    plain = (base_form(fold(word.text)) for word in words(text))
    return roots(text) | {root(word) for word in plain if word not in LIGHT}


@lru_cache(maxsize=256)
def _facts(text: str) -> tuple[Fact, ...]:
    """Return the facts that a sentence rather says than not, of two things, as the extractor reads
    them."""
    from extractors.chunks import split

    document = Document("claim", text)
    found = _extractor().extract(document, split(document)).facts
    return tuple(f for f in found if isinstance(f.tail, Entity) and f.confidence >= _READ)


@lru_cache(maxsize=1)
def _extractor() -> MiniExtractor:
    from extractors.mini.extractor import MiniExtractor

    return MiniExtractor()
