"""Whether what a text claims is in the graph or its sources, or follows from them."""

from extractors.entigraph.grounding.checking import Grounder, GroundingReport
from extractors.entigraph.grounding.verdict import Verdict

__all__ = ["Grounder", "GroundingReport", "Verdict"]
