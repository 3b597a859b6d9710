"""Search: the tuples that a model believes most, exactly and best first."""

from extractors.harvest.search.node import Candidate
from extractors.harvest.search.objective import (
    PAPER,
    PER_PIECE,
    PUBLISHED_CODE,
    WEAKEST,
    Objective,
)
from extractors.harvest.search.search import search
from extractors.harvest.search.space import Course, Progress, Space
from extractors.harvest.search.words import Words

__all__ = [
    "PAPER",
    "PER_PIECE",
    "PUBLISHED_CODE",
    "WEAKEST",
    "Candidate",
    "Course",
    "Objective",
    "Progress",
    "Space",
    "Words",
    "search",
]
