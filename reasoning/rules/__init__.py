"""Rules: what follows from the facts of a graph, with the premises of every conclusion."""

from __future__ import annotations

from reasoning.rules.conclude import conclude
from reasoning.rules.rule import Rule, parse_rules
from reasoning.rules.strata import strata

__all__ = ["Rule", "conclude", "parse_rules", "strata"]
