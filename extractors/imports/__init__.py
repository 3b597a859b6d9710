"""Facts that others wrote down: triples, tables, and the outputs of other graph builders."""

from __future__ import annotations

from extractors.imports.base import Imported, ImportedDocument, RefusedRow
from extractors.imports.mapping import Link, Property, TableMapping, load_mapping
from extractors.imports.rows import map_table
from extractors.imports.triples import TripleColumns, map_triples

__all__ = [
    "Imported",
    "ImportedDocument",
    "Link",
    "Property",
    "RefusedRow",
    "TableMapping",
    "TripleColumns",
    "load_mapping",
    "map_table",
    "map_triples",
]
