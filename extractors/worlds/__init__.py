"""Synthetic worlds: people, places and works that do not exist, with every fact about them known
and texts that tell these facts, to learn from and to measure against."""

from extractors.worlds.relations import RELATIONS, SINGLE_VALUED, Relation
from extractors.worlds.world import Question, World

__all__ = ["RELATIONS", "SINGLE_VALUED", "Question", "Relation", "World"]
