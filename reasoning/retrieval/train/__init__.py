"""Learning the weights of a walk's steps from questions with known passages."""

from __future__ import annotations

from reasoning.retrieval.train.examples import Example, examples
from reasoning.retrieval.train.fit import fit

__all__ = ["Example", "examples", "fit"]
