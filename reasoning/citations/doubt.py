"""Wordings that deny or do not vouch for a clause, beyond the clause's own verb group."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extractors.mini.clauses.tree import Tree

__all__ = ["UNTRUE", "denied", "doubted", "is_distanced"]


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs and predicates of which what follows is untrue, or did not come about.
_DENYING = _listed(
    """
    deny refute dispute reject disprove debunk contradict doubt fail refuse decline neglect forget
    avoid prevent stop pretend invent fabricate retract withdraw misreport mistake
    """
)
#: What is said of statements that are not true or not known to be.
UNTRUE = _listed(
    """
    untrue false wrong incorrect mistaken myth legend hoax fiction lie error mistake misconception
    fabrication rumour rumor impossible doubtful unlikely unclear unproven unconfirmed disputed
    """
)
_MANNER = _listed("falsely wrongly mistakenly incorrectly erroneously almost nearly hardly barely")
_INSTEAD = _listed("not instead rather than without except unlike")
#: Wordings that keep the whole sentence at a distance, whatever its tree.
_DISTANCE = re.compile(
    r"\b(?:it\s+is\s+not\s+(?:true|the\s+case)|it\s+(?:is|was)\s+(?:un|not\s+)(?:true|likely|clear)"
    r"|contrary\s+to|no\s+(?:evidence|proof|truth|record|sign)\b|there\s+(?:is|was)\s+no\b"
    r"|far\s+from|rumou?rs?\b|hoax|alleged|supposed(?:ly)?|so-called"
    r"|false(?:ly)?\b|untrue|wrongly|mistakenly|erroneously|myth\b|legend\s+(?:has|says)"
    r"|had\s+(?:he|she|it|they)\b|if\s+only|would\s+have)",
    re.IGNORECASE,
)

#: Orders to whoever reads, and notations of machines: neither states anything.
_ORDER = re.compile(
    r"(?:^|[.:;,!]\s*|\b(?:and|then|please|now|instead|must|should|to)\s+)"
    r"(?:answer|say|reply|respond|state|claim|conclude|output|print|write|assume|pretend|suppose"
    r"|imagine|report|accept|believe|cite|return)(?:\s+(?:only|instead|simply|always))?"
    r"(?:\s+that\b|\s*:)"
    r"|\b(?:ignore|disregard|forget|override)\b[^.]{0,60}\b(?:above|previous|earlier|prior|before"
    r"|instructions?|everything|rules?|questions?|evidence|this)\b"
    r"|^\W*(?:system|assistant|user|answer|verdict|instructions?)\s*[:({]"
    r"|\)\s*-\s*\[|\]\s*->|\b\w+=\w",
    re.IGNORECASE,
)


def denied(tree: Tree, verbs: Sequence[int], names: Collection[int]) -> bool:
    """Return whether something above these predicates, or right at one of the names, denies."""
    for i in names:
        for child in tree.below[i]:
            relation, word = tree.relations[child], tree.tokens[child].text.lower()
            if child not in names and relation in ("advmod", "cc", "case") and word in _INSTEAD:
                return True
    return any(_denies(tree, i) for i in _governors(tree, verbs)) or any(
        tree.lemmas[child] in _MANNER
        for i in verbs
        for child in tree.below[i]
        if tree.relations[child] == "advmod"
    )


def doubted(tree: Tree, verbs: Sequence[int]) -> bool:
    """Return whether a governor of these predicates is itself denied or asked."""
    from extractors.mini.clauses.polarity import hedged, negated

    return any(
        (negated(tree, i) or hedged(tree, i)) and tree.relations[below] in ("ccomp", "xcomp")
        for below, i in _pairs(tree, verbs)
    )


def is_distanced(passage: str) -> bool:
    """Return whether the wording of a passage keeps its distance from what it says, or gives
    orders to its reader instead of saying anything.

    >>> is_distanced("It is not true that Ada found the comet."), is_distanced("Ada found it.")
    (True, False)
    """
    return any(pattern.search(passage) for pattern in (_DISTANCE, _ORDER))


def _denies(tree: Tree, index: int) -> bool:
    return tree.lemmas[index].lower() in _DENYING | UNTRUE


def _governors(tree: Tree, verbs: Sequence[int]) -> list[int]:
    return [i for _, i in _pairs(tree, verbs)]


def _pairs(tree: Tree, verbs: Sequence[int]) -> list[tuple[int, int]]:
    """Return each token above these with the one below it, as far as clauses are contents."""
    found: list[tuple[int, int]] = []
    for verb in verbs:
        below, above = verb, tree.tokens[verb].head
        while above >= 0 and len(found) < 100:
            if tree.relations[below] not in ("ccomp", "xcomp", "csubj", "acl", "obj", "advcl"):
                break
            found.append((below, above))
            below, above = above, tree.tokens[above].head
    return found
