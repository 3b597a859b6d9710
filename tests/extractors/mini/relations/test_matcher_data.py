"""Sentences that the matcher learns from."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from extractors.mini.train.matcher_data import fewrel, ontology, redocred, text2kgbench

DOCUMENT = {
    "title": "Ada",
    "sents": [["Ada", "Lovelace", "was", "born", "in", "London", "."], ["Ada", "rose", "."]],
    "vertexSet": [
        [
            {"type": "PER", "pos": [0, 2], "sent_id": 0},
            {"type": "PER", "pos": [0, 1], "sent_id": 1},
        ],
        [{"type": "LOC", "pos": [5, 6], "sent_id": 0}],
    ],
    "labels": [
        {"h": 0, "t": 1, "r": "P19", "evidence": [0]},
        {"h": 1, "t": 1, "r": "P17", "evidence": []},
    ],
}


def put(path: Path, content: object, *, lines: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = content if lines and isinstance(content, list) else [content]
    text = "\n".join(json.dumps(row) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_a_fact_between_two_names_of_a_sentence_is_stated_there(tmp_path: Path) -> None:
    labels = {
        number: {"label": label, "dev_test_count": 1}
        for number, label in (("P19", "place of birth"), ("P17", "country"))
    }
    put(tmp_path / "relation_labels.json", labels)
    put(tmp_path / "dev_revised.json.gz", [DOCUMENT])
    put(tmp_path / "test_revised_first400.json.gz", [])
    (sentence,) = redocred(tmp_path, slice(0, 1))
    (stated,) = sentence.statements
    assert stated.relation.label == "place of birth"
    assert (stated.relation.head, stated.relation.tail) == ("person", "location")
    assert (stated.subject, stated.object) == ((0, 2), (5, 6))
    assert [relation.label for relation in sentence.others] == ["country"]
    assert sentence.complete
    assert sentence.names == ((0, 2), (5, 6))


def test_fewrel_says_who_stands_in_its_relation(tmp_path: Path) -> None:
    row = {"tokens": ["Ada", "in", "London"], "h": ["ada", "Q1", [[0]]], "t": ["l", "Q2", [[2]]]}
    put(tmp_path / "fewrel_12relations.json.gz", {"P19": [row, row]})
    put(tmp_path / "pid2name.json.gz", {"P19": ["place of birth", "where"]})
    (sentence,) = fewrel(tmp_path, 1)
    assert (sentence.statements[0].subject, sentence.statements[0].object) == ((0, 1), (2, 3))
    assert not sentence.complete


def test_triples_that_the_sentence_does_not_say_are_not_learnt(tmp_path: Path) -> None:
    labels = {"P57": "director", "P577": "publication date", "P136": "genre", "P1": "cost"}
    relations = [
        {"pid": pid, "label": label, "domain": "Q1", "range": "Q2" if pid == "P57" else ""}
        for pid, label in labels.items()
    ]
    concepts = [{"qid": "Q1", "label": "film"}, {"qid": "Q2", "label": "human"}]
    path = tmp_path / "ontologies" / "1_movie_ontology.json"
    put(path, {"relations": relations, "concepts": concepts})
    sent = "Alien is a 1979 film by Ridley Scott."
    triples = [
        ("Alien", "director", "Ridley Scott"),
        ("Alien", "publication date", "01 January 1979"),
        ("Alien", "genre", "horror"),
        ("Prometheus", "cost", "film"),
    ]
    rows = [{"sent": sent, "sub_label": s, "rel_label": r, "obj_label": o} for s, r, o in triples]
    put(tmp_path / "train" / "ont_1_movie_train.jsonl.gz", rows, lines=True)
    (sentence,) = text2kgbench(tmp_path)
    said = {s.relation.label: (s.subject, s.object) for s in sentence.statements}
    assert said == {"director": ((0, 1), (6, 8)), "publication date": ((0, 1), (3, 4))}
    assert [relation.label for relation in sentence.nameless] == ["cost"]
    assert sentence.others == ()
    assert not sentence.complete
    assert ontology(path)["director"].tail == "human"
