"""Telling: answers in a model's words with numbered evidence, and asking as a stream of events."""

from __future__ import annotations

from reasoning.telling.addressing import addresses_reader
from reasoning.telling.asking import ask_with_model
from reasoning.telling.events import Answered, Cited, Event, Planned, Stepped, Tell, events_of
from reasoning.telling.gathering import gather
from reasoning.telling.listening import telling_plans, telling_searches
from reasoning.telling.stream import stream
from reasoning.telling.tell import tell

__all__ = [
    "Answered",
    "Cited",
    "Event",
    "Planned",
    "Stepped",
    "Tell",
    "addresses_reader",
    "ask_with_model",
    "events_of",
    "gather",
    "stream",
    "tell",
    "telling_plans",
    "telling_searches",
]
