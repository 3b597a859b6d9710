"""Good citations of facts that are known, and bad ones planted beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal as OneOf

from extractors.sentences import sentences
from kgkit.facts import Document, Entity, Fact, Mention
from reasoning.answers.answer import Citation
from reasoning.citations.check import located
from reasoning.citations.pathing import is_main_way
from reasoning.citations.train.negating import negate

__all__ = ["Case", "Kind", "cite", "plant"]

#: What is wrong with a planted citation, "good" where nothing is.
Kind = OneOf["good", "negated", "roles", "relation", "span"]

#: A sentence that states a fact: the document and its characters [start, end).
_Place = tuple[Document, int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with a citation of a document, and what is wrong with it."""

    kind: Kind
    claim: Fact
    citation: Citation
    document: Document
    mentions: tuple[Mention, ...]


def cite(claim: Fact, document: Document, start: int, end: int) -> Citation:
    """Return the citation of characters [start, end) for a claim, unchecked."""
    quote = document.text[start:end]
    return Citation(1, document.uri, document.title, start, end, quote, str(claim))


def plant(
    stated: Sequence[tuple[Fact, Document, int, int]],
    mentions: Mapping[str, tuple[Mention, ...]],
    others: Mapping[str, Sequence[str]],
    rng: Random,
    forms: Sequence[str],
    symmetric: Collection[str] = (),
) -> Iterator[Case]:
    """Yield for each stated fact (with its sentence) its good citation and a bad one of each kind
    that can be made of it.

    `mentions` are those of each document by id; `others` names for each relation those that a
    claim of the same ends may be given instead; `forms` are the ways to deny (`negate`), and
    `symmetric` relations are those that say the same both ways.
    """
    told = _told(stated)
    for claim, document, start, end in stated:
        own = mentions.get(document.id, ())
        citation = cite(claim, document, start, end)
        yield Case("good", claim, citation, document, own)
        if isinstance(claim.tail, Entity) and claim.relation not in symmetric:
            turned = replace(claim, head=claim.tail, tail=claim.head)
            yield Case("roles", turned, citation, document, own)
        wrong = _another(claim, told[document.id, start], others, rng)
        if wrong is not None:
            yield Case("relation", wrong, citation, document, own)
        yield _shifted(claim, document, (start, end), own, rng)
        form = rng.choice(forms)
        if len(told[document.id, start]) == 1:  # else it could be the other fact that is denied
            denied = _denied(claim, document, (start, end), own, form)
            if denied is not None:
                yield denied


def _told(stated: Sequence[tuple[Fact, Document, int, int]]) -> dict[tuple[str, int], list[Fact]]:
    found: dict[tuple[str, int], list[Fact]] = {}
    for claim, document, start, _ in stated:
        found.setdefault((document.id, start), []).append(claim)
    return found


def _another(
    claim: Fact, told: Sequence[Fact], others: Mapping[str, Sequence[str]], rng: Random
) -> Fact | None:
    """Return a claim of names of the same sentence that it does not state."""
    made = [replace(claim, relation=name, predicate="") for name in others.get(claim.relation, ())]
    for other in told:
        if other.relation != claim.relation and type(other.tail) is type(claim.tail):
            if other.head.id != claim.head.id:
                made.append(replace(claim, tail=other.tail))
            made.append(replace(claim, relation=other.relation, predicate=""))
    stated = {(f.head.id, f.relation, str(f.tail)) for f in told}
    free = [f for f in made if (f.head.id, f.relation, str(f.tail)) not in stated]
    return rng.choice(free) if free else None


def _shifted(
    claim: Fact,
    document: Document,
    span: tuple[int, int],
    own: tuple[Mention, ...],
    rng: Random,
) -> Case:
    """Return a citation whose span is off: with the right quote, with the quote of where it
    points, or of the next sentence."""
    start, end = span
    by = rng.choice([-40, -17, -6, -3, -1, 1, 2, 5, 12, 33])
    moved = max(0, start + by), max(1, min(len(document.text), end + by))
    right = cite(claim, document, start, end)
    way = rng.choice(["quote", "words", "next"])
    beside = [s for s in sentences(document.text) if s[1] <= start or end <= s[0]]
    if way == "next" and beside:
        nearest = min(beside, key=lambda s: (abs(s[0] - start), s))
        return Case("span", claim, cite(claim, document, *nearest), document, own)
    if way == "words" and moved != span:
        return Case("span", claim, cite(claim, document, *moved), document, own)
    shifted = replace(right, start=start + by, end=end + by)
    return Case("span", claim, shifted, document, own)


def _denied(
    claim: Fact,
    document: Document,
    span: tuple[int, int],
    own: tuple[Mention, ...],
    form: str,
) -> Case | None:
    """Return the claim with a citation of a document in which the sentence is denied."""
    start, end = span
    placed = located(claim, cite(claim, document, start, end), document, own)
    if placed is None or not is_main_way(*placed):
        return None  # denying the sentence would not deny the claim
    found = negate(document.text[start:end], form)
    if found is None:
        return None
    sentence, edits = found
    text = document.text[:start] + sentence + document.text[end:]
    changed = replace(document, text=text)
    moved = tuple(_moved(m, start, end, edits) for m in own)
    kept = tuple(m for m in moved if m is not None and text[m.start : m.end] == m.text)
    return Case("negated", claim, cite(claim, changed, start, start + len(sentence)), changed, kept)


def _moved(
    mention: Mention, start: int, end: int, edits: Sequence[tuple[int, int]]
) -> Mention | None:
    """Return a mention where it stands after edits (place in the sentence, characters added)."""
    if mention.end <= start:
        return mention
    if mention.start >= end:
        by = sum(added for _, added in edits)
    else:
        by = sum(added for place, added in edits if start + place <= mention.start)
    return replace(mention, start=mention.start + by, end=mention.end + by)
