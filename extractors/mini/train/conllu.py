"""Reading treebanks in CoNLL-U and entity annotation in IOB2 over the same sentences."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["TreebankSentence", "TreebankWord", "read_entities", "read_treebank"]


@dataclass(frozen=True, slots=True)
class TreebankWord:
    """A syntactic word with gold analysis: characters [start, end) of its sentence's text."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """A gold sentence; `document` counts documents, `entities` are (first, end, type)."""

    id: str
    text: str
    document: int
    words: tuple[TreebankWord, ...]
    entities: tuple[tuple[int, int, str], ...] | None = None


def read_treebank(path: Path) -> list[TreebankSentence]:
    """Read a gzipped CoNLL-U file; empty nodes are left out, heads count from 0 with -1 = root.

    The parts of a fused word ("don't") share its characters in order.
    """
    sentences = []
    document = -1
    for comments, lines in _blocks(path):
        document += any(key == "newdoc id" for key, _ in comments)
        values = dict(comments)
        words = tuple(_words(values["text"], [line.split("\t") for line in lines]))
        sentences.append(TreebankSentence(values["sent_id"], values["text"], document, words))
    return sentences


def read_entities(path: Path, treebank: list[TreebankSentence]) -> list[TreebankSentence]:
    """Add the entities of a gzipped IOB2 file (id, token, tag) to the sentences of a treebank."""
    by_id = {sentence.id: sentence for sentence in treebank}
    annotated = []
    for comments, lines in _blocks(path):
        tags = [line.split("\t")[2] for line in lines]
        sentence = by_id[dict(comments)["sent_id"]]
        if len(tags) == len(sentence.words):
            annotated.append(replace(sentence, entities=tuple(_spans(tags))))
    return annotated


def _blocks(path: Path) -> Iterator[tuple[list[tuple[str, str]], list[str]]]:
    comments: list[tuple[str, str]] = []
    lines: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("#") and not lines:
                key, _, value = line[1:].partition("=")
                comments.append((key.strip(), value.strip()))
            elif line:
                lines.append(line)
            elif lines:
                yield comments, lines
                comments, lines = [], []


def _words(text: str, rows: list[list[str]]) -> Iterator[TreebankWord]:
    position = 0
    fused_until, fused_end = 0, 0
    for row in rows:
        number, form = row[0], row[1]
        if "." in number:
            continue
        if "-" in number:
            start = text.index(form, position)
            position, fused_end = start, start + len(form)
            fused_until = int(number.partition("-")[2])
            continue
        start = text.find(form, position, fused_end or None)
        if start < 0:
            start = position
        end = fused_end if int(number) == fused_until else start + len(form)
        position = end
        if int(number) >= fused_until:
            fused_end = 0
        yield TreebankWord(start, end, form, row[2], row[3], row[4], int(row[6]) - 1, row[7])


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    first, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and not (tag.startswith("I-") and tag[2:] == kind):
            yield first, i, kind
            kind = ""
        if tag != "O" and not kind:
            first, kind = i, tag[2:]
