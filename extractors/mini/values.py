"""What an argument of a clause stands for: an entity, a literal, a concept, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.mini.clauses.clause import Argument
from extractors.mini.clauses.lexicon import CALLED, EMPTY, QUANTITIES, SKIPPED
from extractors.mini.clauses.modifiers import is_time
from extractors.mini.clauses.tree import Tree
from extractors.mini.dates import number_literal, time_literal
from extractors.values import FoundValue, find_values
from extractors.values.found import APPROXIMATELY
from kgkit.facts import Entity, Literal

__all__ = ["Reader", "Valued"]

#: A concept has at most so many words.
_LONGEST = 6

#: Values that their own words tell from names and plain counts.
_TYPED = frozenset(["quantity", "money", "percent", "range", "duration", "time", "dateTime"])


@lru_cache(maxsize=64)
def _values_in(sentence: str) -> tuple[FoundValue, ...]:
    # A reader asks for each argument of each clause.
    return find_values(sentence)


@dataclass(frozen=True, slots=True)
class Valued:
    """A value, the tokens it was read from and how sure that is, in [0, 1]."""

    value: Entity | Literal
    tokens: tuple[int, ...]
    score: float = 1.0

    @property
    def named(self) -> bool:
        """Whether the value is an entity that the text names."""
        return isinstance(self.value, Entity) and self.value.type != "Concept"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads arguments of one sentence.

    `entities` gives the entity of each token of a name or of a resolved pronoun and how sure
    that is; `text` is the text of the whole document.
    """

    tree: Tree
    entities: Mapping[int, tuple[Entity, float]]
    text: str

    def values(self, argument: Argument) -> list[Valued]:
        """Return what each member of an argument stands for, leaving out those that say nothing."""
        if argument.role in ("complement", "adjunct"):
            return []
        found = [self.value(each.head, each.tokens) for each in argument.members]
        return [each for each in found if each is not None]

    def subjects(self, argument: Argument) -> list[Valued]:
        """Return the values that can head a fact: entities, and concepts that need no context.

        "The film", "this company" and "his father" mean something else in every text.
        """
        found = [
            (each.head, self.value(each.head, each.tokens))
            for each in argument.members
            if argument.role not in ("complement", "adjunct")
        ]
        return [
            value for head, value in found if value and (value.named or not self.anaphoric(head))
        ]

    def anaphoric(self, head: int) -> bool:
        """Whether a common noun points back: "the film", "this old film", "his father"."""
        tree = self.tree
        definite = modified = False
        for child in tree.below[head]:
            token = tree.tokens[child]
            if token.deprel == "nmod:poss" and token.upos == "PRON":
                return True
            if tree.relations[child] == "det":
                word = token.text.lower()
                if word in ("this", "that", "these", "those"):
                    return True
                definite = definite or word == "the"
            elif tree.relations[child] in ("nmod", "amod", "compound", "acl", "nummod"):
                modified = True
        return definite and not modified

    def value(self, head: int, tokens: tuple[int, ...]) -> Valued | None:
        """Return what the phrase of these tokens under this head stands for."""
        named = self._named(head)
        if named < 0:
            named = self._called(head)
        if named >= 0:
            head = named
        if head in self.entities:
            entity, score = self.entities[head]
            return Valued(entity, tokens, score)
        literal = self._literal(head)
        if literal is not None:
            return Valued(literal, tokens)
        return self._concept(head, tokens)

    def _named(self, head: int) -> int:
        """Return the name put beside a common noun ("her mother Ismat"), or -1."""
        if head in self.entities or self.tree.tokens[head].upos != "NOUN":
            return -1
        for child in self.tree.kids(head, "appos"):
            if child in self.entities and self.tree.tokens[child].upos == "PROPN":
                return child
        return -1

    def _called(self, head: int) -> int:
        """Return the name after the class of a place ("the city of Warsaw"), or -1."""
        tree = self.tree
        if tree.lemmas[head].lower() not in CALLED or head in self.entities:
            return -1
        before = [i for i in tree.below[head] if i < head]
        if any(tree.tokens[i].xpos in ("JJS", "RBS") for i in before) or not any(
            tree.tokens[i].text.lower() == "the" for i in before
        ):
            return -1
        for child in tree.kids(head, "nmod"):
            words = [tree.tokens[i].text.lower() for i in tree.kids(child, "case")]
            span = tree.sentence.span_at(child)
            if words == ["of"] and child in self.entities and span and span.type == "Location":
                return child
        return -1

    def _literal(self, head: int) -> Literal | None:
        sentence = self.tree.sentence
        span = sentence.span_at(head)
        if span is not None and span.type == "Time":
            start, end = sentence.extent(span.first, span.last)
            time = time_literal(self.text[start:end])
            return time if time.datatype != "string" else self._typed(head) or time
        typed = self._typed(head)
        if typed is not None:
            return typed
        if span is not None and span.type == "Number":
            start, end = sentence.extent(span.first, span.last)
            words = self.text[start:end]
            return number_literal(words) or self._counted(head)
        token = self.tree.tokens[head]
        if is_time(self.tree, head) and token.upos != "PRON":
            tokens = self.tree.descend(head, set(self.tree.below[head]) - self._dated(head))
            start, end = sentence.extent(tokens[0], tokens[-1] + 1)
            return time_literal(self.text[start:end])
        if token.upos == "NUM" and token.text.isdecimal():
            return number_literal(token.text)
        return self._counted(head)

    def _typed(self, head: int) -> Literal | None:
        """Return the quantity, sum or length of time whose words hold this token, or None."""
        sentence, token = self.tree.sentence, self.tree.tokens[head]
        first, last = token.start - sentence.start, token.end - sentence.start
        for value in _values_in(self.text[sentence.start : sentence.end]):
            if value.kind in _TYPED and value.start <= first and last <= value.end:
                return value.literal
        return None

    def _dated(self, head: int) -> set[int]:
        """Return the dependents of the head of a date that are parts of it."""
        tree = self.tree
        plain = set(tree.kids(head, "compound", "nummod", "flat"))
        return plain | {i for i in tree.below[head] if tree.tokens[i].deprel == "nmod:unmarked"}

    def _counted(self, head: int) -> Literal | None:
        """Return digits with the noun that they count ("170 km", "3.2 million people")."""
        numbers = self.tree.kids(head, "nummod")
        token = self.tree.tokens[head]
        if not numbers or token.upos not in ("NOUN", "SYM", "PROPN"):
            return None
        tokens = self.tree.descend(numbers[0])
        start, end = self.tree.sentence.extent(tokens[0], tokens[-1] + 1)
        words = self.text[start:end]
        year = len(words) == 4 and words.isdecimal() and words[0] in "12"
        said = APPROXIMATELY.match(words)
        digits = words[said.end() if said else 0 :][:1].isdecimal()
        if year or not digits or end - start > 40:
            return None
        if token.upos == "SYM":
            return number_literal(f"{token.text} {words}")
        return number_literal(words, self.tree.lemmas[head])

    def _concept(self, head: int, tokens: tuple[int, ...]) -> Valued | None:
        token = self.tree.tokens[head]
        if token.upos not in ("NOUN", "PROPN", "ADJ") or self.tree.is_relative(head):
            return None
        if token.upos == "ADJ" and self.tree.kid(head, "det") >= 0:
            return None
        if self.tree.lemmas[head] in QUANTITIES:
            for child in self.tree.kids(head, "nmod"):
                before = [self.tree.tokens[i].text for i in self.tree.kids(child, "case")]
                if before[:1] == ["of"]:
                    return self.value(child, tuple(self.tree.descend(child)))
        if self.tree.lemmas[head].lower() in EMPTY or any(map(self.tree.is_relative, tokens)):
            return None
        kept = self._stripped(head, tokens)
        if len(kept) > _LONGEST:
            kept = self.core(head)
        if len(kept) > _LONGEST:
            kept = [i for i in kept if i not in self._owners(head)]
        if not kept or len(kept) > _LONGEST:
            return None
        name = self._phrase(kept)
        if not any(c.isalpha() for c in name):
            return None
        return Valued(Entity.named(name, "Concept"), tokens)

    def core(self, head: int) -> list[int]:
        """Return a noun with the words before it that belong to it, without determiner."""
        without = {
            child
            for child in self.tree.below[head]
            if child > head and self.tree.relations[child] not in ("flat", "fixed", "goeswith")
        }
        return self._stripped(head, tuple(self.tree.descend(head, without)))

    def kind(self, head: int) -> Valued | None:
        """Return the concept that a predicate noun says its subject is ("horror film")."""
        if self.tree.lemmas[head].lower() == "one":
            for child in self.tree.kids(head, "nmod"):
                return self.kind(child)
        kept = [i for i in self.core(head) if self.tree.tokens[i].upos != "NUM"]
        token = self.tree.tokens[head]
        if not kept or len(kept) > _LONGEST or token.upos not in ("NOUN", "PROPN"):
            return None
        if self.tree.lemmas[head].lower() in EMPTY:
            return None
        return Valued(Entity.named(self._phrase(kept), "Concept"), tuple(kept))

    def _stripped(self, head: int, tokens: tuple[int, ...]) -> list[int]:
        """Return the tokens without determiners, possessors and what stands apart."""
        tree = self.tree
        without: set[int] = set()
        for child in tree.below[head]:
            if (
                tree.relations[child] in SKIPPED
                or tree.tokens[child].deprel == "det:predet"
                or (tree.tokens[child].deprel == "nmod:poss" and not self._owns(child))
                or tree.relations[child] in ("acl", "appos", "parataxis", "advcl", "advmod")
            ):
                without.update(tree.descend(child))
        kept = [i for i in tokens if i not in without and self._counts(i, head)]
        while kept and tree.tokens[kept[-1]].upos == "PUNCT":
            kept.pop()
        while kept and tree.tokens[kept[0]].upos in ("PUNCT", "DET", "ADP", "CCONJ"):
            kept.pop(0)
        return kept

    def _owns(self, index: int) -> bool:
        """Whether a possessor is named, so that the owned is not lost ("Nigeria's government")."""
        return index in self.entities and self.tree.tokens[index].upos == "PROPN"

    def _owners(self, head: int) -> set[int]:
        owners = [i for i in self.tree.below[head] if self.tree.tokens[i].deprel == "nmod:poss"]
        return {token for i in owners for token in self.tree.descend(i)}

    def _counts(self, index: int, head: int) -> bool:
        """Whether a token can be part of a concept's name: no aside, no mark but a hyphen."""
        token = self.tree.tokens[index]
        if self.tree.is_relative(index):
            return False
        joined = token.upos != "PUNCT" or token.text in ("-", "/", "&", "'")
        return joined and not self.tree.aside(index, head)

    def _phrase(self, tokens: list[int]) -> str:
        """Return the words as written; only what a sentence begins with loses its capital."""
        shown: list[str] = []
        end = -1
        for i in tokens:
            token = self.tree.tokens[i]
            named = token.upos == "PROPN" or self.tree.sentence.span_at(i) is not None
            first = i == 0 and not named and not token.text[1:2].isupper()
            word = token.text.lower() if first else token.text
            shown.append(word if token.start == end or not shown else f" {word}")
            end = token.end
        return "".join(shown).strip()
