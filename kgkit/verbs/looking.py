"""The verbs that look at a graph as a whole: its size, its quality, all of its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from kgkit.facts import Fact
    from kgkit.graph import KnowledgeGraph
    from kgkit.report import QualityReport
    from kgkit.schema import Schema
    from stores.ledger import ImportRecord

__all__ = ["export", "facts", "imports", "quality", "stats", "to_networkx"]


def stats(kg: KnowledgeGraph) -> dict[str, int]:
    """Return how many documents, chunks, mentions, entities, facts and evidence there are."""
    kg.projections.conclude()
    return kg.ledger.counts()


def imports(kg: KnowledgeGraph) -> list[ImportRecord]:
    """Return the sources that were imported, with how much of each is in the graph."""
    return kg.ledger.imports()


def quality(
    kg: KnowledgeGraph,
    *,
    schema: Schema | None = None,
    single_valued: Collection[str] = (),
    top: int = 10,
) -> QualityReport:
    """Return what the graph holds, how sure it is and what looks wrong.

    Relations that are `single_valued` or of the `schema` are checked for conflicts; lists
    have at most `top` rows.
    """
    from kgkit.quality import assess

    kg.projections.conclude()
    return assess(kg.ledger, schema=schema, single_valued=single_valued, top=top)


def facts(kg: KnowledgeGraph) -> Iterator[Fact]:
    """Yield every fact with its evidence, denied and hedged ones too, in order of id."""
    kg.projections.conclude()
    return kg.ledger.facts()


def export(kg: KnowledgeGraph) -> Iterator[str]:
    """Yield the live records as canonical JSON lines; the same records give the same lines."""
    kg.projections.conclude()
    return kg.ledger.export()


def to_networkx(kg: KnowledgeGraph) -> networkx.MultiDiGraph[str]:
    """Return entities as nodes and asserted facts between them as edges keyed by fact id."""
    from stores.networks import to_networkx

    kg.projections.conclude()
    return to_networkx(kg.ledger.entities(), kg.ledger.facts())
