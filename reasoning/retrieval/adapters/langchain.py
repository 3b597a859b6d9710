"""A graph as a retriever of LangChain (`pip install 'kgkit[langchain]'`)."""

from __future__ import annotations

from typing import Any

from extractors.adapters.loading import load_package
from reasoning.retrieval.adapters.source import Retrieving, passages

__all__ = ["langchain_retriever"]

_INSTALL = "'kgkit[langchain]'"


def langchain_retriever(graph: Retrieving, k: int = 10, **options: Any) -> Any:
    """Return a `BaseRetriever` of the `k` best chunks; `options` are those of `kg.retrieve`.

    Its documents hold the chunk's text, and in `metadata` address, title, offsets, score and the
    way that led there. Raises `MissingExtra` without langchain-core.
    """
    document = load_package("langchain_core.documents", _INSTALL).Document
    base = load_package("langchain_core.retrievers", _INSTALL).BaseRetriever

    class GraphRetriever(base):  # type: ignore[misc, valid-type]
        """Chunks of a knowledge graph that bear on a question."""

        graph: Any
        k: int
        options: dict[str, Any]

        def _get_relevant_documents(self, query: str, **_: Any) -> list[Any]:
            return [
                document(
                    page_content=passage.text,
                    metadata={**passage.metadata, "score": passage.score},
                    id=passage.chunk_id,
                )
                for passage in passages(self.graph, query, self.k, self.options)
            ]

    return GraphRetriever(graph=graph, k=k, options=options)
