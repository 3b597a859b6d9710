"""Commands that look at a graph: stats and export."""

from __future__ import annotations

from kgkit.cli.arguments import AsJson, Graph, existing
from kgkit.cli.output import write, write_json, write_table

__all__ = ["export", "stats"]


def stats(graph: Graph, as_json: AsJson = False) -> None:
    """Show how much the graph holds."""
    with existing(graph) as kg:
        figures = kg.stats()
    if as_json:
        write_json(figures)
    else:
        write_table(["what", "count"], [{"what": k, "count": v} for k, v in figures.items()])


def export(graph: Graph, as_json: AsJson = False) -> None:
    """Write all live records as JSON lines.

    The same records give the same bytes. The export is JSON with or without --json.
    """
    with existing(graph) as kg:
        for line in kg.export():
            write(line)
