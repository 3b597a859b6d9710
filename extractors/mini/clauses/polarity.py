"""What a clause denies, and what it does not vouch for."""

from __future__ import annotations

from extractors.mini.clauses.conjunctions import first_conjunct
from extractors.mini.clauses.lexicon import CAUSING, DOUBTS, FACTIVE, SAYING, TENTATIVE
from extractors.mini.clauses.tree import Tree

__all__ = ["hedged", "negated"]

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "none"})
_MODALS = frozenset({"may", "might", "could", "would", "should", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided"})


def negated(tree: Tree, index: int, chain: tuple[int, ...] = ()) -> bool:
    """Whether the predicate headed by this token is denied.

    `chain` holds the further verbs of its group ("did not want to go").
    """
    for verb in (index, *chain):
        for child in tree.below[verb]:
            relation = tree.relations[child]
            lemma = tree.lemmas[child].lower()
            if relation in ("advmod", "cc") and lemma in _NEGATIONS:
                return True
            if relation in ("nsubj", "obj") and _none(tree, child):
                return True
            if relation == "mark" and lemma == "without":
                return True
    if tree.relations[index] == "conj" and tree.kid(index, "nsubj") < 0:
        coordinators = [tree.lemmas[i].lower() for i in tree.kids(index, "cc")]
        if "or" in coordinators or "nor" in coordinators:
            return negated(tree, first_conjunct(tree, index))
    return False


def hedged(tree: Tree, index: int, chain: tuple[int, ...] = ()) -> bool:
    """Whether the predicate is possible, conditional, asked, wished or only reported.

    It holds of everything below a hedged clause as well, except where a clause merely
    describes a noun.
    """
    tokens = tree.tokens
    for verb in (index, *chain):
        if verb != index and tree.lemmas[tokens[verb].head] in TENTATIVE:
            return True
        for child in tree.below[verb]:
            relation = tree.relations[child]
            if relation == "aux" and tokens[child].text.lower() in _MODALS:
                return True
            if relation == "advmod" and tree.lemmas[child] in DOUBTS:
                return True
            if relation == "mark" and tree.lemmas[child] in _CONDITIONS:
                return True
            if relation == "advcl" and _conditional(tree, child):
                return True
            if relation == "obl" and _according(tree, child):
                return True
            if relation == "parataxis" and _attributes(tree, child):
                return True
    return _position(tree, index)


def _position(tree: Tree, index: int) -> bool:
    """Whether the place of the clause in the sentence hedges it."""
    token = tree.tokens[index]
    relation = tree.relations[index]
    if token.head < 0:
        return tree.tokens[-1].text == "?"
    if relation == "conj":
        if tree.kid(index, "nsubj") >= 0:
            return _position(tree, token.head)
        return hedged(tree, token.head)
    if relation == "ccomp":
        return tree.lemmas[token.head] not in FACTIVE or hedged(tree, token.head)
    if relation == "xcomp":
        governor = tree.tokens[token.head]
        if (
            governor.upos == "ADJ"
            or tree.lemmas[token.head] in TENTATIVE
            or hedged(tree, token.head)
        ):
            return True
        return tree.kid(token.head, "obj") >= 0 and tree.lemmas[token.head] not in CAUSING
    if relation in ("advcl", "acl"):
        if token.deprel in ("acl:relcl", "advcl:relcl"):
            return False
        marks = [tree.tokens[i].text.lower() for i in tree.kids(index, "mark", "case")]
        if "from" in marks or "of" in marks:
            return True
        return _purpose(tree, index) or (relation == "advcl" and hedged(tree, token.head))
    return relation == "csubj"


def _none(tree: Tree, index: int) -> bool:
    if tree.lemmas[index].lower() in ("nobody", "nothing", "none", "neither"):
        return True
    return any(tree.lemmas[i].lower() in ("no", "neither") for i in tree.kids(index, "det"))


def _conditional(tree: Tree, index: int) -> bool:
    marks = tree.kids(index, "mark")
    return any(tree.lemmas[i].lower() in ("if", "unless") for i in marks)


def _according(tree: Tree, index: int) -> bool:
    return any(
        tree.lemmas[i].lower() == "accord" or tree.tokens[i].text.lower() == "according"
        for i in tree.kids(index, "case")
    )


def _attributes(tree: Tree, index: int) -> bool:
    return tree.lemmas[index] in SAYING and tree.kid(index, "nsubj") >= 0


def _purpose(tree: Tree, index: int) -> bool:
    """Whether the clause is an infinitive of purpose or content ("a plan to build")."""
    marks = tree.kids(index, "mark")
    if not any(tree.lemmas[i].lower() == "to" for i in marks):
        return False
    return not _singled_out(tree, tree.tokens[index].head)


def _singled_out(tree: Tree, noun: int) -> bool:
    """Whether a noun is "the first", "the only", "the last" of its kind: what it does is done."""
    for child in (noun, *tree.kids(noun, "amod", "det", "nummod")):
        token = tree.tokens[child]
        if tree.lemmas[child] in ("first", "second", "third", "last", "only", "next", "final"):
            return True
        if token.xpos == "JJS":
            return True
    return False
