"""Documents and replies that the tests write themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from extractors.chunks import split
from extractors.llm import LMExtractor, Reading
from kgkit.facts import Document
from kgkit.models.lm import FakeLM
from kgkit.schema import Schema

TEXT = (
    "Marie Curie was born in Warsaw on 7 November 1867. She married Pierre Curie in Paris. "
    "Pierre never visited Berlin."
)
BORN: Mapping[str, object] = {
    "head": "Marie Curie",
    "relation": "BORN_IN",
    "tail": "Warsaw",
    "sentence": 1,
}


def reply(*facts: Mapping[str, object], entities: Sequence[tuple[str, str]] = ()) -> str:
    """Return a well-formed reply."""
    names = [{"name": name, "type": kind} for name, kind in entities]
    return json.dumps({"entities": names, "facts": list(facts)})


def read(
    said: str, text: str = TEXT, *, title: str = "", schema: Schema | str | None = None
) -> Reading:
    """Return what is read of a one-chunk text when the model says this."""
    document = Document("notes/a.txt", text, title)
    extractor = LMExtractor(FakeLM({"": said}), schema=schema)
    return extractor.read(document, split(document, max_chars=100_000))


def told(reading: Reading) -> list[str]:
    """Return the facts as text, sorted."""
    return sorted(str(fact) for fact in reading.extraction.facts)
