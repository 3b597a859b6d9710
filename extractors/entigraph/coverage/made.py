"""What the texts of a corpus do bring together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from extractors.entigraph.coverage.reach import Reach
from extractors.entigraph.text import Text

__all__ = ["PATH_FORMS", "covered", "covered_by"]

#: Forms whose entities are a path, and forms that discuss each of theirs with each other.
PATH_FORMS = frozenset({"path"})
_TOGETHER = frozenset({"discussion", "questions", "trio"})


def covered(texts: Iterable[Text], neighbours: Mapping[str, Sequence[str]]) -> float:
    """Return the share of pairs with a path that the graph joins or a text tells, 0 to 1.

    A path text tells its first entity together with every other on its path, as `CoverageModel`
    counts; what a language model writes on several entities tells each with each.
    """
    return covered_by(((text.form, text.entities) for text in texts), neighbours)


def covered_by(
    told: Iterable[tuple[str, Sequence[str]]], neighbours: Mapping[str, Sequence[str]]
) -> float:
    """Return the same for texts of which only form and entities are known yet."""
    reach = Reach.over(neighbours)
    if not reach.pairs:
        return 1.0
    learnt = {(a, b) for a, near in neighbours.items() for b in near}
    for form, entities in told:
        if form in PATH_FORMS:
            learnt.update((entities[0], other) for other in entities[1:])
        elif form in _TOGETHER:
            learnt.update(pair for pair in permutations(entities, 2) if reach.has(*pair))
    return len(learnt) / reach.pairs
