"""Graph stores that are asked in Cypher as sources of an import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.property_graph import node_facts, relationship_facts
from kgkit.errors import StoreError
from kgkit.facts import Fact
from stores.base import Ability, GraphStore

__all__ = ["from_store", "records_of"]

#: Records that are asked of a store at a time; each time the store goes through all it has.
_PAGE = 10_000


def from_store(
    store: GraphStore,
    *,
    source: str = "graph",
    refused: Callable[[RefusedRow], object] | None = None,
    page: int = _PAGE,
) -> Iterator[Fact]:
    """Yield the facts of every node and relationship of a store that is asked in Cypher.

    In a graph that kgkit wrote these are its entities and the edges between them; texts and
    statements are left out. In any other, a node is identified by the property id, uri, iri, key
    or uuid together with its label, else by its name. `source` is what the evidence names;
    `refused` is called with what no fact can hold. No more than `page` records are held at a
    time. Raises `StoreError` for a store without Cypher.
    """
    for item in records_of(store, source, page):
        if isinstance(item, Fact):
            yield item
        elif isinstance(item, RefusedRow) and refused is not None:
            refused(item)


def records_of(store: GraphStore, source: str, page: int = _PAGE) -> Iterator[Imported]:
    """Yield what `from_store` yields, and what no fact can hold as refused rows, as they come.

    Raises `StoreError` for a store without Cypher.
    """
    if Ability.CYPHER not in store.abilities:
        raise StoreError("the store is not asked in Cypher; import it from a file that it exports")
    summary = store.describe()
    own = "Entity" in summary.labels and {"id", "name", "type"} <= set(summary.properties)
    own = own and _is_own(store)
    label = ":Entity" if own else ""
    for row in _paged(store, f"MATCH (n{label})", ("n", "n"), page):
        yield from node_facts(row["n"], source, own=own)
    for row in _paged(store, f"MATCH (a{label})-[r]->(b{label})", ("r", "a, r, b"), page):
        yield from relationship_facts((row["a"], row["b"]), row["r"], source, own=own)


def _is_own(store: GraphStore) -> bool:
    """Whether every node that is called an entity has what kgkit gives one."""
    others = "MATCH (n:Entity) WHERE n.id IS NULL OR n.name IS NULL OR n.type IS NULL RETURN n"
    return not store.query(others, limit=1)


def _paged(
    store: GraphStore, match: str, names: tuple[str, str], page: int
) -> Iterator[dict[str, Any]]:
    by, shown = names
    # The engine's own ids are the one order that every graph has; they are used for nothing else.
    # They are compared behind a WITH: the embedded engine finds nothing for WHERE id(n) > -1.
    after = -1
    while True:
        rows = store.query(
            f"{match} WITH id({by}) AS place, {shown} WHERE place > $after "
            f"RETURN place, {shown} ORDER BY place LIMIT {page}",
            {"after": after},
        )
        yield from rows
        if len(rows) < page:
            return
        after = rows[-1]["place"]
