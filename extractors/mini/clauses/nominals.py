"""Statements inside noun phrases: appositions, possessives, titles before names."""

from __future__ import annotations

from dataclasses import replace

from extractors.mini.clauses.arguments import argument
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.tree import Tree

__all__ = ["apposition_clauses", "possessive_clause", "title_clauses"]

_NAMES = frozenset({"PROPN"})


def apposition_clauses(tree: Tree, index: int) -> list[Clause]:
    """Return "X is Y" for an apposition Y of X; the name, where only one is a name, is X."""
    head = tree.tokens[index].head
    token, governor = tree.tokens[index], tree.tokens[head]
    if token.upos not in ("NOUN", "PROPN") or governor.upos not in ("NOUN", "PROPN", "PRON"):
        return []
    if tree.aside(head, index):  # a bracket says nothing of what comes after it
        return []
    first, second = head, index
    if token.upos in _NAMES and governor.upos not in _NAMES:
        first, second = index, head
    subject = argument(tree, first, "subject", within=index if first == head else -1)
    attribute = argument(tree, second, "attribute", within=index if second == head else -1)
    if not subject.tokens or not attribute.tokens:
        return []
    attribute = replace(attribute, marker=())
    return [Clause("apposition", second, subject, (), (attribute,), implied="be", score=0.8)]


def possessive_clause(tree: Tree, index: int) -> Clause | None:
    """Return "X has Y" for a possessor X ("Poland's capital")."""
    head = tree.tokens[index].head
    if tree.tokens[index].upos == "PRON" and tree.tokens[index].xpos != "PRP$":
        return None
    owner = argument(tree, index, "subject")
    tokens = tuple(i for i in owner.tokens if tree.tokens[i].xpos != "POS")
    if not tokens:
        return None
    found = argument(tree, head, "object", within=index)
    if not found.tokens:
        return None
    subject = Argument(index, tokens, "subject", (), owner.parts)
    owned = Argument(head, found.tokens, "object", (), found.parts)
    return Clause("possessive", head, subject, (), (owned,), implied="have", score=0.7)


def title_clauses(tree: Tree, index: int) -> list[Clause]:
    """Return "X is T" for a title or trade T before a name X ("director Ridley Scott")."""
    head = tree.tokens[index].head
    token = tree.tokens[index]
    if tree.tokens[head].upos != "PROPN" or index > head:
        return []
    if token.text.endswith(".") or not _is_title(tree, index, head):
        return []
    subject = argument(tree, head, "subject", within=index)
    attribute = replace(argument(tree, index, "attribute"), marker=())
    if not subject.tokens or not attribute.tokens:
        return []
    return [Clause("title", index, subject, (), (attribute,), implied="be", score=0.6)]


def _is_title(tree: Tree, index: int, head: int) -> bool:
    token = tree.tokens[index]
    if token.deprel == "nmod:desc":
        return True
    span = tree.sentence.span_at(head)
    person = span is not None and span.type == "Person" and index < span.first
    return person and token.deprel == "compound" and token.upos == "NOUN"
