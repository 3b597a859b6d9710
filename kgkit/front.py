"""Names of other packages that the facade shows."""

from __future__ import annotations

from extractors.imports import Link, Property, TableMapping, TripleColumns
from extractors.readers import read
from reasoning.answers import Answer, Citation
from stores.ledger import ImportRecord
from stores.rows import Rows

__all__ = [
    "Answer",
    "Citation",
    "ImportRecord",
    "Link",
    "Property",
    "Rows",
    "TableMapping",
    "TripleColumns",
    "read",
]
