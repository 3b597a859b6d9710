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
        {"h": 1, "t": 0, "r": "P9999", "evidence": []},
    ],
}


def put(path: Path, content: object, *, lines: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = content if lines and isinstance(content, list) else [content]
    text = "\n".join(json.dumps(row) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_sentences_of_three_sets_say_who_stands_in_which_relation(tmp_path: Path) -> None:
    labels = {"P19": {"label": "place of birth", "dev_test_count": 1}}
    labels["P9999"] = {"label": "x", "dev_test_count": 1}
    put(tmp_path / "redocred" / "relation_labels.json", labels)
    put(tmp_path / "redocred" / "dev_revised.json.gz", [DOCUMENT])
    put(tmp_path / "redocred" / "test_revised_first400.json.gz", [])
    (sentence,) = redocred(tmp_path / "redocred", slice(0, 1))
    (stated,) = (s for s in sentence.statements if s.relation.relation == "place of birth")
    assert (stated.subjects, stated.objects) == (((0, 2),), ((5, 6),))
    assert (stated.relation.head, stated.relation.tail) == ("person", "location")

    row = {"tokens": ["Ada", "in", "London"], "h": ["ada", "Q1", [[0]]], "t": ["l", "Q2", [[2]]]}
    put(tmp_path / "fewrel_12relations.json.gz", {"P19": [row, row]})
    put(tmp_path / "pid2name.json.gz", {"P19": ["place of birth", "where"]})
    (sentence,) = fewrel(tmp_path, 1)
    assert sentence.statements[0].objects == ((2, 3),)


def test_triples_that_the_sentence_does_not_say_are_not_learnt(tmp_path: Path) -> None:
    relations = [
        {"pid": "P57", "label": "director", "domain": "Q1", "range": "Q2"},
        {"pid": "P577", "label": "publication date", "domain": "Q1", "range": ""},
        {"pid": "P136", "label": "genre", "domain": "Q1", "range": ""},
        {"pid": "P1", "label": "cost", "domain": "Q1", "range": ""},
    ]
    concepts = [{"qid": "Q1", "label": "film"}, {"qid": "Q2", "label": "human"}]
    put(
        tmp_path / "ontologies" / "1_movie_ontology.json",
        {"relations": relations, "concepts": concepts},
    )
    sent = "Alien is a 1979 film by Ridley Scott."
    triples = [
        ("director", "Ridley Scott"),
        ("publication date", "01 January 1979"),
        ("genre", "horror"),
    ]
    put(
        tmp_path / "train" / "ont_1_movie_train.jsonl.gz",
        [{"sent": sent, "sub_label": "Alien", "rel_label": r, "obj_label": o} for r, o in triples],
        lines=True,
    )
    (sentence,) = text2kgbench(tmp_path)
    said = {s.relation.relation: s.objects for s in sentence.statements}
    assert said == {"director": ((6, 8),), "publication date": ((3, 4),)}
    assert [prompt.relation for prompt in sentence.others] == ["cost"]
    assert not sentence.complete
    prompts = ontology(tmp_path / "ontologies" / "1_movie_ontology.json")
    assert prompts["director"].tail == "human"
