"""Relations between named things in a dependency parse, by Universal or spaCy's own labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.adapters.found import FoundLink

__all__ = ["verb_relations"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass"})
_PASSIVE = frozenset({"nsubjpass", "nsubj:pass"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
_TRUST = 0.7


def verb_relations(doc: Any) -> tuple[FoundLink, ...]:
    """Return the relations that verbs state between the entities of a spaCy `Doc`.

    The subject of a verb is related to its object by the verb's lemma, and to what hangs on a
    preposition by lemma and preposition. Denied verbs state nothing.
    """
    whose = {token.i: entity for entity in doc.ents for token in entity}
    found: list[FoundLink] = []
    for verb in doc:
        children = list(verb.children)
        subjects = [c for c in children if c.dep_ in _SUBJECTS and c.i in whose]
        if not subjects or any(c.dep_ == "neg" or c.lemma_.lower() == "not" for c in children):
            continue
        said = verb.lemma_ or verb.text
        for subject in subjects:
            for words, token in _complements(verb, said, passive=subject.dep_ in _PASSIVE):
                if token.i in whose and whose[token.i] != whose[subject.i]:
                    found.append(_link(whose[subject.i], words, whose[token.i]))
    return tuple(found)


def _complements(verb: Any, said: str, *, passive: bool) -> Iterator[tuple[str, Any]]:
    """Yield each object of a verb and each noun on a preposition, with the relation's words."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield said, child
        elif child.dep_ in ("prep", "agent"):  # spaCy: verb -> preposition -> noun
            words = f"{verb.text if passive else said} {child.text}"
            yield from ((words, noun) for noun in child.children if noun.dep_ == "pobj")
        elif child.dep_.startswith("obl"):  # Universal: verb -> noun -> preposition
            marks = [each.text for each in child.children if each.dep_ == "case"]
            if marks:
                yield " ".join([verb.text if passive else said, *marks]), child


def _link(head: Any, words: str, tail: Any) -> FoundLink:
    return FoundLink(
        (head.start_char, head.end_char),
        words.lower(),
        (tail.start_char, tail.end_char),
        _TRUST,
        (head.label_, tail.label_),
    )
