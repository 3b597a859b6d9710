"""The verbs that ask a graph: in Cypher, in SPARQL, in English."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph
    from kgkit.schema import Schema
    from reasoning.answers import Answer
    from reasoning.retrieval import Hit
    from stores.rdf import Inference, Validation
    from stores.rows import Rows

__all__ = ["ask", "infer", "query", "retrieve", "sparql", "validate"]


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


def retrieve(kg: KnowledgeGraph, question: str, k: int = 10) -> list[Hit]:
    """Return the `k` chunks that bear most on the question, best first."""
    from reasoning.retrieval import retrieve

    parts = kg.projections
    return retrieve(parts.retrieval, question, encoder=parts.encoder, k=k)


def ask(kg: KnowledgeGraph, question: str) -> Answer:
    """Answer a question with checked citations, or say what is missing in the graph.

    Raises `InputError` for an empty question.
    """
    from reasoning.answers import ask

    parts = kg.projections
    return ask(question, facts=parts.view, retrieve=kg.retrieve, encoder=parts.encoder)
