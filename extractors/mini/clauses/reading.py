"""From a parsed sentence to its clauses."""

from __future__ import annotations

from extractors.mini.clauses.clause import Clause
from extractors.mini.clauses.copulas import copula_clause
from extractors.mini.clauses.lifespans import lifespan_clauses
from extractors.mini.clauses.nominals import apposition_clauses, possessive_clause, title_clauses
from extractors.mini.clauses.subjects import is_predicate
from extractors.mini.clauses.tree import Tree
from extractors.mini.clauses.verbs import verb_clause
from extractors.mini.syntax import Sentence

__all__ = ["clauses", "clauses_of"]


def clauses(sentence: Sentence) -> list[Clause]:
    """Return what a sentence states, in the order of the heads of its constructions."""
    return clauses_of(Tree(sentence))


def clauses_of(tree: Tree) -> list[Clause]:
    """Return the clauses of a sentence whose tree is at hand."""
    found = lifespan_clauses(tree)
    for index in range(len(tree.tokens)):
        relation = tree.relations[index]
        if is_predicate(tree, index):
            nominal = tree.kid(index, "cop") >= 0
            clause = copula_clause(tree, index) if nominal else verb_clause(tree, index)
            if clause is not None:
                found.append(clause)
        if relation == "appos":
            found.extend(apposition_clauses(tree, index))
        elif tree.tokens[index].deprel == "nmod:poss":
            clause = possessive_clause(tree, index)
            if clause is not None:
                found.append(clause)
        elif relation in ("nmod", "compound"):
            found.extend(title_clauses(tree, index))
    return found
