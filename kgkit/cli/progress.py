"""Progress on standard error: a bar with rate and time left for each stage of a build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kgkit.report import Progress, ProgressEvent

__all__ = ["progress_bar"]

_VERBS = {"read": "Reading", "extract": "Extracting", "project": "Indexing"}


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """Give a progress callback that draws bars, or None where nobody would see them."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        """Items a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", style="dim", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    tasks = {}

    def show(event: ProgressEvent) -> None:
        if event.stage not in tasks:
            tasks[event.stage] = bars.add_task(_VERBS[event.stage], total=event.total, item="")
        item = event.item[-30:]
        bars.update(tasks[event.stage], completed=event.done, total=event.total, item=item)

    with bars:
        yield show
