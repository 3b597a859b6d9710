"""Commands that train a model of a graph and ask it what the graph lacks.

An `InputError` says what is wrong with names or settings; docstrings are the help texts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed
from kgkit.cli.output import write, write_json, write_table

if TYPE_CHECKING:
    from reasoning.embeddings.predicting import Prediction
    from reasoning.embeddings.training.curve import Epoch, Progress

__all__ = ["complete", "predict", "train"]

_Top = Annotated[int, typer.Option("--top", "-n", help="How many at most.")]
_About = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Ask about this entity only.")
]


@placed
def train(
    graph: Graph,
    model: Annotated[str, typer.Option(help="complex, distmult, rotate, transe, ...")] = "complex",
    negatives: Annotated[
        str | None, typer.Option(help="all, uniform, lemon, ...; chosen by size without it.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="At most so many.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 0,
    resume: Annotated[
        bool, typer.Option("--resume/--anew", help="Go on where it was interrupted.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Train a model of the graph's links and keep it beside the graph."""
    from kgkit.verbs.training import train as trained

    settings: dict[str, Any] = {} if epochs is None else {"epochs": epochs}
    with existing(graph, read_only=False) as kg, _curve() as progress:
        made = trained(
            kg, model, negatives, seed=seed, resume=resume, progress=progress, **settings
        )
    if as_json:
        write_json(asdict(made.card))
    else:
        write(str(made.card))


@placed
def predict(
    graph: Graph,
    head: Annotated[str | None, typer.Option(metavar="NAME", help="Where the link begins.")] = None,
    relation: Annotated[str | None, typer.Option(help="The relation.")] = None,
    tail: Annotated[str | None, typer.Option(metavar="NAME", help="Where it ends.")] = None,
    top: _Top = 5,
    known: Annotated[bool, typer.Option("--known", help="Also what the graph holds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Complete a link of which two parts are given, the most probable first."""
    from kgkit.verbs.training import model

    with existing(graph) as kg:
        found = model(kg).predict(head=head, relation=relation, tail=tail, top=top, known=known)
    if as_json:
        write_json([_plain(each) for each in found])
    else:
        write_table(["head", "relation", "tail", "sure"], map(_row, found))


@placed
def complete(  # noqa: PLR0913
    graph: Graph,
    relation: Annotated[
        list[str] | None, typer.Option(help="Links of this relation; all without it.")
    ] = None,
    about: _About = None,
    texts: Annotated[
        bool, typer.Option("--texts/--no-texts", help="Ask the texts, given a relation.")
    ] = True,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="Ask the model that was trained.")
    ] = True,
    least: Annotated[float, typer.Option(help="The least probability.")] = 0.5,
    top: _Top = 20,
    accept: Annotated[bool, typer.Option("--accept", help="Add them to the graph.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what the graph most probably lacks, by texts and model together.

    Nothing is added without --accept.
    """
    from kgkit.verbs.completing import complete as completed

    with existing(graph, read_only=not accept) as kg:
        found = completed(
            kg,
            relation or None,
            about=about or None,
            texts=texts,
            model=model,
            least=least,
            top=top,
        )
        if accept:
            kg.add(found.facts)
            kg.projections.follow()
    write_json(found.to_dict()) if as_json else write(str(found))


@contextmanager
def _curve() -> Iterator[Progress | None]:
    """Give a callback that shows the last epoch, or None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading the graph") as status:

        def show(epoch: Epoch) -> None:
            mrr = "" if epoch.mrr is None else f", MRR {epoch.mrr:.3f}"
            rate = f"{epoch.positives_per_second:,.0f} links/s"
            status.update(f"Epoch {epoch.number}: loss {epoch.loss:.3f}{mrr}, {rate}")

        yield show


def _plain(prediction: Prediction) -> dict[str, object]:
    return {
        "head": prediction.head.name,
        "head_id": prediction.head.id,
        "relation": prediction.relation,
        "tail": prediction.tail.name,
        "tail_id": prediction.tail.id,
        "probability": prediction.probability,
        "score": prediction.score,
        "known": prediction.is_known,
    }


def _row(prediction: Prediction) -> dict[str, object]:
    known = " (known)" if prediction.is_known else ""
    return {
        "head": prediction.head.name,
        "relation": prediction.relation,
        "tail": prediction.tail.name,
        "sure": f"{prediction.probability:.2f}{known}",
    }
