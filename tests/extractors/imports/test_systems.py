"""What HippoRAG, GraphRAG and LightRAG write, with the texts that it was read in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.imports.base import Imported, ImportedDocument
from extractors.imports.graphrag import read_graphrag
from extractors.imports.hipporag import read_hipporag
from extractors.imports.lightrag import read_lightrag
from kgkit.errors import ReadError
from kgkit.evidence import ImportEvidence, TextEvidence
from kgkit.facts import Entity, Fact, Literal
from tests.extractors.imports.samples import (
    CURIE,
    sorted_out,
    write_graphrag,
    write_hipporag,
    write_json,
    write_lightrag,
    write_parquet,
)


def clause(document: ImportedDocument, fact: Fact) -> str:
    """Return the words that a fact of a document rests on."""
    (text,) = (piece for piece in fact.evidence if isinstance(piece, TextEvidence))
    assert text.document_id == document.document.id
    chunk = next(c for c in document.chunks if c.id == text.chunk_id)
    assert chunk.start <= text.start < text.end <= chunk.end
    return document.document.text[text.start : text.end]


def row_of(fact: Fact) -> ImportEvidence:
    (row,) = (piece for piece in fact.evidence if isinstance(piece, ImportEvidence))
    return row


def check_mentions(document: ImportedDocument) -> set[tuple[str, str]]:
    """Return (words, entity name) of the mentions, after seeing that each is where it says."""
    chunks = {chunk.id: chunk for chunk in document.chunks}
    for mention in document.found.mentions:
        assert document.document.text[mention.start : mention.end] == mention.text
        chunk = chunks[mention.chunk_id]
        assert chunk.start <= mention.start < mention.end <= chunk.end
    return {(mention.text, mention.entity.name) for mention in document.found.mentions}


def test_hipporag_brings_passages_and_triples(tmp_path: Path) -> None:
    path = write_hipporag(tmp_path / "openie_results_ner_gpt.json")
    facts, (document,), refused = sorted_out(read_hipporag(path))
    assert document.document.uri == f"{path.as_posix()}#chunk-1"
    assert document.document.title == "Marie Curie"
    said = {str(fact): clause(document, fact) for fact in document.found.facts}
    assert said["(Marie Curie)-[DISCOVERED]->(radium)"] == "Marie Curie discovered radium."
    assert "Warsaw" in said["(Marie Curie)-[BORN_IN]->(Warsaw)"]
    assert "Marie Curie" in said["(Marie Curie)-[BORN_IN]->(Warsaw)"]
    assert ("Paris", "Paris") in check_mentions(document)
    assert [str(fact) for fact in facts] == ["(Soddy)-[LIVED_IN]->(Glasgow)"]
    assert facts[0].evidence == (ImportEvidence(path.as_posix(), "chunk-2 triple 0", 0.9),)
    assert [row.row for row in refused] == ["chunk-1 triple 2"]


def test_the_text_is_the_source_and_the_row_its_address(tmp_path: Path) -> None:
    path = write_hipporag(tmp_path / "openie.json")
    _, (document,), _ = sorted_out(read_hipporag(path, score=0.7))
    fact = document.found.facts[0]
    assert fact.confidence == 0.7  # one reading is one source, not two
    assert row_of(fact) == ImportEvidence(path.as_posix(), "chunk-1 triple 0", 0.0)


def test_hipporag_lists_of_other_names_are_read(tmp_path: Path) -> None:
    items = [{"id": 0, "entities": ["A"], "triples": [["A", "knows", "B"]]}, "no object", {}]
    path = write_json(tmp_path / "a.json", items)
    facts, documents, refused = sorted_out(read_hipporag(path))
    assert [str(fact) for fact in facts] == ["(A)-[KNOWS]->(B)"]
    assert documents == []
    assert [row.row for row in refused] == ["1"]


def test_two_passages_of_one_id_stay_apart(tmp_path: Path) -> None:
    docs = [{"idx": 1, "passage": "One."}, {"idx": 1, "passage": "Two."}]
    _, documents, _ = sorted_out(read_hipporag(write_json(tmp_path / "a.json", {"docs": docs})))
    assert len({document.document.uri for document in documents}) == 2


@pytest.mark.parametrize("old", [False, True])
def test_graphrag_brings_documents_and_descriptions(tmp_path: Path, old: bool) -> None:
    folder = write_graphrag(tmp_path / "output", old=old)
    facts, documents, refused = sorted_out(read_graphrag(folder))
    assert (facts, refused) == ([], [])
    curie, soddy = documents
    assert [d.document.title for d in documents] == ["curie.txt", "soddy.txt"]
    said = {str(fact): clause(curie, fact) for fact in curie.found.facts}
    assert said["(MARIE CURIE)-[RELATED_TO]->(RADIUM)"] == "Marie Curie discovered radium."
    assert said["(MARIE CURIE)-[DESCRIPTION]->(A physicist)"] == "Marie Curie worked in Paris."
    related = next(f for f in curie.found.facts if f.relation == "RELATED_TO")
    assert related.predicate == "Marie Curie discovered radium"
    assert related.head.id == Entity.named("Marie Curie", "Person").id
    assert [
        (q.role, q.value.value) for q in related.qualifiers if isinstance(q.value, Literal)
    ] == [("weight", 9.0)]
    assert row_of(related).row == "relationships 1"
    assert ("radium", "RADIUM") in check_mentions(soddy)
    assert {str(fact) for fact in soddy.found.facts} == {
        "(RADIUM)-[DESCRIPTION]->(A metal that glows)",
        "(GLASGOW)-[LABEL]->(GLASGOW)",
    }


def test_graphrag_types_are_kgkits(tmp_path: Path) -> None:
    write_graphrag(tmp_path, texts=False)
    facts, _, _ = sorted_out(read_graphrag(tmp_path / "entities.parquet"))
    assert {fact.head.name: fact.head.type for fact in facts} == {
        "MARIE CURIE": "Person",
        "RADIUM": "Thing",
        "GLASGOW": "Location",
    }
    assert facts[0].head.id == Entity.named("Marie Curie", "Person").id


def test_graphrag_without_texts_brings_facts(tmp_path: Path) -> None:
    facts, documents, _ = sorted_out(read_graphrag(write_graphrag(tmp_path, texts=False)))
    assert documents == []
    assert len(facts) == 4
    assert {row_of(fact).score for fact in facts} == {0.9}


def test_graphrag_units_without_documents_are_documents(tmp_path: Path) -> None:
    (write_graphrag(tmp_path) / "documents.parquet").unlink()
    facts, documents, _ = sorted_out(read_graphrag(tmp_path))
    assert facts == []
    assert [d.document.uri.rpartition("#")[2] for d in documents] == ["u0", "u1"]
    assert documents[0].document.text == CURIE


def test_a_folder_of_other_things_is_no_graphrag(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"expected entities\.parquet"):
        list(read_graphrag(tmp_path))
    write_parquet(tmp_path / "entities.parquet", {"nom": ["A"]})
    with pytest.raises(ReadError, match=r"no column 'title' or 'name'; its columns are 'nom'"):
        list(read_graphrag(tmp_path))


def test_lightrag_brings_documents_and_descriptions(tmp_path: Path) -> None:
    facts, documents, refused = sorted_out(read_lightrag(write_lightrag(tmp_path / "rag")))
    assert (facts, refused) == ([], [])
    curie, soddy = documents
    assert curie.document.title == "curie.txt"
    assert curie.document.uri.endswith("kv_store_full_docs.json#doc-1")
    assert soddy.document.uri.endswith("#chunk-b")  # its document is not in the store
    said = {str(fact): clause(curie, fact) for fact in curie.found.facts}
    assert said["(Marie Curie)-[RELATED_TO]->(RADIUM)"] == "Marie Curie discovered radium."
    assert "(Marie Curie)-[DESCRIPTION]->(A physicist.)" in said
    assert "(Marie Curie)-[DESCRIPTION]->(She won two Nobel prizes.)" in said
    related = next(f for f in curie.found.facts if f.relation == "RELATED_TO")
    assert isinstance(related.tail, Entity)
    assert (related.head.type, related.tail.type) == ("Person", "Element")
    assert {str(fact) for fact in soddy.found.facts} == {"(RADIUM)-[LABEL]->(RADIUM)"}


def test_lightrag_without_texts_brings_facts(tmp_path: Path) -> None:
    folder = write_lightrag(tmp_path, texts=False)
    facts, documents, _ = sorted_out(read_lightrag(folder / "graph_chunk_entity_relation.graphml"))
    assert documents == []
    assert [fact.relation for fact in facts] == [
        "DESCRIPTION",
        "DESCRIPTION",
        "LABEL",
        "RELATED_TO",
    ]


def test_a_record_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = write_lightrag(tmp_path)
    (folder / "kv_store_text_chunks.json").write_text(json.dumps({"chunk-a": {"content": 7}}))
    _, documents, refused = sorted_out(read_lightrag(folder))
    assert [(row.row, "expected" in row.reason) for row in refused] == [("chunk-a", True)]
    assert [document.found.facts for document in documents] == [()]


def test_the_same_input_gives_the_same_records(tmp_path: Path) -> None:
    def twice(read: list[list[Imported]]) -> None:
        assert read[0] == read[1]

    hippo = write_hipporag(tmp_path / "a.json")
    micro, light = write_graphrag(tmp_path / "m"), write_lightrag(tmp_path / "l")
    twice([list(read_hipporag(hippo)) for _ in range(2)])
    twice([list(read_graphrag(micro)) for _ in range(2)])
    twice([list(read_lightrag(light)) for _ in range(2)])
