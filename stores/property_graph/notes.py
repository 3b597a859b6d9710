"""Notes on a query that ran and yet names what the graph does not have.

In Cypher an unknown label is no error, it matches nothing. An honest answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from stores.base import GraphSummary

__all__ = ["notes_on"]

_SKIPPED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_NAME = r"(?:`[^`]+`|\w+)"
_NODE = re.compile(rf"\(\s*{_NAME}?\s*:\s*({_NAME}(?:\s*[:&|]\s*{_NAME})*)")
_EDGE = re.compile(rf"\[\s*{_NAME}?\s*:\s*({_NAME}(?:\s*\|\s*:?\s*{_NAME})*)")
_BOUND = re.compile(rf"[(\[]\s*({_NAME})\s*[:)\]{{]")
_ACCESS = re.compile(rf"\b(\w+)\.({_NAME})(?!\s*[(.\w])")
_MAP = re.compile(r"(?<!\w)[(\[][^()\[\]{}]*\{([^{}]*)\}")
_KEY = re.compile(rf"(?:^|,)\s*({_NAME})\s*:")
#: The similarity from 0 to 100 at which a known name is taken to be meant.
_ALIKE = 70


def notes_on(text: str, summary: GraphSummary) -> tuple[str, ...]:
    """Return a sentence for each label, relationship type and property that the graph lacks."""
    plain = _SKIPPED.sub("''", text)
    labels = {name for found in _NODE.findall(plain) for name in _names(found)}
    types = {name for found in _EDGE.findall(plain) for name in _names(found)}
    bound = {_bare(name) for name in _BOUND.findall(plain)}
    keys = {_bare(name) for owner, name in _ACCESS.findall(plain) if owner in bound}
    keys |= {_bare(key) for found in _MAP.findall(plain) for key in _KEY.findall(found)}
    return (
        *_unknown(labels, sorted(summary.labels), "label", ":"),
        *_unknown(types, sorted(summary.relationships), "relationship type", ":"),
        *_unknown(keys, sorted(summary.properties), "property", "."),
    )


def _unknown(names: Collection[str], known: Sequence[str], kind: str, mark: str) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        if f"{name}_" in known:
            yield f"the graph has no {kind} {mark}{name}; facts of that name are {mark}{name}_"
        else:
            meant = _nearest(name, known)
            hint = f"; did you mean {mark}{meant}?" if meant else ""
            yield f"the graph has no {kind} {mark}{name}{hint}"


def _nearest(name: str, known: Sequence[str]) -> str | None:
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE
    )
    return None if found is None else str(found[0])


def _names(expression: str) -> list[str]:
    return [_bare(name) for name in re.findall(_NAME, expression)]


def _bare(name: str) -> str:
    return name.strip("`")
