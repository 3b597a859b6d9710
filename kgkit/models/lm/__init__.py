"""Language models that write: one contract, and what makes calling them safe and countable."""

from kgkit.models.lm.base import Completion, LanguageModel, Message, Request
from kgkit.models.lm.cache import CallCache, MemoryCache
from kgkit.models.lm.failures import BudgetError, CallError, TransientError
from kgkit.models.lm.fake import FakeLM
from kgkit.models.lm.metered import MeteredLM
from kgkit.models.lm.pacing import Pace
from kgkit.models.lm.recording import Recording
from kgkit.models.lm.registry import lm
from kgkit.models.lm.spending import Budget, Estimate, Price, Usage

__all__ = [
    "Budget",
    "BudgetError",
    "CallCache",
    "CallError",
    "Completion",
    "Estimate",
    "FakeLM",
    "LanguageModel",
    "MemoryCache",
    "Message",
    "MeteredLM",
    "Pace",
    "Price",
    "Recording",
    "Request",
    "TransientError",
    "Usage",
    "lm",
]
