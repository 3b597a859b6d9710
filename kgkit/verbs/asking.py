"""The verbs that ask a graph: in Cypher, in SPARQL, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from kgkit.models.lm import LanguageModel
    from kgkit.schema import Schema
    from reasoning.answers import Answer
    from reasoning.planning import Planner
    from reasoning.planning.dialogue import Dialogue
    from reasoning.retrieval import Hit, Where
    from reasoning.retrieval.rerank import Reranker
    from reasoning.retrieval.rerank.registry import Scoring
    from reasoning.telling import Event, Tell
    from stores.rdf import Inference, Validation
    from stores.rows import Rows

__all__ = ["ask", "ask_stream", "chat", "infer", "query", "retrieve", "sparql", "validate"]


def query(
    kg: KnowledgeGraph,
    cypher: str,
    *,
    write: bool = False,
    timeout: float | None = None,
    limit: int | None = None,
    **parameters: object,
) -> Rows:
    """Return the rows of a Cypher query; `parameters` are its `$names`.

    `timeout` is in seconds; `limit` caps the rows. Raises `QueryError` for a syntax error,
    `QueryTimeout`, and `ReadOnlyError` for a query that writes without `write=True`. What a
    query writes is not in the ledger: `rebuild` forgets it.
    """
    return kg.projections.graph.query(cypher, parameters, write=write, timeout=timeout, limit=limit)


def sparql(
    kg: KnowledgeGraph,
    text: str,
    *,
    write: bool = False,
    limit: int | None = None,
    **parameters: object,
) -> Rows:
    """Return the rows of a SPARQL 1.1 query on the same graph; `parameters` are its `$names`.

    The RDF form is made at the first call (`stores.rdf`). Raises `QueryError`, and
    `ReadOnlyError` for an update without `write=True`; `rebuild` forgets what updates write.
    """
    return kg.projections.rdf.query(text, parameters, write=write, limit=limit)


def infer(
    kg: KnowledgeGraph, profile: str = "owl-rl", *, ontology: str | Path | Schema | None = None
) -> Inference:
    """Return what follows from the graph and an ontology ("owl-rl" or "rdfs").

    `kg.add(kg.infer().facts)` keeps it. Raises `InputError` for another profile.
    """
    from stores.rdf import infer

    return infer(kg.projections.rdf, profile, ontology=ontology)


def validate(kg: KnowledgeGraph, shapes: str | Path | Schema) -> Validation:
    """Return whether the graph is as SHACL shapes (Turtle, a file, a schema) ask, where not.

    Raises `ReadError` for shapes that cannot be read.
    """
    from stores.rdf import validate

    return validate(kg.projections.rdf, shapes)


def retrieve(
    kg: KnowledgeGraph,
    question: str,
    k: int = 10,
    *,
    where: Where | str | Mapping[str, object] | None = None,
    rerank: str | Reranker | Scoring | None = None,
) -> list[Hit]:
    """Return the `k` chunks that bear most on a question, best first.

    `where` says of which documents: a pattern of addresses ("notes/*.md"), or a mapping with
    "uri", "documents" (addresses or ids) and "metadata" (values that a document must have).
    `rerank` is a second look at the first 30: "cross-encoder:MODEL", "lm:SPEC", an instance, or a
    function (question, texts) -> scores. Raises `InputError` when `k` is below 1 or either cannot
    be meant.
    """
    from reasoning.retrieval import retrieve

    index, encoder = kg.projections.retrieval, kg.projections.encoder
    if rerank is None:
        return retrieve(index, question, encoder=encoder, k=k, where=where)
    from reasoning.retrieval.rerank import DEPTH, load_reranker, texts_of
    from reasoning.retrieval.rerank import rerank as reordered

    reranker = load_reranker(rerank)
    depth = max(k, DEPTH) if k >= 1 else k  # which retrieval refuses
    hits = retrieve(index, question, encoder=encoder, k=depth, where=where)
    return reordered(question, hits, texts_of(kg.ledger, hits), reranker, k=k)


def ask(  # noqa: PLR0913
    kg: KnowledgeGraph,
    question: str,
    *,
    lm: str | LanguageModel | Callable[[str], str] | None = None,
    planner: Planner | None = None,
    as_of: int | str | date | None = None,
    refuse_below: float | None = None,
    explain: bool = False,
    tell: Tell | None = None,
) -> Answer:
    """Answer a question with checked citations, or say what is missing in the graph.

    With a language model, `lm="openai:<model>"`, it plans, and words the answer from numbered
    evidence, in at most four calls; both are checked. `planner` makes the plans in the place
    of the built-in one. With `as_of`, 1990 or "1990-05", only what held then counts. An answer
    less probable than `refuse_below` is refused: a learnt threshold when None, and 0 gives
    every answer. With `explain` the answer shows its steps, plan and evidence as pictures
    (`answer.explain()`); `tell` hears of plans and searches as they are made. Raises
    `InputError` for an empty question, and `CallError` where a model gave no reply.
    """
    from reasoning.answers import ask
    from reasoning.planning.builtin import plan
    from reasoning.telling import ask_with_model, telling_plans, telling_searches

    parts = kg.projections
    own = lm is not None or planner is not None  # plans in the graph's own relations
    source = parts.facts if own else None
    search = kg.retrieve if tell is None else telling_searches(kg.retrieve, tell)

    def asking(question: str, *, planner: Planner) -> Answer:
        return ask(
            question,
            facts=parts.view,
            retrieve=search,
            encoder=parts.encoder,
            planner=planner if tell is None else telling_plans(planner, tell),
            source=source,
            vocabulary=source.vocabulary if source is not None else None,
            as_of=as_of,
            refuse_below=refuse_below,
        )

    if lm is None:
        answer = asking(question, planner=planner or plan)
    else:
        answer = ask_with_model(
            question,
            lm,
            ask=asking,
            retrieve=search,
            facts=parts.view,
            otherwise=planner or plan,
        )
    return replace(answer, explained=True) if explain else answer


def ask_stream(kg: KnowledgeGraph, question: str, **options: object) -> Iterator[Event]:
    """Yield what happens while a question is answered: `Planned`, `Stepped`, `Cited`, `Answered`.

    `options` are those of `ask`, which also says what is raised.
    """
    from reasoning.telling import stream

    return stream(kg.ask, question, **options)


def chat(kg: KnowledgeGraph, **options: Any) -> Dialogue:
    """Return a dialogue with the graph: `.ask("Who discovered radium?")`, `.ask("And when?")`.

    `options` are those of `ask`, for every question.
    """
    from functools import partial

    from reasoning.planning.dialogue import Dialogue

    return Dialogue(partial(kg.ask, **options), kg.projections.view)
