"""Names of other packages that the facade shows."""

from __future__ import annotations

from extractors.imports import Link, Property, TableMapping, TripleColumns
from extractors.readers import read
from reasoning.answers import Answer, Citation
from reasoning.retrieval import Hit, Where
from reasoning.themes import Theme, Themes
from stores.ledger import ImportRecord
from stores.ledger.harvests import HarvestRecord
from stores.rows import Rows

__all__ = [
    "Answer",
    "Citation",
    "HarvestRecord",
    "Hit",
    "ImportRecord",
    "Link",
    "Property",
    "Rows",
    "TableMapping",
    "Theme",
    "Themes",
    "TripleColumns",
    "Where",
    "read",
]
