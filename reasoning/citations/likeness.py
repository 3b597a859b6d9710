"""How near the words of a sentence come to a relation, beside all others that could be meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from extractors.mini.relations.prompts import spoken
from kgkit.facts import Fact
from reasoning.citations.concepts import concepts, concepts_of
from reasoning.citations.kinds import kind_of_end

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["likeness", "worded"]

#: What stands for a name of each kind, so that names themselves make nothing alike.
_STANDS = {
    "Person": "someone",
    "Organization": "a company",
    "Location": "a place",
    "Time": "a date",
    "Number": "a number",
    "Misc": "something",
}
#: Wordings of each other relation that are compared: the first ones are the commonest.
_RIVALS = 4


def worded(phrase: str, head: str, tail: str) -> str:
    """Return a relation phrase between words that stand for ends of these kinds.

    >>> worded("work for", "Person", "Organization")
    'someone work for a company'
    """
    return f"{_STANDS[head]} {phrase} {_STANDS[tail]}"


def likeness(claim: Fact, said: Iterable[tuple[str, bool]]) -> tuple[float, float]:
    """Return the cosine of the nearest phrase with the claim's relation, and by how much that
    exceeds its nearness to any other relation.

    `said` are phrases with whether they stand between tail and head. A relation that is known is
    compared by all its wordings. Raises `ModelError` where the encoder's weights are missing.
    """
    head, tail = kind_of_end(claim.head), kind_of_end(claim.tail)
    known = concepts_of(claim.relation, head, tail, claimed=True) or concepts_of(
        claim.relation, tail, head, claimed=True
    )
    mine = {spoken(claim.relation)}
    for concept in concepts():
        if concept.name in known:
            mine |= {phrase.words for phrase in concept.phrases}
    best = (0.0, -1.0)
    phrases = [(phrase, turned) for phrase, turned in dict.fromkeys(said) if phrase]
    ways = [(phrase, (tail, head) if turned else (head, tail)) for phrase, turned in phrases]
    vectors = _vectors(worded(each, *ends) for own, ends in ways for each in (own, *sorted(mine)))
    for phrase, ends in ways:
        told = vectors[worded(phrase, *ends)]
        near = max(float(told @ vectors[worded(own, *ends)]) for own in sorted(mine))
        names, others = _others(*ends)
        other = others[[name not in known for name in names]]
        rival = float((other @ told).max()) if len(other) else 0.0
        best = max(best, (round(near, 3), round(near - rival, 3)))
    return best


@cache
def _others(head: str, tail: str) -> tuple[list[str], NDArray[np.float32]]:
    """The relations that can join ends of these kinds, by the name of their concept, and the unit
    vectors [n, 384] of their commonest wordings."""
    from kgkit.models.encoder import load_encoder

    found = [
        (concept.name, worded(phrase.words, head, tail))
        for concept in concepts()
        for phrase in concept.phrases[:_RIVALS]
        if concept.joins(head, tail) or concept.joins(tail, head)
    ]
    return [name for name, _ in found], load_encoder().encode([text for _, text in found])


def _vectors(texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """Return the unit vector [384] of each text; those that are new are encoded together."""
    from kgkit.models.encoder import load_encoder

    wanted = list(dict.fromkeys(texts))
    found = {text: _KNOWN[text] for text in wanted if text in _KNOWN}
    new = [text for text in wanted if text not in found]
    if new:
        found.update(zip(new, load_encoder().encode(new), strict=True))
        if len(_KNOWN) > _KEPT:
            _KNOWN.clear()
        _KNOWN.update((text, found[text]) for text in new)
    return found


#: Vectors that were made, at most about so many.
_KNOWN: dict[str, NDArray[np.float32]] = {}
_KEPT = 8192
