"""Retrieval through the front door: filters, rerankers, themes, and the kept index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kgkit
from kgkit.errors import InputError, MissingExtra
from kgkit.facts import Document
from tests.kgkit.worlds import Words

DOCUMENTS = (
    Document("notes/a.txt", "Ada met Bob. Bob likes Oslo.", "Ada", metadata={"lang": "en"}),
    Document("notes/b.txt", "Bob founded Tern.", "Bob"),
    Document("other/c.txt", "Cleo likes rain.", "Cleo", metadata={"lang": "en"}),
)


@pytest.fixture
def kg(tmp_path: Path) -> Iterator[kgkit.KnowledgeGraph]:
    """A graph of three documents."""
    with kgkit.open(tmp_path / "small.kg", extractor=Words(), store="networkx") as graph:
        graph.build(*DOCUMENTS)
        yield graph


def found(kg: kgkit.KnowledgeGraph, **options: object) -> list[str]:
    uris = {document.id: document.uri for document in kg.ledger.documents()}
    hits = kg.retrieve("What did Bob found?", 10, **options)  # type: ignore[arg-type]
    return [uris[hit.document_id] for hit in hits]


def test_a_filter_limits_what_is_shown(kg: kgkit.KnowledgeGraph) -> None:
    assert found(kg)[0] == "notes/b.txt"
    assert set(found(kg, where="notes/*")) == {"notes/a.txt", "notes/b.txt"}
    assert set(found(kg, where={"metadata": {"lang": "en"}})) == {"notes/a.txt", "other/c.txt"}
    assert found(kg, where={"documents": ["other/c.txt"]}) == ["other/c.txt"]


def test_a_reranker_has_the_last_word(kg: kgkit.KnowledgeGraph) -> None:
    def rain(question: str, texts: object) -> list[float]:
        assert isinstance(texts, list)
        return [float("Cleo\nCleo likes rain." in text) for text in texts]

    assert found(kg, rerank=rain)[0] == "other/c.txt"
    with pytest.raises(InputError, match="k=0 is below 1"):
        kg.retrieve("?", 0, rerank=rain)
    with pytest.raises(InputError, match="names no reranker"):
        kg.retrieve("?", rerank="nothing")


def test_themes_cite_sentences(kg: kgkit.KnowledgeGraph) -> None:
    themes = kg.themes(5)
    cited = {citation.quote for theme in themes for citation in theme.citations}
    assert "Bob founded Tern." in cited
    assert themes._repr_html_().startswith("<h4>")


def test_the_kept_index_is_read_by_the_next_and_goes_with_its_texts(
    kg: kgkit.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kg.retrieve("What did Bob found?")
    folder = kg.path / "retrieval"
    assert any(b"tern" in path.read_bytes() for path in folder.rglob("*.txt"))
    kg.close()
    with kgkit.open(kg.path, read_only=True) as again, monkeypatch.context() as patched:
        patched.setattr("reasoning.retrieval.ledger.build_index", None)
        assert again.retrieve("What did Bob found?") == first
    with kgkit.open(kg.path) as again:
        again.remove_document("notes/b.txt")
        assert not any(b"tern" in path.read_bytes() for path in folder.rglob("*.txt"))
        again.rebuild()
        assert not any(folder.rglob("*.txt"))
        assert again.retrieve("What did Bob found?")


def test_frameworks_that_are_not_installed_are_named(
    kg: kgkit.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("langchain_core.documents", "llama_index.core.schema"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    monkeypatch.setitem(__import__("sys").modules, "llama_index.core.base.base_retriever", None)
    with pytest.raises(MissingExtra, match="langchain"):
        kg.as_langchain_retriever()
    with pytest.raises(MissingExtra, match="llamaindex"):
        kg.as_llamaindex_retriever()
