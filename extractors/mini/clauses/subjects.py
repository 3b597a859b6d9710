"""Who a predicate speaks of: its own subject, a shared one, or the noun that it modifies."""

from __future__ import annotations

from extractors.mini.clauses.conjunctions import first_conjunct
from extractors.mini.clauses.tree import Tree

__all__ = ["is_passive", "is_predicate", "referent", "subject_of"]

#: Verbs with an object that still control the infinitive themselves.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "use", "vow"})


def is_predicate(tree: Tree, index: int) -> bool:
    """Whether the token heads a clause of its own."""
    token = tree.tokens[index]
    relation = tree.relations[index]
    if tree.kid(index, "cop") >= 0:
        return True
    if token.upos == "VERB":
        if relation in (
            "amod",
            "compound",
            "case",
            "mark",
            "flat",
            "fixed",
            "nmod",
            "obl",
            "appos",
        ):
            return False
        return relation not in ("nsubj", "obj") or tree.kid(index, "nsubj") >= 0
    return token.upos == "AUX" and relation not in ("aux", "cop")


def is_passive(tree: Tree, index: int) -> bool:
    """Whether the verb stands in the passive: with its auxiliary, or a bare past participle."""
    for child in tree.below[index]:
        if tree.tokens[child].deprel in ("aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"):
            return True
    if tree.tokens[index].xpos != "VBN" or tree.kid(index, "aux") >= 0:
        return False
    relation = tree.relations[index]
    if relation in ("acl", "advcl"):
        return tree.kid(index, "nsubj", "obj") < 0
    if relation == "conj" and tree.kid(index, "nsubj") < 0:
        return is_passive(tree, tree.tokens[index].head)
    return relation == "xcomp"


def subject_of(tree: Tree, index: int) -> tuple[int, float]:
    """Return the token that the predicate speaks of, or -1, and how sure that is, in [0, 1]."""
    own = _own(tree, index)
    if own >= 0:
        return own, 1.0
    head = tree.tokens[index].head
    if head < 0:
        return -1, 0.0
    relation = tree.relations[index]
    if relation == "conj" and tree.relations[head] == "nsubj":
        return head, 0.7  # "X was founded and is based": hung on X by mistake
    if relation == "conj":
        found, trust = subject_of(tree, head)
        return found, trust * 0.95
    if relation == "xcomp":
        obj = tree.kid(head, "obj", "iobj")
        if obj >= 0 and tree.lemmas[head] not in _SUBJECT_CONTROL:
            return obj, 0.8
        found, trust = subject_of(tree, head)
        return found, trust * 0.9
    if relation == "advcl" and tree.kid(index, "expl") < 0:
        if not is_predicate(tree, head):
            return -1, 0.0
        kept = tree.kid(head, "obj")
        if kept >= 0 and kept < index and _prevented(tree, index):
            return kept, 0.6
        found, trust = subject_of(tree, head)
        return found, trust * 0.75
    if relation == "acl" and tree.tokens[head].upos in (
        "NOUN",
        "PROPN",
        "PRON",
        "NUM",
        "DET",
        "SYM",
    ):
        return _modified(tree, index, head)
    return -1, 0.0


def referent(tree: Tree, index: int) -> int:
    """Return the token that names what a predicate noun or apposition describes, or the token.

    "Blixen is a writer who ..." and "Blixen, a writer who ...": both are about Blixen.
    """
    tokens = tree.tokens
    for _ in range(3):
        if index in tree.antecedents:
            index = tree.antecedents[index]
        subject = _described(tree, index)
        if subject >= 0:
            index = subject
            continue
        if tokens[index].deprel == "appos" and tokens[index].upos == "NOUN":
            index = tokens[index].head
            continue
        break
    return index


def _described(tree: Tree, index: int) -> int:
    """Return the subject of which a predicate noun, or one coordinated with it, is said, or -1."""
    first = first_conjunct(tree, index)
    if tree.kid(first, "cop") < 0 or tree.kid(first, "case") >= 0:
        return -1
    if any(tree.lemmas[i] in ("not", "n't", "never") for i in tree.kids(first, "advmod")):
        return -1
    return tree.kid(first, "nsubj")


def _prevented(tree: Tree, index: int) -> bool:
    """Whether the object of the verb above does it: "kept him from going", "accused of lying"."""
    marks = tree.kids(index, "mark", "case")
    return any(tree.tokens[i].text.lower() in ("from", "of", "into") for i in marks)


def _own(tree: Tree, index: int) -> int:
    found = -1
    for child in tree.below[index]:
        if tree.relations[child] in ("nsubj", "csubj"):
            if tree.tokens[child].deprel == "nsubj:outer":
                if found < 0:
                    found = child
            else:
                return child
    return found


def _modified(tree: Tree, index: int, head: int) -> tuple[int, float]:
    """Return the noun that a participle or a relative clause describes as its subject."""
    token = tree.tokens[index]
    if token.deprel == "acl:relcl":
        return -1, 0.0
    if tree.kid(index, "mark") >= 0 and token.xpos != "VB":
        return -1, 0.0
    if token.xpos in ("VBN", "VBD", "VBG", "JJ"):
        return head, 0.8
    return head, 0.5
