"""X does Y: verbs with objects, agents and obliques."""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.lexicon import APPOINTING
from extractors.mini.clauses.modifiers import kind_of
from extractors.mini.clauses.relations import Relation, named, verb_relation
from extractors.mini.clauses.tree import Tree
from extractors.mini.statements.measures import measuring
from extractors.mini.statements.offices import amounts, offices
from extractors.mini.statements.qualifiers import qualifiers
from extractors.mini.statements.statement import Statement, paired
from extractors.mini.values import Reader, Valued
from kgkit.facts import Literal

__all__ = ["doing", "lifespans"]


def doing(reader: Reader, clause: Clause) -> list[Statement]:
    """Return the statements of a verb.

    Objects give VERB, other obliques VERB_PREPOSITION; times and places qualify these, and stand
    by themselves where there is nothing else ("born in 1867 in Warsaw"). An agent turns the
    passive round.
    """
    tree = reader.tree
    subjects = reader.subjects(clause.subject)
    agents = [a for a in clause.arguments if a.role == "agent"]
    if agents and _grouped(tree, clause):
        agents = []
    objects = [a for a in clause.arguments if a.role in ("object", "attribute")]
    obliques = [a for a in clause.arguments if a.role in ("oblique", "recipient")]
    obliques = [a for a in obliques if not _says(tree, a, "according")]
    found: list[Statement] = []
    told = qualifiers(reader, obliques)
    for agent in agents:
        relation = verb_relation(tree, clause, active=True)
        for doer in reader.subjects(agent):
            found.extend(paired(clause, [doer], relation, reader.values(clause.subject), told))
    for obj in objects:
        before = obj.marker if obj.role == "attribute" else ()
        relation = verb_relation(tree, clause, before)
        relation, values = measuring(reader, clause, relation, obj)
        numbers = amounts(reader, clause, subjects, obj) if _has(tree, clause) else []
        found.extend(numbers or paired(clause, subjects, relation, values, told))
        if obj.role == "attribute" and _appoints(tree, clause):
            found.extend(offices(reader, clause, subjects, obj, told))
    settled = any(a.role not in ("oblique", "adjunct") for a in clause.arguments)
    for oblique in obliques:
        kind = kind_of(tree, oblique)
        if settled and kind != "other":
            continue
        values = reader.values(oblique)
        named = _oblique_relation(tree, clause, oblique, kind, values)
        bounds = tuple(q for q in told if q.role.startswith("valid_"))
        if kind == "time" and bounds and len(obliques) > 1:
            continue
        if named is not None:
            beside = told if kind == "other" else bounds if kind == "place" else ()
            found.extend(paired(clause, subjects, named, values, beside))
        if _appoints(tree, clause) and _says(tree, oblique, "as"):
            found.extend(offices(reader, clause, subjects, oblique, told))
    return found


def lifespans(reader: Reader, clause: Clause) -> list[Statement]:
    """Return BORN_IN and DIE_IN, or _ON with a full date, for years in brackets after a name, and
    AGE for a number between commas."""
    times = reader.values(clause.arguments[0])
    if clause.implied == "age":
        return paired(clause, reader.values(clause.subject), Relation("AGE", "aged"), times)
    day = any(isinstance(t.value, Literal) and t.value.datatype == "date" for t in times)
    preposition = "on" if day else "in"
    relation = Relation(named([clause.implied, preposition]), f"{clause.implied} {preposition}")
    return paired(clause, reader.values(clause.subject), relation, times)


def _has(tree: Tree, clause: Clause) -> bool:
    return tree.lemmas[clause.head] == "have"


def _grouped(tree: Tree, clause: Clause) -> bool:
    """Whether several verbs make up the predicate, so that it has no active counterpart."""
    return sum(tree.tokens[i].upos == "VERB" for i in clause.predicate) > 1


def _oblique_relation(
    tree: Tree, clause: Clause, oblique: Argument, kind: str, values: list[Valued]
) -> Relation | None:
    relation = verb_relation(tree, clause, oblique.marker)
    if oblique.marker:
        return relation
    if oblique.role == "recipient":
        return relation.with_suffix("TO")
    if kind != "time":
        return None
    days = [v.value.datatype for v in values if isinstance(v.value, Literal)]
    return relation.with_suffix("IN" if days in (["gYear"], ["gYearMonth"]) else "ON")


def _appoints(tree: Tree, clause: Clause) -> bool:
    return tree.lemmas[clause.head] in APPOINTING


def _says(tree: Tree, argument: Argument, word: str) -> bool:
    return any(tree.tokens[i].text.lower() == word for i in argument.marker)
