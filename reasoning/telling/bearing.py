"""Whether the evidence that a claim cites bears it out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoning.answers.answer import Citation
from reasoning.answers.words import LIGHT, akin, fold, listed, root, roots, words
from reasoning.citations.doubt import is_distanced
from reasoning.telling.replies import Claim

__all__ = ["answer_is_borne", "bearing", "denies", "material"]

#: The share of a claim's words that the cited evidence must say.
_SHARE = 0.6
_OPENERS = listed(
    """
    both according therefore thus hence since because although though while however yes no
    neither each every all another several many few later earlier then thereafter together
    """
)
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|nor|neither|without|cannot|den(?:y|ies|ied)|refuted?|false"
    r"|untrue)\b|n[’']t\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|;|\band\b|\bor\b|&)\s*")


def material(piece: Citation) -> str:
    """Return all that a piece of evidence says: its title, its quote, its fact."""
    fact = re.sub(r"[-\[\]()_>]+", " ", piece.fact or "")
    return f"{piece.title}. {piece.quote} {fact}"


def bearing(claim: Claim, cited: Sequence[Citation]) -> tuple[float, str]:
    """Return the share in [0, 1] of the claim's words that the cited evidence says, and what is
    wrong with the claim, "" where nothing is.

    A name or number of a claim must stand in the evidence; so must most of its other words; and
    it must not deny where the evidence denies nothing.

    >>> piece = Citation(1, "a.txt", "Polonium", 0, 0, "It was discovered by Marie Curie in 1898.")
    >>> bearing(Claim("Marie Curie discovered polonium.", (1,)), [piece])
    (1.0, '')
    >>> bearing(Claim("Marie Curie discovered polonium in 1899.", (1,)), [piece])[1]
    "the evidence does not say '1899'"
    """
    said = " ".join(material(piece) for piece in cited)
    known = {fold(word.text) for word in words(said)}
    for name in _names(claim.text):
        if fold(name) not in known:
            return 0.0, f"the evidence does not say {name!r}"
    wanted = roots(claim.text)
    if not wanted:
        return 0.0, "it says nothing that could be checked"
    there = {root(word) for word in known}
    share = round(sum(any(akin(one, two) for two in there) for one in wanted) / len(wanted), 4)
    if share < _SHARE:
        return share, "the evidence says something else"
    quotes = [piece.quote or piece.fact or "" for piece in cited]
    if denies(claim.text) and not any(map(denies, quotes)):
        return share, "it denies what the evidence does not"
    if any(map(is_distanced, quotes)) and not is_distanced(claim.text):
        return share, "the evidence does not vouch for it"
    return share, ""


def denies(text: str) -> bool:
    """Return whether a text has a word of denial anywhere.

    >>> denies("She never went to Paris."), denies("She went to Paris.")
    (True, False)
    """
    return bool(_DENIAL.search(text))


def answer_is_borne(answer: str, claims: Sequence[Claim], cited: Sequence[Citation]) -> bool:
    """Return whether each part of a short answer stands in a claim and in the evidence; Yes and No
    need a claim alone.

    >>> answer_is_borne("Rome", [Claim("Curie was born in Warsaw.", (1,))], [])
    False
    """
    if not claims or not answer:
        return False
    if fold(answer).strip(" .!") in ("yes", "no"):
        return True
    stated = f" {_plain(' '.join(claim.text for claim in claims))} "
    there = f" {_plain(' '.join(material(piece) for piece in cited))} "
    whole = [f" {_plain(answer)} "]
    parts = [f" {_plain(part)} " for part in _LIST.split(answer) if _plain(part)]
    return any(
        bool(each) and all(part in stated and part in there for part in each)
        for each in (whole, parts)
    )


def _names(text: str) -> list[str]:
    """Return the words with a capital or a digit; the first one if it is no common opener."""
    found = []
    for place, word in enumerate(words(text)):
        plain = fold(word.text)
        if plain in LIGHT or (place == 0 and plain in _OPENERS):
            continue
        if word.text[0].isupper() or any(c.isdigit() for c in word.text):
            found.append(word.text)
    return found


def _plain(text: str) -> str:
    return " ".join(fold(word.text) for word in words(text))
