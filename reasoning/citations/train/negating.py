"""Sentences turned into their denial, for planting."""

from __future__ import annotations

import re

from extractors.mini.clauses.tree import Tree
from reasoning.citations.parsing import trees_of

__all__ = ["FORMS", "negate"]

#: Ways to deny: those to learn from, and those held out.
FORMS = {
    "train": ("not", "never", "untrue"),
    "held_out": ("not", "never", "wrongly", "rumour", "denied", "evidence"),
}
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has been|had been|may|might|can|could|will|would|did|does)\b"
)
_FRAMES = {
    "untrue": "It is not true that {}.",
    "rumour": "Contrary to rumour, it is false that {}.",
    "denied": "A spokesman denied that {}.",
    "evidence": "There is no evidence that {}.",
}

#: Places in the sentence, and how many characters were added there.
_Edits = list[tuple[int, int]]


def negate(sentence: str, form: str) -> tuple[str, _Edits] | None:
    """Return the sentence denied, with its edits; None where its verb cannot be found.

    >>> negate("Ada was born in Rome.", "not")[0]
    'Ada was not born in Rome.'
    """
    trees = trees_of(sentence)
    if len(trees) != 1:
        return None
    tree = trees[0]
    root = next((i for i, token in enumerate(tree.tokens) if token.head < 0), -1)
    if root < 0 or any(tree.relations[i] in ("conj", "advcl", "acl") for i in tree.below[root]):
        return None
    if form in _FRAMES:
        return _framed(sentence, tree, _FRAMES[form])
    word = {"not": "not", "never": "never", "wrongly": "wrongly said to have"}[form]
    if form == "wrongly":
        return _framed(sentence, tree, "It is wrongly believed that {}.")
    auxiliary = next(
        (tree.tokens[i] for i in tree.below[root] if tree.relations[i] in ("aux", "cop")), None
    )
    if auxiliary is not None:
        at = auxiliary.end
        return sentence[:at] + f" {word}" + sentence[at:], [(at, len(word) + 1)]
    verb = tree.tokens[root]
    if verb.upos != "VERB":
        return None
    if form == "never":
        return sentence[: verb.start] + "never " + sentence[verb.start :], [(verb.start, 6)]
    lemma = tree.lemmas[root]
    helper = "did not" if verb.xpos in ("VBD", "VBN") else "does not"
    made = f"{helper} {lemma}"
    changed = sentence[: verb.start] + made + sentence[verb.end :]
    return changed, [(verb.start, len(made) - (verb.end - verb.start))]


def _framed(sentence: str, tree: Tree, frame: str) -> tuple[str, _Edits]:
    body = sentence.rstrip(" .!")
    first = tree.tokens[0]
    if first.upos not in ("PROPN", "X") and tree.sentence.span_at(0) is None:
        body = body[:1].lower() + body[1:]
    return frame.format(body), [(0, frame.index("{"))]
