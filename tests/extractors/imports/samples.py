"""Small outputs of other systems, written as those systems write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, ImportedDocument, RefusedRow
from kgkit.facts import Fact

CURIE = "Marie Curie worked in Paris. She was born in Warsaw. Marie Curie discovered radium."
SODDY = "Frederick Soddy studied radium. He lived in Glasgow."


def sorted_out(
    items: Iterable[Imported],
) -> tuple[list[Fact], list[ImportedDocument], list[RefusedRow]]:
    """Return facts, documents and refused rows apart."""
    facts: list[Fact] = []
    documents: list[ImportedDocument] = []
    refused: list[RefusedRow] = []
    for item in items:
        match item:
            case Fact():
                facts.append(item)
            case ImportedDocument():
                documents.append(item)
            case RefusedRow():
                refused.append(item)
    return facts, documents, refused


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_parquet(path: Path, columns: Mapping[str, list[Any]]) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table(dict(columns)), path)
    return path


def write_hipporag(path: Path) -> Path:
    docs = [
        {
            "idx": "chunk-1",
            "passage": f"Marie Curie\n{CURIE}",
            "extracted_entities": ["Marie Curie", "Paris", "Warsaw"],
            "extracted_triples": [
                ["Marie Curie", "discovered", "radium"],
                ["Marie Curie", "born in", "Warsaw"],
                ["Marie Curie", "discovered"],
            ],
        },
        {
            "idx": "chunk-2",
            "passage": "",
            "extracted_entities": [],
            "extracted_triples": [["Soddy", "lived in", "Glasgow"]],
        },
    ]
    found = {"docs": docs, "avg_ent_chars": 8.0, "avg_ent_words": float("nan")}
    return write_json(path, found)


def write_graphrag(folder: Path, *, texts: bool = True, old: bool = False) -> Path:
    """Write GraphRAG's tables, under the names of its first versions for `old`."""
    folder.mkdir(exist_ok=True)
    before = "create_final_" if old else ""
    write_parquet(
        folder / f"{before}entities.parquet",
        {
            "id": ["e0", "e1", "e2"],
            "human_readable_id": [0, 1, 2],
            "name" if old else "title": ["MARIE CURIE", "RADIUM", "GLASGOW"],
            "type": ["PERSON", "", "GEO"],
            "description": ["A physicist", "A metal that glows", None],
            "text_unit_ids": [["u0"], ["u0", "u1"], ["u1"]],
        },
    )
    write_parquet(
        folder / f"{before}relationships.parquet",
        {
            "id": ["r0"],
            "human_readable_id": [0],
            "source": ["MARIE CURIE"],
            "target": ["RADIUM"],
            "description": ["Marie Curie discovered radium"],
            "weight": [9.0],
            "text_unit_ids": [["u0"]],
        },
    )
    if texts:
        of = {"document_ids": [["d0"], ["d1"]]} if old else {"document_id": ["d0", "d1"]}
        write_parquet(
            folder / f"{before}text_units.parquet",
            {"id": ["u0", "u1"], "text": [CURIE, SODDY], "n_tokens": [9, 9], **of},
        )
        write_parquet(
            folder / f"{before}documents.parquet",
            {
                "id": ["d0", "d1"],
                "title": ["curie.txt", "soddy.txt"],
                "raw_content" if old else "text": [f"A life.\n\n{CURIE}", SODDY],
            },
        )
    return folder


GRAPHML = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="entity_type" attr.type="string"/>
  <key id="d1" for="node" attr.name="description" attr.type="string"/>
  <key id="d2" for="node" attr.name="source_id" attr.type="string"/>
  <key id="d3" for="edge" attr.name="weight" attr.type="double"/>
  <key id="d4" for="edge" attr.name="description" attr.type="string"/>
  <key id="d5" for="edge" attr.name="source_id" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="Marie Curie">
      <data key="d0">person</data>
      <data key="d1">A physicist.&lt;SEP&gt;She won two Nobel prizes.</data>
      <data key="d2">chunk-a</data>
    </node>
    <node id="&quot;RADIUM&quot;">
      <data key="d0">"ELEMENT"</data>
      <data key="d2">chunk-a&lt;SEP&gt;chunk-b</data>
    </node>
    <edge source="Marie Curie" target="&quot;RADIUM&quot;">
      <data key="d3">2.0</data>
      <data key="d4">Marie Curie discovered radium.</data>
      <data key="d5">chunk-a</data>
    </edge>
  </graph>
</graphml>
"""


def write_lightrag(folder: Path, *, texts: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "graph_chunk_entity_relation.graphml").write_text(GRAPHML, encoding="utf-8")
    if texts:
        chunks = {
            "chunk-a": {"content": CURIE, "full_doc_id": "doc-1", "chunk_order_index": 0},
            "chunk-b": {"content": SODDY, "full_doc_id": "doc-2", "chunk_order_index": 0},
        }
        documents = {"doc-1": {"content": f"A life.\n\n{CURIE}", "file_path": "in/curie.txt"}}
        write_json(folder / "kv_store_text_chunks.json", chunks)
        write_json(folder / "kv_store_full_docs.json", documents)
    return folder
