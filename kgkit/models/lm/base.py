"""What a language model is to kgkit: requests in, completions out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from kgkit.errors import InputError
from kgkit.ids import content_id

__all__ = ["Completion", "Finish", "LanguageModel", "Message", "Request", "Role"]

#: Who speaks in a message.
Role = Literal["system", "user", "assistant"]

#: Why a reply ended: by itself, at `max_tokens`, or because the provider would not give one.
Finish = Literal["stop", "length", "refused"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """A conversation to go on with, and how.

    `schema` is a JSON schema as canonical JSON text, "" for free text: the reply is constrained
    to it where the model can be. `temperature` 0 is greedy. `about` is the id of the document
    that the messages quote, "" for none: a kept reply is erased with that document. It is no
    part of what is asked, so neither of equality nor of `key`.

    >>> Request.of("Name a city.", max_tokens=5).messages[0].content
    'Name a city.'
    """

    messages: tuple[Message, ...]
    schema: str = ""
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    about: str = field(default="", compare=False)

    @classmethod
    def of(
        cls,
        prompt: str,
        *,
        system: str = "",
        schema: Mapping[str, object] | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Request:
        """Return the request that asks one prompt, under a system message if there is one.

        Raises `InputError` for `max_tokens` below 1 or a negative temperature.
        """
        if max_tokens < 1 or temperature < 0:
            raise InputError(
                f"max_tokens={max_tokens}, temperature={temperature} cannot be asked; give at "
                "least one token and a temperature of 0 (greedy) or more"
            )
        head = (Message("system", system),) if system else ()
        text = json.dumps(schema, sort_keys=True, ensure_ascii=False) if schema else ""
        messages = (*head, Message("user", prompt))
        return cls(messages, text, max_tokens, temperature, seed)

    @property
    def text(self) -> str:
        """The messages as one text, for models that know no turns and for counting."""
        return "\n\n".join(message.content for message in self.messages)

    def key(self, model: str) -> str:
        """Return the content hash of everything that shapes this model's reply."""
        turns = [[message.role, message.content] for message in self.messages]
        how = [self.schema, self.max_tokens, self.temperature, self.seed, list(self.stop)]
        return content_id("call", model, turns, how)


@dataclass(frozen=True, slots=True)
class Completion:
    """A reply: its text, tokens read and written, seconds taken, and why it ended.

    `note` says why where `finish` is "refused"; `cached` tells that it was kept from an earlier
    call, so that it cost nothing now.
    """

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    finish: Finish = "stop"
    note: str = ""
    cached: bool = False


@runtime_checkable
class LanguageModel(Protocol):
    """Whatever completes text. Several threads may ask at once."""

    @property
    def name(self) -> str:
        """What tells this model from others, "openai:gpt-x": part of evidence and cache keys."""

    @property
    def batch(self) -> int:
        """How many requests it answers in one go."""

    @property
    def concurrency(self) -> int:
        """How many batches it gains from being given at once."""

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return the completion of each request, in order.

        Raises a `CallError` (`kgkit.models.lm.failures`) when one could not be had.
        """

    def count_tokens(self, request: Request) -> int:
        """Return how many tokens the request's messages are, as this model is billed."""
