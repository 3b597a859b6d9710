"""What the matcher is asked of a sentence in training, and what it should answer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer

from extractors.mini.relations.guided import Asking
from extractors.mini.relations.matcher_layout import names_of
from extractors.mini.relations.prompts import Prompt
from extractors.mini.train.matcher_data import Relation, Stated, Statement
from extractors.mini.train.matcher_names import inverses, synonyms

__all__ = ["Answer", "Case", "Pair", "Sets", "case_of", "worded"]

_Span = tuple[int, int]
#: A set that annotates some of what a sentence says leaves the rest unsaid: little is learnt from
#: that silence (positive and unlabelled data, Elkan and Noto 2008).
_SILENCE, _NAMELESS = 0.2, 0.5
#: Shares of prompts that say the relation the other way round, that use another name, that
#: have their description, and that do not give the types.
_TURNED, _RENAMED, _DESCRIBED, _UNTYPED = 0.2, 0.35, 0.1, 0.2
_TYPES = {
    "person": ("human", "people", "man or woman"),
    "human": ("person", "people"),
    "location": ("place", "area", "city or country"),
    "organization": ("organisation", "company", "group", "institution"),
    "time": ("date", "year", "day"),
    "number": ("integer", "quantity"),
}


@dataclass(frozen=True, slots=True)
class Sets:
    """Sentences with what the parser sees in them, all relations, and what properties mean."""

    sentences: Sequence[Stated]
    askings: Sequence[Asking]
    relations: Sequence[Relation]
    descriptions: Mapping[str, str]
    tokenizer: Tokenizer


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans, whether the relation holds between them, and how much that counts."""

    subject: _Span
    object: _Span
    holds: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What one prompt should get: whether it is stated, between which spans."""

    prompt: Prompt
    stated: bool
    weight: float
    subjects: tuple[_Span, ...]
    objects: tuple[_Span, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Sentence number `sentence` with all that it is asked at once."""

    sentence: int
    answers: tuple[Answer, ...]


def worded(
    relation: Relation, descriptions: Mapping[str, str], chance: random.Random
) -> tuple[Prompt, bool]:
    """Return a relation in words that are drawn, and whether they say it the other way round."""
    turned = bool(inverses(relation.number)) and chance.random() < _TURNED
    name = relation.label.strip()
    if turned:
        name = chance.choice(inverses(relation.number))
    elif synonyms(relation.number) and chance.random() < _RENAMED:
        name = chance.choice(synonyms(relation.number))
    elif relation.number in descriptions and chance.random() < _DESCRIBED:
        name = f"{name}: {descriptions[relation.number]}"
    head, tail = (_other(kind, chance) for kind in (relation.head, relation.tail))
    if chance.random() < _UNTYPED:
        head = tail = ""
    prompt = Prompt(name.lower(), tail if turned else head, head if turned else tail)
    return prompt, turned


def _other(kind: str, chance: random.Random) -> str:
    kind = kind.lower()
    return chance.choice(_TYPES[kind]) if kind in _TYPES and chance.random() < 0.4 else kind


def case_of(number: int, sets: Sets, chance: random.Random) -> Case:
    """Return what sentence `number` is asked in one pass: what it states, relations that it does
    not, and relations of other sets where the own set leaves things unsaid."""
    sentence = sets.sentences[number]
    stated = list(dict.fromkeys(statement.relation for statement in sentence.statements))
    stated = chance.sample(stated, min(4, len(stated)))
    asked: list[tuple[Relation, float]] = [(relation, 1.0) for relation in stated]
    asked += [(r, _NAMELESS) for r in sentence.nameless[:2]]
    room = chance.randint(2, 7)
    others = list(sentence.others)
    if sentence.complete:
        near = others[:24]
        drawn = chance.sample(near, min(room // 2, len(near)))
        rest = [r for r in others if r not in drawn]
        drawn += chance.sample(rest, min(room - len(drawn), len(rest)))
        asked += [(r, 1.0) for r in drawn]
    else:
        drawn = chance.sample(others, min(room, len(others)))
        asked += [(r, _SILENCE) for r in drawn]
        numbers = {r.number for r, _ in asked} | {r.number for r in sentence.nameless}
        foreign = chance.sample(sets.relations, min(3, len(sets.relations)))
        asked += [(r, 0.7) for r in foreign if r.number not in numbers][:2]
    chance.shuffle(asked)
    answers = [_answer(number, sets, r, w, chance) for r, w in asked]
    return Case(number, tuple(answers))


def _answer(
    number: int, sets: Sets, relation: Relation, weight: float, chance: random.Random
) -> Answer:
    sentence, asking = sets.sentences[number], sets.askings[number]
    prompt, turned = worded(relation, sets.descriptions, chance)
    own = [_ends(s, turned) for s in sentence.statements if s.relation == relation]
    silence = 1.0 if sentence.complete else _SILENCE
    pairs = [Pair(a, b, holds=True, weight=1.0) for a, b in own[:4]]
    # Most relations do not hold both ways.
    pairs += [Pair(b, a, holds=False, weight=0.7) for a, b in own[:1] if (b, a) not in own]
    names = list(sentence.names) or names_of(asking.marks)
    elsewhere = [_ends(s, turned) for s in sentence.statements if s.relation != relation]
    wrong = [pair for pair in chance.sample(elsewhere, min(2, len(elsewhere))) if pair not in own]
    for a, b in own[:1]:
        wrong += [(a, n) for n in chance.sample(names, min(2, len(names)))]
        wrong += [(n, b) for n in chance.sample(names, min(2, len(names)))]
    if not own and len(names) > 1:
        first, second = chance.sample(names, 2)
        wrong.append((first, second))
    pairs += [
        Pair(a, b, holds=False, weight=weight * silence if own else weight)
        for a, b in wrong
        if (a, b) not in own and (a[1] <= b[0] or b[1] <= a[0])
    ]
    subjects, objects = ({pair[k] for pair in own} for k in (0, 1))
    clean = not _cross(subjects | objects) and not subjects & objects
    return Answer(
        prompt,
        bool(own),
        weight,
        tuple(sorted(subjects)) if clean else (),
        tuple(sorted(objects)) if clean else (),
        tuple(pairs),
    )


def _ends(statement: Statement, turned: bool) -> tuple[_Span, _Span]:
    ends = statement.subject, statement.object
    return (ends[1], ends[0]) if turned else ends


def _cross(spans: set[_Span]) -> bool:
    ordered = sorted(spans)
    return any(a[1] > b[0] for a, b in pairwise(ordered))
