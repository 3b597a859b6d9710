"""A language model whose replies are written beforehand, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from kgkit.errors import InputError
from kgkit.models.lm.base import Completion, Request

__all__ = ["FakeLM"]


class FakeLM:
    """Replies from a script, by what a prompt contains, or by a function; no network, no weights.

    - A sequence of texts is given out in order, one a request.
    - A mapping gives the reply whose key the messages contain: the longest key that fits, and
      "" fits any. This one does not depend on the order that threads ask in.
    - A function (request) -> text gives any.

    `requests` lists what was asked. A token is four characters, rounded up. Raises `InputError`
    when the script is at its end or no key fits, since a test that asks for more is wrong.

    >>> model = FakeLM({"capital of France": "Paris", "": "I do not know."})
    >>> model.complete([Request.of("The capital of France?")])[0].text
    'Paris'
    """

    batch = 1
    concurrency = 1

    def __init__(
        self,
        replies: Sequence[str] | Mapping[str, str] | Callable[[Request], str],
        *,
        name: str = "fake",
    ) -> None:
        self.name = name
        self.requests: list[Request] = []
        self._lock = Lock()
        self._reply = replies if callable(replies) else self._written(replies)

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return the reply to each request, cut at its `max_tokens`."""
        return [self._complete(request) for request in requests]

    def count_tokens(self, request: Request) -> int:
        """Return a quarter of the characters of the messages, rounded up."""
        return _tokens(request.text)

    def _complete(self, request: Request) -> Completion:
        with self._lock:
            self.requests.append(request)
            text = self._reply(request)
        read = self.count_tokens(request)
        if _tokens(text) > request.max_tokens:
            text = text[: 4 * request.max_tokens]
            return Completion(text, read, request.max_tokens, finish="length")
        return Completion(text, read, _tokens(text))

    def _written(self, replies: Sequence[str] | Mapping[str, str]) -> Callable[[Request], str]:
        if isinstance(replies, Mapping):
            return lambda request: _fitting(replies, request.text)
        script = list(replies)

        def next_reply(_: Request) -> str:
            if len(self.requests) > len(script):
                raise InputError(
                    f"the script has {len(script)} replies and one more was asked; add a reply, "
                    "or look why the code asks again"
                )
            return script[len(self.requests) - 1]

        return next_reply


def _fitting(replies: Mapping[str, str], prompt: str) -> str:
    fits = [key for key in replies if key in prompt]
    if not fits:
        raise InputError(
            f"no reply fits the prompt {prompt[-80:]!r}; add a key that it contains, or '' for any"
        )
    return replies[max(fits, key=lambda key: (len(key), key))]


def _tokens(text: str) -> int:
    return -(-len(text) // 4)
