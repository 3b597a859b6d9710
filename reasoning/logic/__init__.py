"""Logical forms: a question as a small typed program that is checked, compiled and run.

`parse` reads a program, `check` holds it against what a graph has (`Vocabulary`), `run` runs it in
memory with the facts that every row rests on, and `compile_for` says it in Cypher or SPARQL.
"""

from __future__ import annotations

from reasoning.logic.checking import check
from reasoning.logic.compiled import Compiled, NotCompiled
from reasoning.logic.forms import Program
from reasoning.logic.reading import parse
from reasoning.logic.run import Result, run
from reasoning.logic.source import FactSource, MemoryFacts
from reasoning.logic.stored import compile_for, run_in
from reasoning.logic.tables import Row, Table
from reasoning.logic.vocabulary import Vocabulary

__all__ = [
    "Compiled",
    "FactSource",
    "MemoryFacts",
    "NotCompiled",
    "Program",
    "Result",
    "Row",
    "Table",
    "Vocabulary",
    "check",
    "compile_for",
    "parse",
    "run",
    "run_in",
]
