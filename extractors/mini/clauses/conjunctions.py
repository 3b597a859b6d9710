"""Coordination: which heads stand side by side, and what later members share with the first."""

from __future__ import annotations

from extractors.mini.clauses.tree import Tree

__all__ = ["conjuncts", "first_conjunct", "shared"]

_PREDICATES = frozenset({"VERB", "AUX"})


def conjuncts(tree: Tree, index: int) -> list[int]:
    """Return a nominal head and the nominal heads coordinated with it, in order of the text."""
    found = [index]
    for child in tree.kids(index, "conj"):
        if tree.tokens[child].upos not in _PREDICATES and tree.kid(child, "nsubj", "cop") < 0:
            found.extend(conjuncts(tree, child))
    return sorted(found)


def first_conjunct(tree: Tree, index: int) -> int:
    """Return the first member of the coordination that a token belongs to, or the token."""
    while tree.relations[index] == "conj" and tree.tokens[index].head >= 0:
        index = tree.tokens[index].head
    return index


def shared(tree: Tree, verb: int, *relations: str) -> list[int]:
    """Return what the first verb of a coordination governs after this later verb.

    "Traders buy and sell stocks": `stocks` hangs on `buy` and is sold as well.
    """
    if tree.relations[verb] != "conj":
        return []
    first = first_conjunct(tree, verb)
    return [i for i in tree.kids(first, *relations) if i > verb and not _between(tree, verb, i)]


def _between(tree: Tree, verb: int, index: int) -> bool:
    """Whether the later verb has dependents of its own before the shared one."""
    return any(verb < child < index for child in tree.kids(verb, "obj", "obl", "xcomp", "ccomp"))
