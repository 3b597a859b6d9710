"""The training sets as documents of labelled sentences."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from extractors.mini.lemmas import script
from extractors.mini.network import Inventory
from extractors.mini.pieces import Row, rows
from extractors.mini.spans import encode
from extractors.mini.train.conllu import TreebankSentence
from extractors.mini.train.spacing import join, respace
from extractors.mini.words import words

__all__ = [
    "PARTIAL",
    "SPAN_TYPES",
    "UNKNOWN",
    "Choice",
    "Example",
    "gap_examples",
    "gold_spans",
    "inventory",
    "load_redocred",
    "redocred_examples",
    "sentence_bounds",
    "treebank_examples",
]

#: Re-DocRED's types by our names, in the order of the span head.
SPAN_TYPES = {
    "PER": "Person",
    "ORG": "Organization",
    "LOC": "Location",
    "TIME": "Time",
    "NUM": "Number",
    "MISC": "Misc",
}
_CODES = {short: i for i, short in enumerate(SPAN_TYPES)}

#: Labels of words: not annotated; and "no person, organisation or location, perhaps another".
UNKNOWN, PARTIAL = -100, -2


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun and two candidates, in words of the document: `answer` is 0 for neither, 1, 2."""

    pronoun: int
    candidates: tuple[tuple[int, int], tuple[int, int]]
    answer: int


@dataclass(frozen=True, slots=True)
class Example:
    """A document: its sentences as rows and, where annotated, labels by word of each sentence."""

    rows: tuple[Row, ...]
    tags: tuple[tuple[tuple[int, int, int], ...], ...] = ()
    trees: tuple[tuple[tuple[int, int], ...], ...] = ()
    spans: tuple[tuple[int, ...], ...] = ()
    choices: tuple[Choice, ...] = field(default=())


def inventory(treebank: Iterable[TreebankSentence], *, least: int = 3) -> Inventory:
    """Return what occurs in a treebank; lemma scripts that occur `least` times."""
    found = [word for sentence in treebank for word in sentence.words]
    scripts = Counter(script(word.form, word.lemma) for word in found)
    return Inventory(
        upos=tuple(sorted({word.upos for word in found})),
        xpos=tuple(sorted({word.xpos for word in found})),
        lemmas=tuple(sorted(name for name, count in scripts.items() if count >= least)),
        deprels=tuple(sorted({word.deprel for word in found})),
        spans=tuple(SPAN_TYPES.values()),
    )


def treebank_examples(
    treebank: Iterable[TreebankSentence], labels: Inventory, tokenizer: Tokenizer
) -> list[Example]:
    """Return one example a document, with trees, or with spans where entities are annotated."""
    index = [
        {name: i for i, name in enumerate(names)}
        for names in (labels.upos, labels.xpos, labels.lemmas, labels.deprels)
    ]
    examples = []
    for _, group in groupby(treebank, key=lambda sentence: sentence.document):
        sentences = list(group)
        made = tuple(_row(tokenizer, sentence) for sentence in sentences)
        if sentences[0].entities is not None:
            examples.append(Example(made, spans=tuple(map(_partial_spans, sentences))))
            continue
        tags, trees = [], []
        for sentence in sentences:
            tags.append(
                tuple(
                    (
                        index[0].get(word.upos, UNKNOWN),
                        index[1].get(word.xpos, UNKNOWN),
                        index[2].get(script(word.form, word.lemma), UNKNOWN),
                    )
                    for word in sentence.words
                )
            )
            trees.append(
                tuple((word.head, index[3].get(word.deprel, UNKNOWN)) for word in sentence.words)
            )
        examples.append(Example(made, tuple(tags), tuple(trees)))
    return examples


def _row(tokenizer: Tokenizer, sentence: TreebankSentence) -> Row:
    return rows(tokenizer, sentence.text, [[(w.start, w.end) for w in sentence.words]])[0]


