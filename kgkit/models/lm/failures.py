"""What goes wrong with calls of a language model::

ModelError
└── CallError             a model gave no reply
    ├── TransientError    but may give one if asked again (overload, time-out, half a reply)
    └── BudgetError       since the budget would not hold: what was done is kept
"""

from __future__ import annotations

from kgkit.errors import ModelError

__all__ = ["BudgetError", "CallError", "TransientError"]


class CallError(ModelError):
    """A language model gave no reply."""


class TransientError(CallError):
    """A language model gave no reply now, but may if asked again in `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BudgetError(CallError):
    """A call was not made because it could have gone over the budget; earlier ones are kept."""
