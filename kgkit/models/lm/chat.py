"""Models behind an endpoint that speaks the protocol of OpenAI's chat completions."""

from __future__ import annotations

import json
import os
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kgkit.errors import InputError
from kgkit.models.lm.base import Completion, Request
from kgkit.models.lm.failures import TransientError
from kgkit.models.lm.transport import open_client, post_json

if TYPE_CHECKING:
    import httpx2

__all__ = ["ChatLM", "open_chat"]

_DEFAULT_URL = "https://api.openai.com/v1"

#: How a schema is asked for.
_Format = Literal["json_schema", "json_object", "none"]
#: How it is asked for by those that do not take it so.
_SOFTER: dict[_Format, _Format] = {"json_schema": "json_object", "json_object": "none"}

#: What a schema for `response_format` may not hold in strict mode; the parser checks it anyway.
_UNSUPPORTED = ("maxLength", "minLength", "default", "title")


def open_chat(
    model: str,
    *,
    base_url: str = "",
    api_key: str = "",
    timeout: float = 120.0,
    concurrency: int = 8,
    count: Callable[[str], int] | None = None,
) -> ChatLM:
    """Return a model behind an endpoint.

    `base_url` and `api_key` default to OPENAI_BASE_URL and OPENAI_API_KEY; `timeout` is in
    seconds, for a whole reply; `count` returns the tokens of a text by the model's own
    tokenizer (default: four characters are one). Raises `InputError` where OpenAI's own address
    is meant and there is no key, and `MissingExtra` without httpx2.
    """
    base_url = base_url or os.environ.get("OPENAI_BASE_URL", "") or _DEFAULT_URL
    api_key = api_key or os.environ.get("OPENAI_API_KEY", "")
    if not api_key and base_url == _DEFAULT_URL:
        raise InputError(
            f"there is no key for 'openai:{model}'; set OPENAI_API_KEY, or OPENAI_BASE_URL to an "
            "endpoint of your own"
        )
    if not base_url.startswith(("http://", "https://")):
        raise InputError(f"{base_url!r} is no address; expected http://... or https://...")
    client = open_client(base_url.rstrip("/"), api_key, timeout)
    return ChatLM(model, client, timeout=timeout, concurrency=concurrency, count=count)


class ChatLM:
    """A model of an OpenAI-compatible endpoint (hosted, vLLM, llama.cpp, Ollama, ...).

    A schema goes as `response_format`. What a server does not take (a schema, `max_tokens`, a
    seed, a temperature) is learnt from its refusal and left out from then on.
    """

    batch = 1

    def __init__(
        self,
        model: str,
        client: httpx2.Client,
        *,
        timeout: float = 120.0,
        concurrency: int = 8,
        count: Callable[[str], int] | None = None,
    ) -> None:
        self.name = f"openai:{model}"
        self.concurrency = concurrency
        self._model = model
        self._client = client
        self._timeout = timeout
        self._count = count or _four_characters
        self._dialect = _Dialect()
        weakref.finalize(self, client.close)

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return the completion of each request; one that the endpoint refuses says why.

        Raises `TransientError` where asking again may help, else `CallError`.
        """
        return [self._complete(request) for request in requests]

    def count_tokens(self, request: Request) -> int:
        """Return the tokens of the messages, without what the endpoint puts around them."""
        return sum(self._count(message.content) for message in request.messages)

    def _complete(self, request: Request) -> Completion:
        began = time.perf_counter()
        while True:
            dialect = self._dialect
            body = dialect.body(self._model, request)
            status, answer = post_json(self._client, "/chat/completions", body, self._timeout)
            seconds = time.perf_counter() - began
            if status == 200:
                return self._read(request, answer, seconds)
            said = str(answer["message"])
            softer = dialect.without(said, body)
            if softer is None:
                note = f"status {status}: {said}"
                return Completion("", seconds=seconds, finish="refused", note=note)
            self._dialect = softer

    def _read(self, request: Request, answer: dict[str, object], seconds: float) -> Completion:
        match answer:
            case {"choices": [{"message": {**message}, **choice}, *_]}:
                pass
            case _:
                raise TransientError(f"the answer has no message: {json.dumps(answer)[:200]}")
        text = _joined(message.get("content"))
        refusal = message.get("refusal")
        reason = choice.get("finish_reason")
        if not text:
            note = str(refusal or f"an empty reply ({reason})")
            if reason != "length":
                return Completion("", seconds=seconds, finish="refused", note=note)
        read, written = _used(answer)
        return Completion(
            text,
            read if read is not None else self.count_tokens(request),
            written if written is not None else self._count(text),
            seconds,
            "length" if reason == "length" else "stop",
        )


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What an endpoint takes of the protocol."""

    length: str = "max_tokens"
    format: _Format = "json_schema"
    dropped: frozenset[str] = frozenset()

    def body(self, model: str, request: Request) -> dict[str, object]:
        """Return what is sent for a request."""
        body: dict[str, object] = {
            "model": model,
            "messages": [{"role": m.role, "content": m.content} for m in request.messages],
            self.length: request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
        }
        if request.stop:
            body["stop"] = list(request.stop)
        if request.schema and self.format == "json_schema":
            schema = _strict(json.loads(request.schema))
            named = {"name": "reply", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif request.schema and self.format == "json_object":
            body["response_format"] = {"type": "json_object"}
        return {key: value for key, value in body.items() if key not in self.dropped}

    def without(self, said: str, body: dict[str, object]) -> _Dialect | None:
        """Return the dialect without what a refusal names, or None where it names nothing."""
        said = said.lower()
        if "response_format" in body and any(
            word in said for word in ("response_format", "json_schema", "json_object", "schema")
        ):
            return replace(self, format=_SOFTER[self.format])
        if self.length == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, length="max_completion_tokens")
        for key in ("seed", "temperature", "stop"):
            if key in body and key in said:
                return replace(self, dropped=self.dropped | {key})
        return None


def _strict(schema: object) -> object:
    """Return a schema without the words that strict mode does not know."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: v for k, v in schema.items() if k not in _UNSUPPORTED}
    # The keys of `properties` are names, whatever they say.
    return {
        k: {name: _strict(each) for name, each in v.items()} if k == "properties" else _strict(v)
        for k, v in kept.items()
    }


def _joined(content: object) -> str:
    """Return a message's content, which some servers give in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _used(answer: dict[str, object]) -> tuple[int | None, int | None]:
    match answer.get("usage"):
        case {"prompt_tokens": int(read), "completion_tokens": int(written)}:
            return read, written
    return None, None


def _four_characters(text: str) -> int:
    return -(-len(text) // 4)
