"""The RDF store: its engine's own bulk loader, and our projection."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.loading.figures import Figures, batches, hops, load, timed, upserts
from kgkit.facts import Entity
from stores.rdf import RdfGraph, export_rdf
from stores.rows import Rows

__all__ = ["around", "rdf", "rdf_raw"]


def rdf_raw(count: int, folder: Path) -> Figures:
    """Load a file of the same triples, which is made before, with the engine's own bulk loader."""
    from pyoxigraph import Store

    file = folder / "triples.nt"
    export_rdf((fact for batch in batches(count) for fact in batch.facts), file)
    store = Store(str(folder / "raw"))
    seconds = timed(partial(store.bulk_load, path=file))
    found = {"seconds": seconds, "triples": len(store)}
    # Beside the database on the disk it would count twice.
    file.unlink()
    return found


def rdf(count: int, folder: Path) -> Figures:
    """Project ready batches, without the cost of the ledger."""
    ready = list(batches(count))
    with RdfGraph.open(folder / "graph") as graph:
        found = load(graph, ready)
        found["triples"] = sum(1 for _ in graph.quads())
        found |= hops(partial(around, graph), count)
        return found | upserts(graph.apply, ready[-1].upto)


def around(graph: RdfGraph, steps: int, id: str) -> Rows:
    """Count in SPARQL what is that many steps away."""
    nodes = ["$start", *(f"?n{step}" for step in range(1, steps)), "?b"]
    walk = " . ".join(
        f"{one} ?p{step} {other}" for step, (one, other) in enumerate(pairwise(nodes))
    )
    text = f"SELECT (COUNT(DISTINCT ?b) AS ?n) {{ {walk} . ?b a kg:Entity }}"
    return graph.query(text, {"start": Entity(id, "")})
