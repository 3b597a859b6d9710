"""The command that writes texts which teach a model what a graph knows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json

if TYPE_CHECKING:
    from extractors.entigraph import Corpus

__all__ = ["synthesise"]


@placed
def synthesise(  # noqa: PLR0913 - the options of a command are its parameters
    graph: Graph,
    out: Annotated[
        Path, typer.Argument(metavar="FILE", help="NAME.jsonl, NAME.chat.jsonl or NAME.txt.")
    ] = Path("corpus.jsonl"),
    tokens: Annotated[int, typer.Option(help="About how long the corpus is to be.")] = 100_000,
    lm: Annotated[
        str | None, typer.Option(help="The model that writes, as openai:MODEL; none: templates.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same corpus.")] = 0,
    coverage: Annotated[
        float | None, typer.Option(help="End once this share of pairs is covered, 0 to 1.")
    ] = None,
    calls: Annotated[int | None, typer.Option(help="At most so many calls of the model.")] = None,
    near: Annotated[
        float | None, typer.Option(help="Leave out texts this similar to an earlier one, 0.9 say.")
    ] = None,
    validation: Annotated[
        float | None, typer.Option(help="Keep the texts of this share of documents apart.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="Write a description here, Markdown.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would take and cover.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write texts that teach a model what a graph knows, each with its sources."""
    from kgkit.models.lm import Budget
    from kgkit.models.lm.registry import lm as opened
    from kgkit.verbs import synthesising as verbs

    with existing(graph, read_only=lm is None) as kg:
        model = opened(lm, cache=kg.calls, budget=Budget(calls=calls)) if lm else None
        if dry_run:
            plan = verbs.plan_synthesis(kg, tokens=tokens, lm=model, seed=seed, coverage=coverage)
            write_json(asdict(plan)) if as_json else write(str(plan))
            return
        with _bar() as progress:
            corpus = verbs.synthesise(
                kg, tokens=tokens, lm=model, seed=seed, coverage=coverage, progress=progress
            )
    corpus = corpus if near is None else corpus.without_near_duplicates(near)
    files = _written(corpus, out, validation)
    if card is not None:
        card.write_text(corpus.card(), encoding="utf-8")
    if as_json:
        told = {"texts": len(corpus), "tokens": corpus.tokens, "forms": corpus.forms}
        told |= {"facts": round(100 * corpus.facts, 1), "coverage": round(100 * corpus.coverage, 1)}
        told |= {"rejected": corpus.reasons, "made_from": corpus.made_from, "files": files}
        write_json(told)
    else:
        write(str(corpus))
        write("\n".join(f"{count:,} texts in {name}" for name, count in files.items()))


def _written(corpus: Corpus, out: Path, validation: float | None) -> dict[str, int]:
    """Write the files and return how many texts each has."""
    if validation is None:
        return {str(corpus.write(out)): len(corpus)}
    from extractors.entigraph.writing import split_by_document, write_texts

    parted = split_by_document(corpus.texts, share=validation)
    name, _, suffix = out.name.partition(".")
    held = out.with_name(f"{name}.validation.{suffix}")
    write_texts(parted.train, out, names=corpus.names)
    write_texts(parted.validation, held, names=corpus.names)
    return {str(out): len(parted.train), str(held): len(parted.validation)}


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback that draws a bar on standard error, or None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("Writing", total=None)

        def show(made: int, wanted: int) -> None:
            bars.update(task, completed=made, total=wanted)

        yield show
