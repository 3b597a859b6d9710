"""How each store is opened and read in tests, and what it is known not to do.

A store that an installed package offers and that is not listed here fails the suite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec

from stores.base import Ability, GraphStore
from stores.registry import GROUP
from tests.conformance.content import Content
from tests.conformance.reading import read_cypher, read_memory, read_rdf, read_server
from tests.neo4j_server import MISSING, server_url

_ALL = Ability.CYPHER | Ability.WRITES | Ability.TIMEOUT | Ability.DURABLE


@dataclass(frozen=True, slots=True)
class Tested:
    """A store under test.

    `target` returns what to open, or None where the machine cannot (`missing` says why); `gaps`
    are the tests that it fails, by their name, each with the reason.
    """

    target: Callable[[], str | None]
    abilities: Ability
    read: Callable[[GraphStore], Content]
    missing: str = ""
    #: How the summary calls a label, a relation or a property ("label", "relation", "property").
    name: Callable[[str, str], str] = lambda kind, name: name
    gaps: Mapping[str, str] = field(default_factory=dict)


def installed() -> tuple[str, ...]:
    """Return the names of all stores that are installed."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def _engine() -> str | None:
    return "embedded" if find_spec("arcadedb_embedded") else None


def _server(scheme: str) -> str | None:
    url = server_url()
    return None if url is None else f"{scheme}://{url.partition('://')[2]}"


def _rdf_name(kind: str, name: str) -> str:
    if kind == "label":
        own = name in ("Entity", "Document", "Chunk")
        return f"kg:{name}" if own else f"type:{name}"
    return f"rel:{name.upper()}"


TESTED: Mapping[str, Tested] = {
    "bolt": Tested(lambda: _server("bolt"), _ALL, read_server, missing=MISSING),
    "embedded": Tested(
        _engine,
        _ALL,
        read_cypher,
        missing="the graph engine is not installed",
    ),
    "neo4j": Tested(lambda: _server("neo4j"), _ALL, read_server, missing=MISSING),
    "networkx": Tested(lambda: "networkx", Ability(0), read_memory),
    "rdf": Tested(
        lambda: "rdf",
        Ability.SPARQL | Ability.WRITES | Ability.DURABLE,
        read_rdf,
        name=_rdf_name,
    ),
}
