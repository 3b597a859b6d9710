"""X is Y: copulas, appositions and titles."""

from __future__ import annotations

from extractors.mini.clauses.arguments import argument, marker
from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.modifiers import kind_of
from extractors.mini.clauses.relations import Relation, named, noun_relation
from extractors.mini.clauses.tree import Tree
from extractors.mini.statements.measures import amount_relation, measured
from extractors.mini.statements.natures import natures
from extractors.mini.statements.offices import offices
from extractors.mini.statements.qualifiers import qualifiers
from extractors.mini.statements.statement import Statement, paired
from extractors.mini.values import Reader, Valued
from kgkit.facts import Entity, Literal, Qualifier

__all__ = ["being"]

_KIND = Relation("INSTANCE_OF", "is")
_SAME = Relation("IS", "is")
_DISTANCE = Relation("DISTANCE_FROM", "is from")
_LOCATED = Relation("LOCATED_IN", "in")


def being(reader: Reader, clause: Clause) -> list[Statement]:
    """Return the statements of a copula, an apposition or a title.

    Names give IS, nouns that relate their own relation (CAPITAL_OF), other nouns INSTANCE_OF,
    prepositions IS_IN and the like.
    """
    tree = reader.tree
    subjects = reader.subjects(clause.subject)
    told = qualifiers(reader, list(clause.arguments[1:]))
    found: list[Statement] = []
    for member in clause.arguments[0].members:
        if member.marker:
            words = [tree.tokens[i].text for i in member.marker]
            shown = " ".join([clause.words(tree.sentence), *words])
            relation = Relation(named(["is", *words]), shown)
            found.extend(paired(clause, subjects, relation, _value(reader, member), told))
            continue
        if tree.tokens[member.head].upos == "ADJ" and member.head not in reader.entities:
            if clause.kind != "copula":
                continue
            said = measured(reader, clause, subjects, member, told)
            found.extend(said or _adjective(reader, clause, subjects, member))
            continue
        for value in _value(reader, member):
            if value.named or isinstance(value.value, Literal):
                found.extend(_identified(reader, clause, subjects, value, told))
                break
        else:
            found.extend(_described(reader, clause, subjects, member, told))
    return found


def _value(reader: Reader, member: Argument) -> list[Valued]:
    value = reader.value(member.head, member.tokens)
    return [] if value is None else [value]


def _described(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    member: Argument,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """X is a physicist; X is the capital of Y."""
    tree = reader.tree
    found = offices(reader, clause, subjects, member, told)
    if tree.tokens[member.head].upos == "PROPN" and _bracketed(tree, member):
        return found
    beside = clause.kind == "apposition"  # of two nouns, or of a list, it says little
    article = tree.kid(member.head, "det") >= 0
    if beside and not article and not any(each.named for each in subjects):
        return found
    if beside and tree.tokens[member.head].upos == "PROPN":
        return found
    kind = reader.kind(member.head)
    if kind is not None and (not found or _indefinite(tree, member.head)):
        found.extend(paired(clause, subjects, _KIND, [kind]))
    return found + natures(reader, clause, subjects, member)


def _bracketed(tree: Tree, member: Argument) -> bool:
    before = tree.tokens[max(member.tokens[0] - 2, 0) : member.tokens[0]]
    return any(token.text in ("(", "[") for token in before)


def _adjective(
    reader: Reader, clause: Clause, subjects: list[Valued], member: Argument
) -> list[Statement]:
    tree = reader.tree
    found: list[Statement] = []
    for oblique in clause.arguments[1:]:
        if oblique.role == "oblique" and oblique.marker and kind_of(tree, oblique) != "time":
            relation = noun_relation(tree, member.head, oblique.marker)
            found.extend(paired(clause, subjects, relation, reader.values(oblique)))
    if not found and not any(a.role == "complement" for a in clause.arguments):
        value = reader.value(member.head, (member.head,))
        found.extend(paired(clause, subjects, _SAME, [value] if value else []))
    return found


def _identified(
    reader: Reader,
    clause: Clause,
    subjects: list[Valued],
    value: Valued,
    told: tuple[Qualifier, ...],
) -> list[Statement]:
    """The capital of Poland is Warsaw; its population is 1.8 million; X is Y."""
    tree = reader.tree
    found: list[Statement] = []
    noun = clause.subject.head
    if tree.tokens[noun].upos == "NOUN" and noun not in reader.entities:
        for child in tree.below[noun]:
            if tree.tokens[child].deprel != "nmod:poss":
                continue
            owner = reader.value(child, tuple(tree.descend(child)))
            if owner is not None:
                relation = noun_relation(tree, noun)
                found.extend(paired(clause, [owner], relation, [value], told))
        for child in tree.kids(noun, "nmod"):
            before = marker(tree, child)
            owner = reader.value(child, tuple(tree.descend(child))) if before else None
            if owner is None or not isinstance(owner.value, Entity):
                continue
            if isinstance(value.value, Literal):
                relation = amount_relation(noun_relation(tree, noun))
                found.extend(paired(clause, [owner], relation, [value], told))
            elif owner.named:
                relation = noun_relation(tree, noun, before)
                found.extend(paired(clause, [value], relation, [owner], told))
        if found:
            return found
    if clause.kind == "apposition" and value.named:  # names side by side are often a list
        listed = any(tree.kid(head, "conj") >= 0 for head in (noun, clause.head))
        places = [each for each in subjects if _is_place(each) and _is_place(value) and not listed]
        return paired(clause, places, _LOCATED, [value], told)
    if isinstance(value.value, Literal) and value.value.datatype in ("date", "gYear"):
        return []
    if isinstance(value.value, Literal) and value.value.unit is not None:
        for child in tree.kids(clause.head, "nmod", "obl"):
            words = [tree.tokens[i].text.lower() for i in marker(tree, child)]
            if words == ["from"]:
                away = (*told, Qualifier("distance", value.value))
                places = reader.values(argument(tree, child, "oblique"))
                return paired(clause, subjects, _DISTANCE, places, away)
    return paired(clause, subjects, _SAME, [value], told)


def _is_place(value: Valued) -> bool:
    return isinstance(value.value, Entity) and value.value.type == "Location"


def _indefinite(tree: Tree, noun: int) -> bool:
    determiners = [tree.tokens[i].text.lower() for i in tree.kids(noun, "det")]
    return not determiners or determiners[0] in ("a", "an", "another")
