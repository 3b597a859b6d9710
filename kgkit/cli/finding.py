"""Commands that look for passages and for what a graph is about: retrieve and themes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kgkit.cli.arguments import AsJson, Graph, existing, placed, text_of
from kgkit.cli.output import write, write_json

if TYPE_CHECKING:
    from reasoning.retrieval import Hit
    from stores.ledger import Ledger

__all__ = ["retrieve", "themes"]


@placed
def retrieve(
    graph: Graph,
    question: Annotated[str, typer.Argument(help="The question; - reads standard input.")],
    k: Annotated[int, typer.Option("-k", help="How many passages.")] = 10,
    where: Annotated[
        str | None, typer.Option(help="Only documents with such an address: 'notes/*.md'.")
    ] = None,
    rerank: Annotated[
        str | None, typer.Option(help="A second look: cross-encoder:MODEL or lm:SPEC.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the passages that bear most on a question."""
    asked = text_of(question).strip()
    with existing(graph) as kg:
        hits = kg.retrieve(asked, k, where=where, rerank=rerank)
        uris = _addresses(kg.ledger, hits)
        texts = _sentences(kg.ledger, hits)
    if as_json:
        write_json([{**asdict(hit), "uri": uris[hit.document_id]} for hit in hits])
        return
    for hit in hits:
        via = f" (over {hit.via.name})" if hit.via else ""
        write(f"{hit.score:8.3f}  {uris[hit.document_id]}{via}: {texts[hit.chunk_id]}")


@placed
def themes(
    graph: Graph,
    n: Annotated[int, typer.Option("-n", help="How many themes.")] = 10,
    resolution: Annotated[float, typer.Option(help="Above 1: smaller themes.")] = 1.0,
    lm: Annotated[str | None, typer.Option(help="A language model that writes them.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a graph is about, each theme with sentences of its texts."""
    with existing(graph, read_only=lm is None) as kg:
        found = kg.themes(n, resolution=resolution, lm=lm)
    if as_json:
        write_json([asdict(theme) for theme in found])
    else:
        write(str(found))


def _addresses(ledger: Ledger, hits: list[Hit]) -> dict[str, str]:
    ids = sorted({hit.document_id for hit in hits})
    return {document.id: document.uri for document in ledger.documents(ids=ids)}


def _sentences(ledger: Ledger, hits: list[Hit]) -> dict[str, str]:
    """Return the best sentence of each hit, by chunk id."""
    chunks = {chunk.id: chunk for chunk in ledger.chunks(ids=[hit.chunk_id for hit in hits])}
    best = {hit.chunk_id: hit.sentences[0] for hit in hits if hit.sentences}
    return {
        id: " ".join(chunk.text[best[id].start - chunk.start : best[id].end - chunk.start].split())
        if id in best
        else ""
        for id, chunk in chunks.items()
    }
