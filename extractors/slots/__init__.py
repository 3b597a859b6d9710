"""Slots: what a schema wants to know of an entity, asked for in one question each.

`empty_slots` says which values are wanted, `make_question` how to ask for one, `passage_about`
what the reader is shown, `fact_of` and `chosen` what becomes of its answers. A `SpanReader` finds
the answer in a passage, or that there is none (object prediction after Levy et al. 2017).
"""

from extractors.slots.base import Calibrated, Span, SpanReader
from extractors.slots.candidates import Source, chosen, fact_of, may_answer
from extractors.slots.passages import Passage, bare_name, passage_about
from extractors.slots.questions import make_question
from extractors.slots.registry import load_span_reader
from extractors.slots.wanted import Slot, empty_slots

__all__ = [
    "Calibrated",
    "Passage",
    "Slot",
    "Source",
    "Span",
    "SpanReader",
    "bare_name",
    "chosen",
    "empty_slots",
    "fact_of",
    "load_span_reader",
    "make_question",
    "may_answer",
    "passage_about",
]
