"""The quickstart command: a first graph and its answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson
from kgkit.cli.output import write, write_json
from kgkit.cli.progress import progress_bar

if TYPE_CHECKING:
    from kgkit.quickstart import Tour

__all__ = ["quickstart"]


def quickstart(
    path: Annotated[str, typer.Option(help="Where to build the graph.")] = "quickstart.kg",
    as_json: AsJson = False,
) -> None:
    """Build the graph that comes with kgkit and ask it.

    Short documents on the early history of radioactivity, and questions that need them.
    """
    from kgkit import quickstart as first

    with progress_bar() as progress:
        tour = first.run(path, progress=progress)
    if as_json:
        answers = [asdict(answer) for answer in tour.answers]
        report = tour.report.to_dict()
        write_json({"path": path, "report": report, "stats": tour.stats, "answers": answers})
    else:
        _show(tour)


def _show(tour: Tour) -> None:
    write(f"{tour.path}: {tour.report}")
    write(", ".join(f"{name} {count}" for name, count in tour.stats.items()))
    for answer in tour.answers:
        write(f"\n? {answer.question}")
        write("  " + str(answer).replace("\n", "\n  "))
    write(f"""
Try next:
  kgkit ask {tour.path} "Where did Harriet Brooks study?"
  kgkit query {tour.path} "MATCH (p:Person)-[r]->(q:Person) RETURN p.name, type(r), q.name LIMIT 9"
  kgkit remove {tour.path} neutron.md        and ask again where its discoverer was born
  kgkit build my.kg my-notes/                and ask questions of your own""")
