"""Checking a citation: is it there, does it name what the claim is about, does it say so?"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.sentences import sentences
from kgkit.facts import Document, Entity, Fact, Mention, Modality, Polarity
from reasoning.answers.answer import Citation
from reasoning.answers.literals import written
from reasoning.citations.doubt import is_distanced
from reasoning.citations.gathering import Told, all_said
from reasoning.citations.meaning import Agreement
from reasoning.citations.naming import Spot, spots_of
from reasoning.citations.verdict import Verdict
from reasoning.citations.weighing import FEATURES, features, load_weights

__all__ = ["check", "located"]

#: Characters of the longest passage that is read: a citation is a sentence or a few.
_LONGEST = 2000


def check(
    claim: Fact, citation: Citation, document: Document, mentions: Sequence[Mention] = ()
) -> Verdict:
    """Return whether a citation supports a claim, with the first thing that is wrong with it.

    Looked at in this order: the quote stands in the document exactly at its span, which begins and
    ends where sentences do; both ends of the claim are named there, by name, alias or one of
    `mentions`; the passage affirms and vouches for what it says as much as the claim does; the
    two play the parts that the claim gives them; and it is the claim's relation that it says. What
    the passage asks its reader to do has no bearing: it is read, never followed. Raises
    `ModelError` where the weights of the parser or the matcher are missing or damaged.
    """
    span = citation.start, citation.end
    wrong = _misquoted(citation, document)
    if wrong:
        return Verdict(False, wrong, "span", 0.0)
    heads, tails = _spots(claim, document, span, mentions)
    for end, spots in ((claim.head, heads), (claim.tail, tails)):
        if not spots:
            named = isinstance(end, Entity)
            detail = f"the quote does not {'name' if named else 'give'} {written(end)}"
            return Verdict(False, detail, "names" if named else "value", 0.0)
    for qualifier in claim.qualifiers:
        if not spots_of(qualifier.value, document, span, mentions):
            detail = f"the quote does not say {qualifier.role} {written(qualifier.value)}"
            return Verdict(False, detail, "value", 0.0)
    passage = document.text[span[0] : span[1]]
    return _read(claim, passage, _shifted(heads, span[0]), _shifted(tails, span[0]))


def located(
    claim: Fact, citation: Citation, document: Document, mentions: Sequence[Mention] = ()
) -> tuple[str, list[Spot], list[Spot]] | None:
    """Return the passage with the places of head and tail in it, counted from its start; None
    where it is misquoted or does not name both."""
    span = citation.start, citation.end
    if _misquoted(citation, document):
        return None
    heads, tails = _spots(claim, document, span, mentions)
    if not heads or not tails:
        return None
    passage = document.text[span[0] : span[1]]
    return passage, _shifted(heads, span[0]), _shifted(tails, span[0])


def _misquoted(citation: Citation, document: Document) -> str:
    """Return what is wrong with the span of a citation, "" where nothing is."""
    start, end, text = citation.start, citation.end, document.text
    if citation.document_uri != document.uri:
        return f"the citation is of {citation.document_uri}, not of {document.uri}"
    if not 0 <= start < end <= len(text):
        return f"[{start}, {end}) lies outside of the document's {len(text)} characters"
    if text[start:end] != citation.quote:
        return f"the document does not have the quote at [{start}, {end})"
    if end - start > _LONGEST:
        return f"a quote of {end - start} characters points at nothing; cite a sentence or two"
    bounds = sentences(text)
    if start not in {s for s, _ in bounds} or end not in {e for _, e in bounds}:
        return f"[{start}, {end}) does not begin and end where sentences do"
    return ""


def _read(claim: Fact, passage: str, heads: Sequence[Spot], tails: Sequence[Spot]) -> Verdict:
    told = all_said(claim, passage, heads, tails)
    denied, doubted = _stance(told, passage)
    if denied != (claim.polarity is Polarity.NEGATIVE):
        says = "denies what is claimed" if denied else "does not deny it, as the claim does"
        return Verdict(False, f"the quote {says}", "denied", 0.0)
    if doubted and claim.modality is not Modality.HEDGED:
        return Verdict(False, "the quote does not vouch for it", "hedged", 0.0)
    values = dict(zip(FEATURES, features(claim, passage, heads, tails, told), strict=True))
    weights = load_weights()
    score = weights.probability(tuple(values.values()))
    if score >= weights.threshold:
        return Verdict(True, "the quote says so", "", score)
    if values["turned"] or values["crossed"] or values["typed"] < 0:
        detail = f"the quote says it with {claim.head.name} and {written(claim.tail)} turned round"
        return Verdict(False, detail, "roles", score)
    relation = claim.relation.lower().replace("_", " ")
    detail = f"the quote names both, but does not say {relation!r} of them"
    return Verdict(False, detail, "relation", score)


def _stance(told: Told, passage: str) -> tuple[bool, bool]:
    """Return whether the passage denies, and does not vouch for, what it says of the two.

    A clause that says just what is claimed decides; without one, the way between the names.
    """
    stated = list(zip(told.said, told.agreed, strict=False))
    exact = [each for each, agreed in stated if agreed is Agreement.SAME] or list(told.said)
    negated = any(each.negated for each in exact) or any(way.negated for way in told.ways)
    hedged = bool(exact) and all(each.hedged for each in exact)
    hedged = hedged or (not exact and any(way.hedged for way in told.ways))
    return negated, hedged or is_distanced(passage)


def _spots(
    claim: Fact, document: Document, span: tuple[int, int], mentions: Sequence[Mention]
) -> tuple[list[Spot], list[Spot]]:
    """Return the places of head and tail, without those inside a longer name of the other."""
    heads = spots_of(claim.head, document, span, mentions)
    tails = spots_of(claim.tail, document, span, mentions)
    return (
        [spot for spot in heads if not any(_inside(spot, other) for other in tails)],
        [spot for spot in tails if not any(_inside(spot, other) for other in heads)],
    )


def _inside(spot: Spot, other: Spot) -> bool:
    longer = other.end - other.start > spot.end - spot.start
    return longer and other.start <= spot.start and spot.end <= other.end


def _shifted(spots: Sequence[Spot], by: int) -> list[Spot]:
    return [Spot(spot.start - by, spot.end - by, spot.how) for spot in spots]
