"""A library of relations with prompts and seeds of our own, kept as data files."""

from __future__ import annotations

from extractors.harvest.library.reading import relation, relation_of_property, relations

__all__ = ["relation", "relation_of_property", "relations"]
