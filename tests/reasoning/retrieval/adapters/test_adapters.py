"""Retrievers of other frameworks, on stand-ins for what they take from them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from kgkit.errors import MissingExtra
from reasoning.retrieval.adapters.langchain import langchain_retriever
from reasoning.retrieval.adapters.llamaindex import llamaindex_retriever
from reasoning.retrieval.adapters.source import passages
from tests.reasoning.retrieval.adapters.graph import BORN, graph
from tests.reasoning.retrieval.town import TOWN


class Fields:
    """Keeps what it is given by name, as models of pydantic do."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)


class ChainBase(Fields):
    """What a LangChain retriever inherits."""

    def invoke(self, query: str) -> Any:
        """Ask the subclass."""
        return self._get_relevant_documents(query, run_manager=None)  # type: ignore[attr-defined]


class IndexBase:
    """What a LlamaIndex retriever inherits."""

    def retrieve(self, query: str) -> Any:
        """Ask the subclass."""
        return self._retrieve(Fields(query_str=query))  # type: ignore[attr-defined]


@dataclass
class Scored:
    """A node with its score."""

    node: Any
    score: float


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **content: object) -> None:
    """Put a module of this name where imports look first, its packages too."""
    parts = name.split(".")
    for length in range(1, len(parts)):
        parent = ".".join(parts[:length])
        if parent not in sys.modules:
            monkeypatch.setitem(sys.modules, parent, ModuleType(parent))
    module = ModuleType(name)
    module.__dict__.update(content)
    monkeypatch.setitem(sys.modules, name, module)


def test_langchain_gets_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "langchain_core.documents", Document=Fields)
    stand_in(monkeypatch, "langchain_core.retrievers", BaseRetriever=ChainBase)
    with graph() as kg:
        found: Any = langchain_retriever(kg, 2, where="[la]*").invoke(BORN)
    by_uri = {document.metadata["uri"]: document for document in found}
    assert set(by_uri) == {"lab", "ada"}
    assert by_uri["lab"].page_content == TOWN[0].text
    assert by_uri["lab"].metadata["title"] == "Nordlys"
    via = [d.metadata["via_chunk_id"] for d in found if "via" in d.metadata]
    assert via
    assert set(via) <= set(kg.chunk_ids)
    assert found[0].metadata["score"] >= found[1].metadata["score"]


def test_llamaindex_gets_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "llama_index.core.base.base_retriever", BaseRetriever=IndexBase)
    stand_in(monkeypatch, "llama_index.core.schema", NodeWithScore=Scored, TextNode=Fields)
    with graph() as kg:
        found: Any = llamaindex_retriever(kg, 2).retrieve(BORN)
    assert {each.node.metadata["uri"] for each in found} == {"lab", "ada"}
    for each in found:
        assert each.node.text[each.node.start_char_idx : each.node.end_char_idx] == each.node.text
        assert each.score == round(each.score, 4)


def test_without_the_framework_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_core.documents", None)
    monkeypatch.setitem(sys.modules, "llama_index.core.schema", None)
    monkeypatch.setitem(sys.modules, "llama_index.core.base.base_retriever", None)
    with graph() as kg:
        with pytest.raises(MissingExtra, match=r"kgkit\[langchain\]"):
            langchain_retriever(kg)
        with pytest.raises(MissingExtra, match=r"kgkit\[llamaindex\]"):
            llamaindex_retriever(kg)


def test_what_was_removed_meanwhile_is_left_out() -> None:
    with graph() as kg:
        kg.ledger.remove_document(TOWN[0].id)
        shown = list(passages(kg, BORN, 2, {}))
    assert [passage.metadata["uri"] for passage in shown] == ["ada"]
