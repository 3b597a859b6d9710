"""The words that lead from one name of a sentence to another, and whether they are denied."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extractors.mini.clauses.polarity import hedged, negated
from extractors.mini.clauses.tree import Tree
from reasoning.citations.doubt import UNTRUE, denied, doubted
from reasoning.citations.naming import Spot
from reasoning.citations.parsing import tokens_at, trees_of

__all__ = ["Way", "is_main_way", "ways_between"]

#: What of a word on the way is told with it: particles, auxiliaries say nothing of the relation.
_TOLD = ("compound:prt", "case", "obj")
_LONGEST = 12
_SHORT = 4
_JOINING = frozenset({",", "and", "or", "&", "nor"})
_EMPTY = frozenset({"it", "there", "this", "that", "what"})
_PARTICLES = frozenset({"out", "up", "off", "back", "down", "over", "away", "on"})


@dataclass(frozen=True, slots=True)
class Way:
    """The words between two names along the tree, in the order of the text, and what governs
    them; `backward` where the tail is named first, `foreign` where it leads through several
    clauses, one of which has a subject of its own; `sentence` is the number of their sentence."""

    sentence: int
    words: str
    negated: bool
    hedged: bool
    backward: bool
    foreign: bool


def ways_between(passage: str, heads: Sequence[Spot], tails: Sequence[Spot]) -> list[Way]:
    """Return the way from the head to the tail in each sentence that names both, the shortest.

    Spots count characters of the passage. Raises `ModelError` where the parser is missing.
    """
    found = []
    for number, tree in enumerate(trees_of(passage)):
        ends = [[tokens_at(tree.sentence, spot) for spot in own] for own in (heads, tails)]
        pairs = [(h, t) for h in ends[0] for t in ends[1] if h and t and set(h) != set(t)]
        ways = [(_path(tree, h, t), h, t) for h, t in pairs]
        if ways:
            path, head, tail = min(ways, key=lambda way: (len(way[0]), way[1], way[2]))
            found.append(_way(tree, number, path, head, tail))
    return found


def is_main_way(passage: str, heads: Sequence[Spot], tails: Sequence[Spot]) -> bool:
    """Return whether the main predicate of the sentence that names both stands between them: what
    denies the sentence then denies what it says of the two.

    Raises `ModelError` where the parser is missing.
    """
    for tree in trees_of(passage):
        ends = [[tokens_at(tree.sentence, spot) for spot in own] for own in (heads, tails)]
        for head in filter(None, ends[0]):
            for tail in filter(None, ends[1]):
                inner = set(_path(tree, head, tail)).difference(head, tail)
                if any(tree.tokens[i].head < 0 for i in inner):
                    return True
    return False


def _way(
    tree: Tree, number: int, path: Sequence[int], head: Sequence[int], tail: Sequence[int]
) -> Way:
    own = {*head, *tail}
    inner = [i for i in path if i not in own]
    told = set(inner)
    for i in inner:
        told.update(c for c in tree.below[i] if tree.tokens[c].deprel in _TOLD)
        told.update(w for c in tree.kids(i, "obl", "nmod") for w in _idiom(tree, c))
        told.update(c for c in tree.kids(i, "advmod") if tree.lemmas[c] in _PARTICLES)
    for i in (_top(tree, head), _top(tree, tail)):
        told.update(c for c in tree.below[i] if tree.relations[c] == "case")
    words = [tree.tokens[i].text.lower() for i in sorted(told - own)]
    if _side_by_side(tree, head, tail):
        words = []
    verbs = [i for i in (*inner, *_appositions(tree, own)) if _predicates(tree, i)]
    return Way(
        number,
        " ".join(words[:_LONGEST]),
        any(negated(tree, i) for i in verbs) or denied(tree, verbs, own),
        any(hedged(tree, i) for i in verbs if not _is_cleft(tree, i)) or doubted(tree, verbs),
        tail[0] < head[0],
        len(_verbs(tree, inner)) > 1 and any(_foreign(tree, i, set(path) | own) for i in inner),
    )


def _verbs(tree: Tree, inner: Sequence[int]) -> list[int]:
    return [i for i in inner if _predicates(tree, i)]


def _side_by_side(tree: Tree, head: Sequence[int], tail: Sequence[int]) -> bool:
    """Return whether only "and" or the like stands between two names: that says nothing of them."""
    first, last = sorted((list(head), list(tail)))
    between = {tree.tokens[i].text.lower() for i in range(first[-1] + 1, last[0])}
    return between <= _JOINING and bool(between - {","})


def _foreign(tree: Tree, index: int, way: Collection[int]) -> bool:
    """Return whether a predicate has a subject of its own that is not on the way."""
    return any(
        tree.lemmas[i].lower() not in _EMPTY and not tree.is_relative(i)
        for i in tree.kids(index, "nsubj")
        if i not in way
    )


def _is_cleft(tree: Tree, index: int) -> bool:
    """Return whether a clause is what "it was in Arras that ..." brings to the fore of it."""
    root = tree.tokens[index].head
    if root < 0 or tree.tokens[root].head >= 0 or tree.tokens[root].upos in ("VERB", "ADJ"):
        return False
    subject = tree.tokens[0].text.lower() == "it" and tree.kid(root, "cop") == 1
    return subject and tree.lemmas[root].lower() not in UNTRUE


def _idiom(tree: Tree, index: int) -> list[int]:
    """Return the words of a short phrase that names nothing: "came into the world"."""
    words = tree.descend(index)
    named = any(tree.sentence.span_at(i) is not None for i in words)
    return [] if named or len(words) > _SHORT else words


def _predicates(tree: Tree, index: int) -> bool:
    return tree.tokens[index].upos in ("VERB", "AUX") or tree.kid(index, "cop") >= 0


def _appositions(tree: Tree, own: set[int]) -> list[int]:
    """Names that are said to be something: their own copula may be denied."""
    return [i for i in sorted(own) if tree.kid(i, "cop") >= 0]


def _path(tree: Tree, one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return the tokens from the top of one span to that of the other, both included."""
    up, down = _line(tree, _top(tree, one)), _line(tree, _top(tree, other))
    shared = next((i for i in up if i in down), -1)
    if shared < 0:
        return [*up, *down]
    return [*up[: up.index(shared) + 1], *reversed(down[: down.index(shared)])]


def _top(tree: Tree, span: Sequence[int]) -> int:
    """Return the token of a span whose governor stands outside of it."""
    return next((i for i in span if tree.tokens[i].head not in span), span[0])


def _line(tree: Tree, index: int) -> list[int]:
    found = []
    while index >= 0 and index not in found:
        found.append(index)
        index = tree.tokens[index].head
    return found
