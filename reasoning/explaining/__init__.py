"""Explaining an answer: a table of its steps, and pictures of its plan and its evidence."""

from __future__ import annotations

from reasoning.explaining.explanation import Explanation, explain
from reasoning.explaining.picture import Arrow, Node, Picture

__all__ = ["Arrow", "Explanation", "Node", "Picture", "explain"]
