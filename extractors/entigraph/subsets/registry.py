"""The strategies by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from extractors.entigraph.subsets.combining import pairs, triplets
from extractors.entigraph.subsets.neighbouring import neighbours, peers
from extractors.entigraph.subsets.ordering import entities, facts, long_tail
from extractors.entigraph.subsets.subset import Subset
from extractors.entigraph.subsets.walking import paths, waypoints
from extractors.entigraph.view import FactIndex
from kgkit.errors import InputError

__all__ = ["SOURCES", "Source", "open_source"]

#: A strategy: index, entities of each document by its id, seed -> subsets, each once.
Source = Callable[[FactIndex, Mapping[str, tuple[str, ...]], str], Iterator[Subset]]

#: The built-in strategies.
SOURCES: Mapping[str, Source] = {
    "entities": entities,
    "facts": facts,
    "long_tail": long_tail,
    "neighbours": neighbours,
    "pairs": pairs,
    "paths": paths,
    "peers": peers,
    "triplets": triplets,
    "waypoints": waypoints,
}


def open_source(source: str | Source) -> Source:
    """Return a strategy by name, or the one given. Raises `InputError` for an unknown name.

    `extractors.entigraph.subsets.ordering.unknown_first` makes one of a trainee's scores.
    """
    if not isinstance(source, str):
        return source
    if source not in SOURCES:
        raise InputError(
            f"{source!r} is no source of subsets; expected one of {', '.join(SOURCES)}"
        )
    return SOURCES[source]
