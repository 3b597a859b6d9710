"""The CSV that kgkit exports, read back: one row a fact, with its ids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.delimited import open_delimited
from extractors.imports.names import shown
from extractors.imports.values import stated_literal
from kgkit.errors import InputError, ReadError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier

__all__ = ["COLUMNS", "read_facts"]

#: The columns of the export: one row a fact. Its qualifiers are a JSON list.
COLUMNS = (
    *("id", "head_id", "head", "head_type", "relation", "tail_id", "tail", "tail_type", "unit"),
    *("qualifiers", "polarity", "modality", "confidence", "support", "predicate"),
)


def read_facts(path: Path) -> Iterator[Imported]:
    """Yield the facts of a CSV file that kgkit exported, and refused rows.

    Ids, denials and hedges are kept, and the confidence is the score of the row; what the facts
    rested on is not in such a file. Raises `ReadError` for a table of other columns.
    """
    table = open_delimited(path, delimiter=",")
    if table.columns != COLUMNS:
        raise ReadError(f"{path} has other columns than kgkit's export; import it as 'triples'")
    for row in table.rows():
        if isinstance(row, RefusedRow):
            yield row
            continue
        try:
            fact, score = _fact(row.cells)
        except InputError as error:
            yield RefusedRow(table.source, row.number, str(error))
            continue
        yield fact.with_evidence(ImportEvidence(table.source, row.number, score))


def _fact(cells: Mapping[str, Any]) -> tuple[Fact, float]:
    head, tail = (_end(cells, end) for end in ("head", "tail"))
    relation = cells["relation"]
    if not isinstance(head, Entity) or not relation:
        raise InputError(f"{shown(cells['head'])} has no id, or no relation; export it anew")
    try:
        score = float(cells["confidence"])
        polarity, modality = Polarity(cells["polarity"]), Modality(cells["modality"])
        roles = tuple(map(_qualifier, json.loads(cells["qualifiers"] or "[]")))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"it is no row of the export ({error}); export it anew") from error
    if not 0.0 <= score <= 1.0:
        raise InputError(f"the confidence is {score}; expected a number from 0 to 1")
    return Fact(head, relation, tail, roles, polarity, modality, cells["predicate"]), score


def _end(cells: Mapping[str, Any], end: str) -> Entity | Literal:
    if cells[f"{end}_id"]:
        return Entity(cells[f"{end}_id"], cells[end], cells[f"{end}_type"] or "Thing")
    return stated_literal(cells[end], cells["tail_type"], cells["unit"] or None)


def _qualifier(role: Mapping[str, str]) -> Qualifier:
    if "id" in role:
        return Qualifier(role["role"], Entity(role["id"], role["name"], role["type"]))
    return Qualifier(
        role["role"], stated_literal(role["value"], role["datatype"], role.get("unit"))
    )
