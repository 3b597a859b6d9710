"""A graph as a retriever of LlamaIndex (`pip install 'kgkit[llamaindex]'`)."""

from __future__ import annotations

from typing import Any

from extractors.adapters.loading import load_package
from reasoning.retrieval.adapters.source import Retrieving, passages

__all__ = ["llamaindex_retriever"]

_INSTALL = "'kgkit[llamaindex]'"


def llamaindex_retriever(graph: Retrieving, k: int = 10, **options: Any) -> Any:
    """Return a `BaseRetriever` of the `k` best chunks; `options` are those of `kg.retrieve`.

    Its nodes hold the chunk's text, its offsets in the document, and in `metadata` address,
    title and the way that led there. Raises `MissingExtra` without llama-index-core.
    """
    base = load_package("llama_index.core.base.base_retriever", _INSTALL).BaseRetriever
    node = load_package("llama_index.core.schema", _INSTALL).TextNode
    scored = load_package("llama_index.core.schema", _INSTALL).NodeWithScore

    class GraphRetriever(base):  # type: ignore[misc, valid-type]
        """Chunks of a knowledge graph that bear on a question."""

        def _retrieve(self, query_bundle: Any) -> list[Any]:
            return [
                scored(
                    node=node(
                        id_=passage.chunk_id,
                        text=passage.text,
                        start_char_idx=passage.metadata["start"],
                        end_char_idx=passage.metadata["end"],
                        metadata=dict(passage.metadata),
                    ),
                    score=passage.score,
                )
                for passage in passages(graph, query_bundle.query_str, k, options)
            ]

    return GraphRetriever()
