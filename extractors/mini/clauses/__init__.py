"""Clauses of a parsed sentence: who does what to whom, with exact spans.

`clauses` reads the dependency tree of one sentence. Each kind of construction has a module of
its own: verbs, copulas, nominals; what they share is in subjects, arguments, conjunctions and
polarity.
"""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.reading import clauses

__all__ = ["Argument", "Clause", "clauses"]
