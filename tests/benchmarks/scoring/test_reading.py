"""Trees, entity mentions and pronouns scored on sets of one plain sentence each."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.extraction import main, measure

CONLLU = """# newdoc id = a
# sent_id = a-1
# text = Mary loves London.
1\tMary\tMary\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tloves\tlove\tVERB\tVBZ\t_\t0\troot\t_\t_
3\tLondon\tLondon\tPROPN\tNNP\t_\t2\t{relation}\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
DOCUMENT = {
    "sents": [["Mary", "Smith", "lives", "in", "London", "."]],
    "vertexSet": [
        [{"type": "PER", "pos": [0, 2], "sent_id": 0}],
        [{"type": "LOC", "pos": [4, 5], "sent_id": 0}],
    ],
}
GAP = (
    "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    "1\tMary Smith met John Brown. She was a singer.\tShe\t27\tMary Smith\t0\tTRUE\t"
    "John Brown\t15\tFALSE\tx\n"
)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))


def test_a_tree_as_annotated_scores_in_full(tmp_path: Path) -> None:
    put(
        tmp_path / "extraction/ud_english_ewt/en_ewt-ud-test.conllu.gz",
        CONLLU.format(relation="obj"),
    )
    figures = measure("ewt", tmp_path)
    assert figures["las"] == figures["uas"] == figures["las_gold_tokens"] == 100.0


def test_a_wrong_relation_counts_for_uas_alone(tmp_path: Path) -> None:
    put(
        tmp_path / "extraction/ud_english_ewt/en_ewt-ud-test.conllu.gz",
        CONLLU.format(relation="vocative"),
    )
    figures = measure("ewt", tmp_path)
    assert (figures["uas"], figures["las"]) == (100.0, 75.0)


def test_mentions_count_with_characters_and_type(tmp_path: Path) -> None:
    put(tmp_path / "extraction/redocred/dev_revised.json.gz", json.dumps([DOCUMENT]))
    assert measure("redocred", tmp_path)["entity_f1"] == 100.0


def test_pronouns_count_with_names_given_and_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "extraction/gap/gap-validation.tsv.gz", GAP)
    main(["--set", "gap", "--data", str(tmp_path), "--json"])
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["pronoun_f1"] == figures["pronoun_f1_detected"] == 100.0
    assert {"machine", "seed", "seconds"} <= figures.keys()