def _partial_spans(sentence: TreebankSentence) -> tuple[int, ...]:
    # This set leaves out adjectives of places and all other types, which Re-DocRED annotates.
    spans = [
        (first, end, _CODES[kind]) for first, end, kind in sentence.entities or () if kind in _CODES
    ]
    return tuple(
        tag or (UNKNOWN if word.upos == "ADJ" and word.form[:1].isupper() else PARTIAL)
        for tag, word in zip(encode(spans, len(sentence.words)), sentence.words, strict=True)
    )


def redocred_examples(
    documents: Iterable[Any], tokenizer: Tokenizer, *, printed: bool
) -> list[Example]:
    """Return one example a Re-DocRED document, cut into our own words.

    `printed` sets blanks as in print; otherwise there is one between any two of its tokens.
    """
    place = respace if printed else join
    examples = []
    for document in documents:
        gold = gold_spans(document)
        made, tags = [], []
        for tokens, spans in zip(document["sents"], gold, strict=True):
            text, starts = place(tokens)
            cut = words(text)
            made.append(rows(tokenizer, text, [cut])[0])
            bounds = [
                (starts[first], starts[end - 1] + len(tokens[end - 1]), kind)
                for first, end, kind in spans
            ]
            tags.append(tuple(encode(_aligned(cut, bounds), len(cut))))
        examples.append(Example(tuple(made), spans=tuple(tags)))
    return examples


def gold_spans(document: Any) -> list[list[tuple[int, int, int]]]:
    """Return the mentions (first, end, type) of each sentence of a Re-DocRED document, without
    those inside or across a longer one."""
    found: list[set[tuple[int, int, int]]] = [set() for _ in document["sents"]]
    for entity in document["vertexSet"]:
        for mention in entity:
            first, end = mention["pos"]
            found[mention["sent_id"]].add((first, end, _CODES[mention["type"]]))
    chosen = []
    for spans in found:
        kept: list[tuple[int, int, int]] = []
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
            if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
                kept.append(span)
        chosen.append(sorted(kept))
    return chosen


def _aligned(
    cut: Sequence[tuple[int, int]], bounds: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    last = -1
    for start, end, kind in sorted(bounds):
        inside = [i for i, (a, b) in enumerate(cut) if a < end and b > start and i > last]
        if inside:
            last = inside[-1]
            yield inside[0], last + 1, kind


def gap_examples(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Return one example a passage of GAP (gzipped TSV with a header)."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_gap_example(record, tokenizer) for record in records]


def _gap_example(record: dict[str, str], tokenizer: Tokenizer) -> Example:
    text = record["Text"]
    cut = [words(text, start, end) for start, end in sentence_bounds(text)]
    flat = [span for sentence in cut for span in sentence]

    def covering(offset: str, name: str) -> tuple[int, int]:
        start = int(record[offset])
        end = start + len(record[name])
        inside = [i for i, (a, b) in enumerate(flat) if a < end and b > start]
        return inside[0], inside[-1] + 1

    answer = 1 if record["A-coref"] == "TRUE" else 2 if record["B-coref"] == "TRUE" else 0
    choice = Choice(
        covering("Pronoun-offset", "Pronoun")[0],
        (covering("A-offset", "A"), covering("B-offset", "B")),
        answer,
    )
    return Example(tuple(rows(tokenizer, text, cut)), choices=(choice,))


_BOUNDARY = re.compile(r"(?<=[.!?])([\"”')\]]*)\s+(?=[\"“'(\[]?[A-Z])")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|Prof|Gen|Col))\.$")


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of sentences, cut at points before capitals by a plain rule."""
    bounds, start = [], 0
    for match in _BOUNDARY.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()]):
            bounds.append((start, match.end(1)))
            start = match.end()
    return [*bounds, (start, len(text))]


def load_redocred(path: Path) -> list[Any]:
    """Return the documents of a gzipped Re-DocRED file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents: list[Any] = json.load(file)
    return documents
