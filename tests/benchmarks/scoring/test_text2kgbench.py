"""How triples for a given schema are counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.scoring.text2kgbench import (
    Sentence,
    figures,
    normalised,
    peer_triples,
    read_sentences,
    schema_of,
    verified,
    written,
)

GOLD = normalised(
    [("Mr. X", "director", "Al Day"), ("Mr. X", "publication date", "01 January 1985")]
)
SENTENCE = Sentence("1_movie", "a", "Mr. X is a 1985 film by Al Day.", GOLD)
EMPTY = Sentence("1_movie", "b", "It rained.", frozenset())


def scored(*triples: tuple[str, str, str]) -> dict[str, float]:
    return figures([SENTENCE, EMPTY], {"a": normalised(triples)}, frozenset({"a"}))


def test_case_blanks_and_underscores_do_not_count_and_years_are_years() -> None:
    found = scored(("mr.x", "Director", "AL DAY"), ("Mr. X", "publication_date", "1985"))
    assert found["strict_f1"] == found["strict_f1_all"] == found["upstream_f1"] == 100.0


def test_strict_counts_what_upstream_overlooks() -> None:
    found = scored(("Mr. X", "director", "Al Day"), ("Mr. X", "genre", "drama"))
    assert found["strict_precision"] == found["strict_recall"] == 50.0
    # Upstream: 2/3 for the first sentence, in full for the second, which has no gold.
    assert found["upstream_f1"] == pytest.approx(83.3)


def test_no_output_is_no_triple() -> None:
    assert figures([SENTENCE], {}, frozenset({"a"}))["strict_f1"] == 0.0


def test_files_of_the_set(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "sent": SENTENCE.text,
        "triples": [{"sub": "X", "rel": "director", "obj": "Y"}],
    }
    put(tmp_path / "ont_1_movie_ground_truth.jsonl.gz", row)
    put(
        tmp_path / "peer_outputs" / "vicuna13b" / "ont_1_movie_llm_responses.jsonl.gz",
        {"id": "a", "triples": [["X", "director", "Y"], ["X", "odd"]]},
    )
    (tmp_path / "manually_verified").mkdir()
    (tmp_path / "manually_verified" / "selected_ont_1_movie.txt").write_text("a\n")
    (sentence,) = read_sentences(tmp_path)
    assert sentence.ontology == "1_movie"
    assert sentence.gold == {("x", "director", "y")}
    assert peer_triples(tmp_path, "vicuna13b") == {"a": sentence.gold}
    assert verified(tmp_path) == {"a"}


def test_an_ontology_is_a_schema(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    relation = {"pid": "P57", "label": "film director", "domain": "Q1", "range": ""}
    path.write_text(
        json.dumps({"concepts": [{"qid": "Q1", "label": "film"}], "relations": [relation]})
    )
    assert [str(p) for p in schema_of(path).patterns] == ["(film)-[film_director]->(Thing)"]


def put(path: Path, row: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(json.dumps(row).encode() + b"\n"))


def test_dates_count_in_any_form_for_all(tmp_path: Path) -> None:
    put(
        tmp_path / "peer_outputs" / "vicuna13b" / "ont_1_movie_llm_responses.jsonl.gz",
        {"id": "a", "triples": [["X", "publication date", "May 2, 1975"]]},
    )
    found = peer_triples(tmp_path, "vicuna13b")
    assert found == {"a": normalised([("X", "publication date", "02 May 1975")])}
    assert [written(words) for words in ("1975-05-02", "1975", "Oslo")] == [
        "02 May 1975",
        "1975",
        "Oslo",
    ]
