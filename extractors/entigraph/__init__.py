"""Synthesis: texts that tell a model what a graph knows, in many forms, each with its sources."""

from extractors.entigraph.corpus import Corpus, Rejected
from extractors.entigraph.generating.offline import OfflineGenerator
from extractors.entigraph.generating.recipe import OFFLINE, Recipe
from extractors.entigraph.synthesising import synthesise
from extractors.entigraph.text import Text
from extractors.entigraph.view import FactIndex, GraphView

__all__ = [
    "OFFLINE",
    "Corpus",
    "FactIndex",
    "GraphView",
    "OfflineGenerator",
    "Recipe",
    "Rejected",
    "Text",
    "synthesise",
]
