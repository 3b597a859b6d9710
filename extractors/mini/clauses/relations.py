"""Names of relations: UPPER_SNAKE from lemmas and prepositions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.mini.clauses.clause import Clause
from extractors.mini.clauses.tree import Tree

__all__ = ["Relation", "named", "noun_relation", "verb_relation"]

_LONGEST = 64
#: Adjectives that are part of an office.
_RANKS = frozenset({"vice", "deputy", "prime", "former", "founding", "general", "acting", "chief"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation's name in UPPER_SNAKE and the words it was read from."""

    name: str
    words: str

    def with_suffix(self, word: str) -> Relation:
        """Return the relation with a further, implied word in its name."""
        return Relation(f"{self.name}_{word}", self.words)


def named(words: Iterable[str]) -> str:
    """Return words as a relation name; empty where they hold no letter.

    >>> named(["take", "over"]), named(["co-found"]), named(["'s"])
    ('TAKE_OVER', 'CO_FOUND', 'S')
    """
    letters = "".join(c if c.isalnum() else " " for c in " ".join(words))
    return "_".join(letters.upper().split())[:_LONGEST].rstrip("_")


def verb_relation(
    tree: Tree, clause: Clause, marker: tuple[int, ...] = (), *, active: bool = False
) -> Relation:
    """Return the relation of what a verb group says: lemmas, particles, the preposition.

    A passive group names its last verb by the participle ("BORN_IN"), unless `active` asks for
    the active form, in which its agent does it ("DIRECT").
    """
    group = [i for i in clause.predicate if tree.tokens[i].upos == "VERB" or i == clause.head]
    words: list[str] = []
    for i in clause.predicate:
        token = tree.tokens[i]
        if i in group:
            passive = clause.passive and i == group[-1] and not active
            words.append(token.text.lower() if passive else tree.lemmas[i])
        elif token.deprel == "compound:prt" or (
            tree.relations[i] == "mark" and token.head in group and token.head != group[0]
        ):
            words.append(token.text.lower())
    words.extend(tree.tokens[i].text.lower() for i in marker)
    shown = clause.words(tree.sentence).split()
    shown.extend(tree.tokens[i].text for i in marker)
    return Relation(named(words), " ".join(shown))


def noun_relation(tree: Tree, noun: int, marker: tuple[int, ...] = ()) -> Relation:
    """Return the relation that a noun names: its compound, its lemma, the preposition.

    "the vice president of X" gives VICE_PRESIDENT_OF.
    """
    before = [
        i
        for i in tree.below[noun]
        if i < noun
        and (
            (tree.relations[i] == "compound" and tree.tokens[i].upos == "NOUN")
            or (tree.relations[i] == "amod" and tree.lemmas[i].lower() in _RANKS)
        )
    ]
    tokens = [*before, noun]
    words = [tree.lemmas[i].lower() for i in tokens]
    words.extend(tree.tokens[i].text.lower() for i in marker)
    return Relation(named(words), " ".join(tree.tokens[i].text for i in (*tokens, *marker)))
