"""From the words of a plan to the relations of a small world, by the roots of words, by meaning
and by the types of what they join. For measuring plans alone; real graphs have better means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgkit.schema import Pattern
from reasoning.answers.similar import Similar
from reasoning.logic.forms import Combine, Link, Path, Program, Retrieve, Step, Term
from reasoning.logic.vocabulary import Vocabulary

__all__ = ["ground"]

_WORD = re.compile(r"[a-z]+")
_SMALL = frozenset(["of", "the", "a", "is", "was", "by", "in", "on", "at", "for", "to"])
_LEAST = 0.2


def ground(
    program: Program,
    vocabulary: Vocabulary,
    types: Mapping[str, str],
    similar: Similar,
) -> Program:
    """Return the program with each relation replaced by that of the vocabulary that its words,
    and the types of its ends, fit best; `types` are the types of names."""
    phrases = {link.relation for step in _all(program) for link in step.path.links}
    names = {relation: _phrase(relation) for relation in vocabulary.relations}
    similar.learn([*sorted(phrases), *sorted(names.values())], limit=10_000)
    return _Grounding(vocabulary, dict(types), names, similar).program(program)


class _Grounding:
    def __init__(
        self,
        vocabulary: Vocabulary,
        types: dict[str, str],
        names: Mapping[str, str],
        similar: Similar,
    ) -> None:
        self.vocabulary, self.types = vocabulary, types
        self.names, self.similar = names, similar
        self.bound: dict[str, str] = {}

    def program(self, program: Program) -> Program:
        steps: list[Step] = []
        for step in program.steps:
            if isinstance(step, Retrieve):
                steps.append(self.step(step))
            elif isinstance(step, Combine):
                left = self.program(step.left) if step.left is not None else None
                steps.append(replace(step, left=left, right=self.program(step.right)))
            else:
                steps.append(step)
        return Program(tuple(steps))

    def step(self, step: Retrieve) -> Retrieve:
        head = self._type(step.head)
        tail = self._type(step.tail) if isinstance(step.tail, Term) else ""
        best: tuple[float, Pattern, bool] | None = None
        for pattern in self.vocabulary.patterns:
            for inverse in (False, True):
                ends = (pattern.tail, pattern.head) if inverse else (pattern.head, pattern.tail)
                if inverse and pattern.is_property:
                    continue
                if (head and head != ends[0]) or (tail and tail != ends[1]):
                    continue
                score = max(self._fit(link.relation, pattern) for link in step.path.links)
                score = round(score - 0.01 * inverse, 4)
                if score >= _LEAST and (best is None or score > best[0]):
                    best = score, pattern, inverse
        if best is None:
            return replace(step, path=Path((Link("NOTHING_FITS"),)))
        _, pattern, inverse = best
        ends = (pattern.tail, pattern.head) if inverse else (pattern.head, pattern.tail)
        for term, kind in zip((step.head, step.tail), ends, strict=True):
            if isinstance(term, Term) and term.variable and kind[:1].isupper():
                self.bound.setdefault(term.variable, kind)
        return replace(step, path=Path((Link(pattern.relation, inverse),)))

    def _type(self, term: Term) -> str:
        if term.variable in self.bound:
            return self.bound[term.variable or ""]
        return next((self.types[n] for n in term.names if n in self.types), "")

    def _fit(self, phrase: str, pattern: Pattern) -> float:
        name = self.names[pattern.relation]
        if phrase.lower() == name:
            return 1.5
        one, other = _roots(phrase), _roots(name)
        shared = len(one & other) / max(1, min(len(one), len(other))) if one and other else 0.0
        if phrase.lower() == pattern.tail.lower():
            shared = max(shared, 0.5)
        if phrase.lower() == "date" and pattern.tail in ("date", "gYear"):
            shared = 0.5
        return max(shared, self.similar(phrase, name))


def _phrase(relation: str) -> str:
    return relation.replace("_", " ").lower()


def _roots(phrase: str) -> set[str]:
    return {_root(w) for w in _WORD.findall(phrase.lower()) if w not in _SMALL}


def _root(word: str) -> str:
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ors",
        "ers",
        "or",
        "er",
        "ed",
        "es",
        "s",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _all(program: Program) -> Sequence[Retrieve]:
    found: list[Retrieve] = []
    for step in program.steps:
        if isinstance(step, Retrieve):
            found.append(step)
        elif isinstance(step, Combine):
            found += _all(step.right)
            found += _all(step.left) if step.left is not None else []
    return found
