"""Which reader a name means: through the entry points `kgkit.span_readers`.

A package adds a reader by an entry point of that group, named as it is chosen, that loads a
function or class which gives a `SpanReader`, called with the model where the name is followed by
one ("qa:FOLDER") and without arguments otherwise. The built-in one is listed in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from typing import cast

from extractors.slots.base import Span, SpanReader
from extractors.slots.confidence import load_confidence
from kgkit.errors import InputError

__all__ = ["GROUP", "FunctionReader", "load_span_reader", "open_mini_reader"]

#: The entry-point group of readers.
GROUP = "kgkit.span_readers"


class FunctionReader:
    """A function (question, text) -> span or None, as a reader that is named after it."""

    version = "1"

    def __init__(self, function: Callable[[str, str], object], name: str = "") -> None:
        self._function = function
        self.name = name or getattr(function, "__name__", "function").strip("<>")

    def read_all(self, questions: Sequence[tuple[str, str]]) -> Sequence[Span | None]:
        """Return what the function says of each."""
        return [cast("Span | None", self._function(*each)) for each in questions]


def load_span_reader(spec: str | SpanReader | Callable[[str, str], object]) -> SpanReader:
    """Return the reader of a name, "NAME" or "NAME:MODEL", the instance, or the function as one.

    Raises `InputError` for a name that no installed package offers, and for what cannot read.
    """
    if not isinstance(spec, str):
        if hasattr(spec, "read_all"):
            return cast("SpanReader", spec)
        if callable(spec):
            return FunctionReader(spec)
        raise InputError(
            f"{spec!r} is no reader; give a name, an object with `read_all`, or a function of "
            "question and text"
        )
    name, _, model = spec.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no reader is named {name!r}; installed are {', '.join(sorted(known)) or 'none'}."
        )
    factory = known[name].load()
    reader: SpanReader = factory(model) if model else factory()
    return reader


def open_mini_reader() -> SpanReader:
    """Return the built-in reader, whose facts are marked "reader/1".

    Raises `ModelError` where its weights are missing or damaged.
    """
    from extractors.mini.reading.load import load_reader

    return _Mini(load_reader().read_all)


class _Mini:
    """The built-in reader under its name, with how sure its answers are in slots."""

    name = "reader"
    version = "1"

    def __init__(
        self, read_all: Callable[[Sequence[tuple[str, str]]], Sequence[Span | None]]
    ) -> None:
        self.read_all = read_all
        self.confidence = load_confidence()
