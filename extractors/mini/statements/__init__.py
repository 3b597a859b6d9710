"""From clauses to binary statements with qualifiers."""

from __future__ import annotations

from extractors.mini.clauses.clause import Clause
from extractors.mini.statements.being import being
from extractors.mini.statements.doing import doing, lifespans
from extractors.mini.statements.offices import possessions
from extractors.mini.statements.statement import Statement, respectively
from extractors.mini.values import Reader

__all__ = ["Statement", "statements"]

_READINGS = {"verb": doing, "lifespan": lifespans, "possessive": possessions}


def statements(reader: Reader, clause: Clause) -> list[Statement]:
    """Return the statements of a clause; none where an end has no value that stands by itself."""
    found = _READINGS.get(clause.kind, being)(reader, clause)
    return respectively(found) if _in_turn(reader, clause) else found


def _in_turn(reader: Reader, clause: Clause) -> bool:
    """Whether the sentence says "respectively", of this clause or of a part of it."""
    tree = reader.tree
    return any(
        token.text.lower() == "respectively" and tree.governs(clause.head, i)
        for i, token in enumerate(tree.tokens)
    )
