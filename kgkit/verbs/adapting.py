"""The verbs that lend a graph to other frameworks as a retriever of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["as_langchain_retriever", "as_llamaindex_retriever"]


def as_langchain_retriever(kg: KnowledgeGraph, k: int = 10, **options: Any) -> Any:
    """Return the graph as a `BaseRetriever` of LangChain; `options` are those of `retrieve`.

    Raises `MissingExtra` without langchain-core.
    """
    from reasoning.retrieval.adapters.langchain import langchain_retriever

    return langchain_retriever(kg, k, **options)


def as_llamaindex_retriever(kg: KnowledgeGraph, k: int = 10, **options: Any) -> Any:
    """Return the graph as a `BaseRetriever` of LlamaIndex; `options` are those of `retrieve`.

    Raises `MissingExtra` without llama-index-core.
    """
    from reasoning.retrieval.adapters.llamaindex import llamaindex_retriever

    return llamaindex_retriever(kg, k, **options)
