"""Which entities and facts a text is about: strategies by name, seeded and lazily enumerated."""

from extractors.entigraph.subsets.registry import SOURCES, Source, open_source
from extractors.entigraph.subsets.subset import Subset

__all__ = ["SOURCES", "Source", "Subset", "open_source"]
