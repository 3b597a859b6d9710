"""Which of a graph's relations and types a question may need: a prompt has room for some."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.facts import Entity
from kgkit.schema import Pattern
from reasoning.answers.words import akin, roots
from reasoning.logic.vocabulary import Vocabulary
from stores.property_graph.naming import label

__all__ = ["Offer", "offer_for"]

_MOST_TYPES = 30
_PATTERNS_EACH = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """What a planner is offered: relations, likeliest first, types, and how they go together."""

    relations: tuple[str, ...]
    types: tuple[str, ...]
    patterns: tuple[Pattern, ...]


def offer_for(
    question: str, vocabulary: Vocabulary, linked: Sequence[Entity] = (), *, most: int = 40
) -> Offer:
    """Return at most `most` relations: those that share word roots with the question, then those
    of the types of its names, then the most frequent.

    >>> from kgkit.schema import Schema
    >>> schema = Schema.parse("(Person)-[BORN_IN]->(City)\\n(Person)-[DIRECTED]->(Film)")
    >>> offer_for("Who is the director of Alien?", Vocabulary.of_schema(schema), most=1).relations
    ('DIRECTED',)
    """
    wanted = roots(question)
    near = {label(entity.type) for entity in linked}
    counts: Counter[str] = Counter()
    patterns: dict[str, list[Pattern]] = defaultdict(list)
    for pattern, count in vocabulary.patterns.items():
        counts[pattern.relation] += count
        patterns[pattern.relation].append(pattern)

    def rank(relation: str) -> tuple[int, int, int, str]:
        said = roots(relation.replace("_", " "))
        shared = sum(any(akin(one, other) for other in wanted) for one in said)
        joins = any(p.head in near or p.tail in near for p in patterns[relation])
        return -shared, -joins, -counts[relation], relation

    relations = sorted(counts, key=rank)[:most]
    shown = [p for r in relations for p in _likeliest(patterns[r], vocabulary)]
    ends: Counter[str] = Counter()
    for pattern in shown:
        ends[pattern.head] += vocabulary.patterns[pattern]
        if not pattern.is_property:
            ends[pattern.tail] += vocabulary.patterns[pattern]
    types = sorted(ends, key=lambda name: (-ends[name], name))[:_MOST_TYPES]
    return Offer(tuple(relations), tuple(sorted(types)), tuple(shown))


def _likeliest(patterns: Sequence[Pattern], vocabulary: Vocabulary) -> list[Pattern]:
    return sorted(patterns, key=lambda p: (-vocabulary.patterns[p], str(p)))[:_PATTERNS_EACH]
