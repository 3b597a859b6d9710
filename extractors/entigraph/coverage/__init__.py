"""How much of what follows from a graph its texts bring together: expected, and made."""

from extractors.entigraph.coverage.made import covered
from extractors.entigraph.coverage.model import CoverageModel
from extractors.entigraph.coverage.reach import Reach

__all__ = ["CoverageModel", "Reach", "covered"]
