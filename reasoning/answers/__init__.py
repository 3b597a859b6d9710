"""Answering questions: names to facts, facts to paths, paths to answers with checked citations."""

from __future__ import annotations

from reasoning.answers.answer import Answer, Citation, Reason, Refusal, Step
from reasoning.answers.ask import ask
from reasoning.answers.view import FactView, MemoryView

__all__ = [
    "Answer",
    "Citation",
    "FactView",
    "MemoryView",
    "Reason",
    "Refusal",
    "Step",
    "ask",
]
