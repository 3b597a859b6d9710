"""Dependency trees scored on UD English EWT test, from raw sentences and from gold words.

From raw sentences, words are matched by their characters and the scores are F1, as in the
CoNLL 2018 shared task (Zeman et al. 2018); `las` counts the relation with its subtype, which is
stricter, `las_universal` without.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from extractors.mini.parse import Mini
from extractors.mini.syntax import Sentence
from extractors.mini.train.conllu import TreebankSentence, read_treebank

__all__ = ["gold_trees", "score", "tree_of"]

Span = tuple[int, int]

#: For each word: its governor's characters (None for the root), relation, upos, xpos, lemma.
Tree = dict[Span, tuple[Span | None, str, str, str, str]]


@dataclass(frozen=True, slots=True)
class _Text:
    """A document of the treebank as running text with one sentence a line."""

    text: str
    bounds: list[Span]
    sentences: list[TreebankSentence]


def score(data_dir: Path, *, part: str = "test") -> dict[str, float]:
    """Return las, uas, ... in percent, from raw sentences and (`_gold_tokens`) from gold words.

    `data_dir` holds `extraction/ud_english_ewt/en_ewt-ud-test.conllu.gz`.
    """
    from extractors.mini.load import load_mini

    path = data_dir / "extraction" / "ud_english_ewt" / f"en_ewt-ud-{part}.conllu.gz"
    mini = load_mini()
    texts = list(_texts(read_treebank(path)))
    gold = [tree for text in texts for tree in gold_trees(text.sentences, text.bounds)]
    raw = [tree for text in texts for tree in _parsed(mini, text, from_gold=False)]
    given = [tree for text in texts for tree in _parsed(mini, text, from_gold=True)]
    measured = _compare(gold, given)
    return _compare(gold, raw) | {f"{name}_gold_tokens": value for name, value in measured.items()}


def gold_trees(sentences: Sequence[TreebankSentence], bounds: Sequence[Span]) -> Iterable[Tree]:
    """Yield the gold tree of each sentence, which begins at its bounds' first character."""
    for sentence, (begin, _) in zip(sentences, bounds, strict=True):
        spans = [(begin + word.start, begin + word.end) for word in sentence.words]
        yield {
            span: (
                spans[word.head] if word.head >= 0 else None,
                word.deprel,
                word.upos,
                word.xpos,
                word.lemma,
            )
            for span, word in zip(spans, sentence.words, strict=True)
        }


def tree_of(sentence: Sentence) -> Tree:
    """Return the tree of a parsed sentence in the same form."""
    spans = [(token.start, token.end) for token in sentence.tokens]
    return {
        span: (
            spans[token.head] if token.head >= 0 else None,
            token.deprel,
            token.upos,
            token.xpos,
            token.lemma,
        )
        for span, token in zip(spans, sentence.tokens, strict=True)
    }


def _texts(treebank: Sequence[TreebankSentence]) -> Iterable[_Text]:
    for _, group in groupby(treebank, key=lambda sentence: sentence.document):
        sentences = list(group)
        bounds, position = [], 0
        for sentence in sentences:
            bounds.append((position, position + len(sentence.text)))
            position += len(sentence.text) + 1
        yield _Text("\n".join(sentence.text for sentence in sentences), bounds, sentences)


def _parsed(mini: Mini, text: _Text, *, from_gold: bool) -> Iterable[Tree]:
    if from_gold:
        words = [
            [(begin + word.start, begin + word.end) for word in sentence.words]
            for sentence, (begin, _) in zip(text.sentences, text.bounds, strict=True)
        ]
        yield from map(tree_of, mini.analyse_words(text.text, words))
        return
    # Very long sentences come in parts: put them together again, each part under its own root.
    parts = list(mini.analyse(text.text, text.bounds))
    for begin, end in text.bounds:
        joined: Tree = {}
        for part in parts:
            if begin <= part.start and part.end <= end:
                joined |= tree_of(part)
        yield joined


def _compare(gold: Sequence[Tree], found: Sequence[Tree]) -> dict[str, float]:
    counts = dict.fromkeys(("words", "uas", "las", "las_universal", "upos", "xpos", "lemmas"), 0)
    total = sum(map(len, gold)) + sum(map(len, found))
    for theirs, ours in zip(gold, found, strict=True):
        for span in theirs.keys() & ours.keys():
            (head, deprel, *tags), (our_head, our_deprel, *our_tags) = theirs[span], ours[span]
            attached = head == our_head
            plain = deprel.partition(":")[0] == our_deprel.partition(":")[0]
            counts["words"] += 1
            counts["uas"] += attached
            counts["las"] += attached and deprel == our_deprel
            counts["las_universal"] += attached and plain
            for name, tag, our_tag in zip(("upos", "xpos", "lemmas"), tags, our_tags, strict=True):
                counts[name] += tag == our_tag
    return {name: round(200.0 * count / max(1, total), 1) for name, count in counts.items()}
