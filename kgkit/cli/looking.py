"""Commands that look at a graph: stats, quality, imports."""

from __future__ import annotations

from dataclasses import asdict

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table

__all__ = ["imports", "quality", "stats"]


@placed
def stats(graph: Graph, as_json: AsJson = False) -> None:
    """Show how much the graph holds."""
    with existing(graph) as kg:
        figures = kg.stats()
    if as_json:
        write_json(figures)
    else:
        write_table(["what", "count"], [{"what": k, "count": v} for k, v in figures.items()])


@placed
def quality(graph: Graph, as_json: AsJson = False) -> None:
    """Say how sure the graph is and what looks wrong in it."""
    with existing(graph) as kg:
        report = kg.quality()
    if as_json:
        write_json(report.to_dict())
    else:
        write(str(report))


@placed
def imports(graph: Graph, as_json: AsJson = False) -> None:
    """List the sources that were imported, and how much rests on each."""
    with existing(graph) as kg:
        found = [asdict(record) for record in kg.imports()]
    if as_json:
        write_json(found)
    else:
        write_table(["source", "documents", "facts"], found)
