"""What a model can be asked for: tuples, ends, verdicts, a walk, what a graph lacks."""

from extractors.harvest.modes.asking import heads, tails, tuples
from extractors.harvest.modes.comparing import Comparison, compare
from extractors.harvest.modes.completing import complete
from extractors.harvest.modes.conflicting import Contradiction, contradictions
from extractors.harvest.modes.crawling import crawl
from extractors.harvest.modes.verifying import Verdict, verify

__all__ = [
    "Comparison",
    "Contradiction",
    "Verdict",
    "compare",
    "complete",
    "contradictions",
    "crawl",
    "heads",
    "tails",
    "tuples",
    "verify",
]
