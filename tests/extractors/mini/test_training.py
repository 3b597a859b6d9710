from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from extractors.mini.train.batches import assemble, epoch_windows, steps
from extractors.mini.train.conllu import read_entities, read_treebank
from extractors.mini.train.data import (
    PARTIAL,
    UNKNOWN,
    gold_spans,
    inventory,
    redocred_examples,
    sentence_bounds,
    treebank_examples,
)
from extractors.mini.train.spacing import join, respace
from kgkit.models.encoder import load_encoder

CONLLU = """# newdoc id = a
# sent_id = a-1
# text = Ada doesn't sleep.
1\tAda\tAda\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsleep\tsleep\tVERB\tVB\t_\t0\troot\t_\t_
4.1\tx\tx\tX\tX\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""
IOB2 = "# sent_id = a-1\n1\tAda\tB-PER\n2\tdoes\tO\n3\tn't\tO\n4\tsleep\tO\n5\t.\tO\n\n"
DOCUMENT = {
    "sents": [["Ada", "Lovelace", "(", "1815", ")", "was", "English", "."]],
    "vertexSet": [
        [{"type": "PER", "pos": [0, 2], "sent_id": 0}],
        [{"type": "PER", "pos": [1, 2], "sent_id": 0}],
        [{"type": "TIME", "pos": [3, 4], "sent_id": 0}],
        [{"type": "LOC", "pos": [6, 7], "sent_id": 0}],
    ],
}


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "x.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    (tmp_path / "x.iob2.gz").write_bytes(gzip.compress(IOB2.encode()))
    return path


def test_a_treebank_gives_words_with_their_characters(treebank: Path) -> None:
    (sentence,) = read_treebank(treebank)
    assert [sentence.text[w.start : w.end] for w in sentence.words] == [
        w.form for w in sentence.words
    ]
    assert [w.head for w in sentence.words] == [3, 3, 3, -1, 3]


def test_entities_of_three_types_leave_the_others_open(treebank: Path) -> None:
    gold = read_treebank(treebank)
    annotated = read_entities(treebank.with_name("x.iob2.gz"), gold)
    labels = inventory(gold, least=1)
    (example,) = treebank_examples(annotated, labels, load_encoder().tokenizer)
    assert example.spans[0] == (4, PARTIAL, PARTIAL, PARTIAL, PARTIAL)


def test_longer_mentions_win_and_blanks_do_not_matter() -> None:
    assert gold_spans(DOCUMENT) == [[(0, 2, 0), (3, 4, 3), (6, 7, 2)]]
    tokenizer = load_encoder().tokenizer
    for printed in (False, True):
        (example,) = redocred_examples([DOCUMENT], tokenizer, printed=printed)
        assert example.spans == ((1, 3, 0, 16, 0, 0, 12, 0),)


def test_a_step_says_what_each_set_says(treebank: Path) -> None:
    tokenizer = load_encoder().tokenizer
    gold = read_treebank(treebank)
    trees = treebank_examples(gold, inventory(gold, least=1), tokenizer)
    spans = redocred_examples([DOCUMENT], tokenizer, printed=True)
    windows = epoch_windows([*trees, *spans], random.Random(0), least=8, most=20)
    (step,) = steps(windows, 1000)
    batch = assemble(step)
    assert batch.layout.sizes == (5, 8)
    assert batch.heads.tolist() == [3, 3, 3, -1, 3] + [UNKNOWN] * 8
    assert batch.spans.tolist()[:5] == [UNKNOWN] * 5
    assert len(batch.answers) == 0


def test_print_spacing_keeps_the_tokens() -> None:
    tokens = ["He", "said", ",", '"', "it", "'s", "1997", "-", "8", "(", "late", ")", ".", '"']
    for place in (join, respace):
        text, starts = place(tokens)
        assert [text[s : s + len(t)] for s, t in zip(starts, tokens, strict=True)] == tokens


def test_sentences_end_at_points_before_capitals() -> None:
    text = 'Dr. Lee left. "Why?" She stayed.'
    assert [text[a:b] for a, b in sentence_bounds(text)] == [
        "Dr. Lee left.",
        '"Why?"',
        "She stayed.",
    ]
