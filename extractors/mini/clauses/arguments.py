"""The words of an argument: a head with what belongs to it and nothing else."""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument, Role
from extractors.mini.clauses.conjunctions import conjuncts
from extractors.mini.clauses.tree import Tree

__all__ = ["argument", "marker", "trim"]

#: Dependents of a noun that are statements of their own or no part of its name.
_LOOSE = frozenset({"appos", "parataxis", "discourse", "dislocated", "vocative", "list"})
#: Dependents of a nominal predicate that belong to the clause and not to the noun phrase.
_CLAUSAL = frozenset(
    {"nsubj", "csubj", "cop", "aux", "expl", "advcl", "obl", "ccomp", "xcomp", "obj", "iobj"}
)
_PAIRS = {"(": ")", "[": "]", "``": "''", '"': '"', "“": "”", "‘": "’", "`": "'", "-LRB-": "-RRB-"}
_QUOTES = frozenset(_PAIRS) | frozenset(_PAIRS.values())


def argument(tree: Tree, index: int, role: Role, *, within: int = -1) -> Argument:
    """Return the argument headed by this token.

    A relative pronoun gives its antecedent. `within` is a clause that modifies the head and
    that is being read: its words are no part of the argument.
    """
    origin = -1
    before = marker(tree, index)
    if index in tree.antecedents:
        origin, index = index, tree.antecedents[index]
        within = -1
    if role in ("complement", "adjunct"):
        words = trim(tree, tree.descend(index, set(tree.kids(index, "mark"))))
        return Argument(index, tuple(words), role, before, (), origin)
    members = conjuncts(tree, index) if origin < 0 else [index]
    tokens = _tokens(tree, index, within=within)
    parts: tuple[Argument, ...] = ()
    if len(members) > 1:
        alone = [_tokens(tree, i, within=within, conjoined=False) for i in members]
        pairs = zip(members, alone, strict=True)
        parts = tuple(
            Argument(i, tuple(words), role, marker(tree, i) or before) for i, words in pairs
        )
    return Argument(index, tuple(tokens), role, before, parts, origin)


def marker(tree: Tree, index: int) -> tuple[int, ...]:
    """Return the tokens of the prepositions before a noun, fixed expressions whole.

    >>> from extractors.mini.syntax import Sentence, Token
    >>> inside = Token(0, 2, "in", "in", "ADP", "IN", 1, "case")
    >>> paris = Token(3, 8, "Paris", "Paris", "PROPN", "NNP", -1, "root")
    >>> marker(Tree(Sentence(0, 8, (inside, paris))), 1)
    (0,)
    """
    found: list[int] = []
    span = tree.sentence.span_at(index)
    for child in tree.below[index]:
        if span is not None and span.first <= child < span.last:  # part of the name
            continue
        if child < index and tree.relations[child] == "case" and tree.tokens[child].xpos != "POS":
            found.extend(tree.descend(child))
    return tuple(found)


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """Return the tokens without punctuation at either end; paired quotes and brackets stay."""
    first, last = 0, len(tokens)
    while first < last and tree.tokens[tokens[first]].upos == "PUNCT":
        if _paired(tree, tokens[first:last], opening=True):
            break
        first += 1
    while first < last and tree.tokens[tokens[last - 1]].upos == "PUNCT":
        if _paired(tree, tokens[first:last], opening=False):
            break
        last -= 1
    return tokens[first:last]


def _paired(tree: Tree, tokens: list[int], *, opening: bool) -> bool:
    edge = tree.tokens[tokens[0 if opening else -1]].text
    if edge not in _QUOTES:
        return False
    rest = tokens[1:] if opening else tokens[:-1]
    others = {tree.tokens[i].text for i in rest}
    if opening:
        return _PAIRS.get(edge, "") in others
    return any(_PAIRS.get(other) == edge for other in others)


def _tokens(tree: Tree, head: int, *, within: int = -1, conjoined: bool = True) -> list[int]:
    """Return the tokens of the phrase; a clause keeps everything but its marks."""
    without = {within} if within >= 0 else set()
    clausal = tree.kid(head, "nsubj", "csubj", "cop") >= 0
    nominal = tree.tokens[head].upos not in ("VERB", "AUX")
    predicate = nominal and clausal
    opening = min(marker(tree, head), default=-1)
    for child in tree.below[head]:
        relation = tree.relations[child]
        if (relation == "case" and child < head and tree.tokens[child].xpos != "POS") or (
            relation in ("cc", "mark") and child < head
        ):
            without.add(child)
        elif not nominal:
            continue
        elif (
            relation in _LOOSE
            or tree.tokens[child].deprel == "acl:relcl"
            or (predicate and (relation in _CLAUSAL or child < opening))
        ):
            without.add(child)
        elif relation == "conj" and (not conjoined or _states(tree, child)):
            without.add(child)
            _drop_coordinator(tree, child, without)
    return trim(tree, _joined(tree, tree.descend(head, without), head))


def _states(tree: Tree, index: int) -> bool:
    """Whether a conjunct is a clause rather than a further noun phrase."""
    return tree.tokens[index].upos in ("VERB", "AUX") or tree.kid(index, "nsubj", "cop") >= 0


def _drop_coordinator(tree: Tree, conjunct: int, without: set[int]) -> None:
    for child in tree.below[conjunct]:
        if tree.relations[child] in ("cc", "punct"):
            without.add(child)


def _joined(tree: Tree, tokens: list[int], head: int) -> list[int]:
    """Return the tokens without commas that lost what they set apart."""
    kept: list[int] = []
    for i in tokens:
        if tree.tokens[i].upos == "PUNCT" and kept and i != kept[-1] + 1 and i > head:
            continue
        kept.append(i)
    return kept
