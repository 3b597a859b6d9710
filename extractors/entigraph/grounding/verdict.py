"""What is found of one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Outcome", "Verdict"]

#: "supported": all that it claims is known; "false": something it claims is not; "empty": it
#: claims nothing, as a heading; "unread": what it claims could not be told.
Outcome = Literal["supported", "false", "empty", "unread"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence, what is found of it, and how many claims were held against the graph.

    `why` names the claim that failed.
    """

    sentence: str
    outcome: Outcome
    claims: int = 0
    why: str = ""
