"""Prompts for a relation: made from its words and seeds, sorted out, and weighed on its seeds."""

from __future__ import annotations

from extractors.harvest.wording.making import make_prompts
from extractors.harvest.wording.weighing import weigh

__all__ = ["make_prompts", "weigh"]
