"""Citations that are proved: a quote is shown only where it says what is claimed."""

from __future__ import annotations

from reasoning.citations.check import check
from reasoning.citations.verdict import Fault, Verdict

__all__ = ["Fault", "Verdict", "check"]
