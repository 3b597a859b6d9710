"""What the name "mini" opens: the built-in extractor, in the parts and for the schema asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.mini.extractor import MiniExtractor
from extractors.mini.keeping import SchemaExtractor
from kgkit.errors import InputError

if TYPE_CHECKING:
    from kgkit.schema import Schema

__all__ = ["open_mini"]


def open_mini(
    parts: str = "", *, schema: Schema | None = None, calibrated: bool = True
) -> MiniExtractor | SchemaExtractor:
    """Return the built-in extractor; with a `schema`, one that keeps to its relations.

    It reads clauses; as "mini:relations" also which of 96 relations hold between the names of a
    document, for about as much time again and with less precision. Raises `InputError` for other
    parts, and for a schema without a pattern.

    >>> open_mini().version, open_mini("relations").version
    ('3-clauses', '3')
    """
    if parts not in ("", "relations"):
        raise InputError(f"'mini:{parts}' is no extractor; expected 'mini' or 'mini:relations'")
    found = MiniExtractor(relations=parts == "relations", calibrated=calibrated)
    return found if schema is None else SchemaExtractor(found, schema)
