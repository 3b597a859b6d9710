"""The list of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from kgkit import __version__
from kgkit.cli.aligning import align, merges
from kgkit.cli.asking import ask, query
from kgkit.cli.building import build, rebuild, remove
from kgkit.cli.deciding import apart, assert_, decisions, merge, reject, split, withdraw
from kgkit.cli.filling import fill
from kgkit.cli.finding import retrieve, themes
from kgkit.cli.harvesting import harvest, harvests
from kgkit.cli.importing import import_
from kgkit.cli.keeping import copy, doctor, export, reindex
from kgkit.cli.looking import imports, quality, stats
from kgkit.cli.programs import deduce, run
from kgkit.cli.synthesising import synthesise
from kgkit.cli.tour import quickstart
from kgkit.cli.training import complete, predict, train

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kgkit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """From texts to a knowledge graph that answers with citations."""


_ASKING = (
    quickstart,
    build,
    ask,
    retrieve,
    themes,
    query,
    run,
    deduce,
    stats,
    quality,
    imports,
    export,
)
_LEARNING = (harvest, harvests, train, predict, complete, synthesise)
_KEEPING = (fill, remove, rebuild, reindex, copy, doctor)
_DECIDING = (align, merges, merge, apart, split, reject, withdraw, decisions)

for _command in (*_ASKING, *_LEARNING, *_KEEPING, *_DECIDING):
    app.command()(_command)
app.command("import")(import_)
app.command("assert")(assert_)
