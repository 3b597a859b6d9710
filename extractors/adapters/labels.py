"""What a model that is asked by labels is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.schema import Schema

__all__ = ["Labels", "labels_of"]

#: What is looked for without a schema.
_DEFAULT = ("Person", "Organization", "Location", "Event", "Work", "Product")

_VALUES = {"gYear": "year", "gYearMonth": "month", "dateTime": "date", "quantity": "quantity"}


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of names, of values that relations end in, and of relations, with what they mean.

    Each is shown to the model as words and stands for a name of the schema.
    """

    types: dict[str, str]
    values: dict[str, str]
    relations: dict[str, str]
    meanings: dict[str, str]


def labels_of(schema: Schema | None, labels: Sequence[str]) -> Labels:
    """Return what to ask for: these labels, or those of the schema.

    >>> found = labels_of(Schema.parse("(Person)-[BORN_ON]->(date)"), ())
    >>> found.types, found.values, found.relations
    ({'Person': 'Person'}, {'date': 'date'}, {'born on': 'BORN_ON'})
    """
    if schema is None:
        return Labels({label: label for label in labels or _DEFAULT}, {}, {}, {})
    values = {p.tail for p in schema.patterns if p.is_property and p.tail not in _WORDLESS}
    words = {relation.replace("_", " ").lower(): relation for relation in schema.relations}
    shown = {name: word for word, name in words.items()}
    meanings = {shown.get(n, n): _meaning(text) for n, text in schema.descriptions.items()}
    return Labels(
        {name: name for name in schema.types},
        {_VALUES.get(name, name): name for name in sorted(values)},
        words,
        meanings,
    )


_WORDLESS = ("string", "boolean")


def _meaning(text: str) -> str:
    """Return a description without its example."""
    return text.partition("e.g.")[0].rstrip(" ,;(")
