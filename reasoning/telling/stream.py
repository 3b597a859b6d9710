"""Asking as an iterator of events."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread

from reasoning.answers.answer import Answer
from reasoning.telling.events import Answered, Event, events_of

__all__ = ["stream"]


def stream(ask: Callable[..., Answer], question: str, **options: object) -> Iterator[Event]:
    """Yield what happens while a question is answered; the last event is `Answered`.

    Where `ask` takes `tell=`, it runs in a thread and its events come as they happen; else they
    come together when the answer is there. What `ask` raises is raised here. Whoever stops
    listening early does not stop the asking.

    >>> [type(event).__name__ for event in stream(lambda q: Answer(q, "42"), "How many?")]
    ['Planned', 'Answered']
    """
    if not _tells(ask):
        yield from events_of(ask(question, **options))
        return
    said: SimpleQueue[Event | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            said.put(Answered(ask(question, tell=said.put, **options)))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            said.put(error)

    Thread(target=run, name="kgkit-ask", daemon=True).start()
    told: list[Event] = []
    while True:
        event = said.get()
        if isinstance(event, BaseException):
            raise event
        if isinstance(event, Answered):
            break
        told.append(event)
        yield event
    yield from (rest for rest in events_of(event.answer) if rest not in told)


def _tells(ask: Callable[..., Answer]) -> bool:
    try:
        return "tell" in inspect.signature(ask).parameters
    except (TypeError, ValueError):  # some callables have no signature
        return False
