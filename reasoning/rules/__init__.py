"""Rules: what follows from the facts of a graph, with the premises of every conclusion."""

from __future__ import annotations

from reasoning.rules.conclude import conclude
from reasoning.rules.concluded import with_conclusions
from reasoning.rules.derive import derive_by, rules_for
from reasoning.rules.layered import Grounds
from reasoning.rules.rule import Rule, parse_rules
from reasoning.rules.strata import strata

__all__ = [
    "Grounds",
    "Rule",
    "conclude",
    "derive_by",
    "parse_rules",
    "rules_for",
    "strata",
    "with_conclusions",
]
