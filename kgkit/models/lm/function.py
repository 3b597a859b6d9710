"""Any function from text to text as a language model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock

from kgkit.models.lm.base import Completion, Request
from kgkit.models.lm.failures import CallError

__all__ = ["FunctionLM"]


class FunctionLM:
    """A function prompt -> reply as a `LanguageModel`; it is called by one thread at a time.

    The prompt is all messages joined by blank lines. A schema is not enforced and `max_tokens`
    is not passed on; tokens are taken to be four characters. `name` should change whenever the
    function's replies do, since replies are cached under it.

    >>> FunctionLM(str.upper).complete([Request.of("say it")])[0].text
    'SAY IT'
    """

    batch = 1
    concurrency = 1

    def __init__(self, function: Callable[[str], str], *, name: str = "") -> None:
        self.name = name or f"function:{getattr(function, '__qualname__', 'reply')}"
        self._function = function
        self._lock = Lock()

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return what the function says to each request.

        Raises `CallError` for a reply that is no text; what the function raises comes through.
        """
        return [self._complete(request) for request in requests]

    def count_tokens(self, request: Request) -> int:
        """Return a quarter of the characters of the messages, rounded up."""
        return -(-len(request.text) // 4)

    def _complete(self, request: Request) -> Completion:
        began = time.perf_counter()
        with self._lock:
            text: object = self._function(request.text)
        if not isinstance(text, str):
            raise CallError(
                f"{self.name} returned a {type(text).__name__}; expected the reply as a str"
            )
        seconds = time.perf_counter() - began
        return Completion(text, self.count_tokens(request), -(-len(text) // 4), seconds)
