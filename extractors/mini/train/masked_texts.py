"""Texts for the masked language model, as short passages with their titles.

Only running text is read: no question of any set, and none of the fact lists it is measured on.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.mini.train.conllu import read_treebank

__all__ = ["passages"]

_CORPORA = (
    "multihop/2wikimultihopqa/hippo_corpus.json.gz",
    "multihop/2wikimultihopqa/rk500_corpus.json.gz",
    "multihop/hotpotqa/train100_corpus.json.gz",
    "multihop/musique/train100_corpus.json.gz",
)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_PRONOUN = re.compile(r"^(?:He|She|It)(?= (?:is|was|has|had|won|played|stars?|[a-z]+ed)\b)")
_END = re.compile(r"(?<=[a-z0-9)\"”][.!?]) (?=[A-Z\"“])")
_DETERMINED = re.compile(r"(?:an?|the|one|any|some) ", re.IGNORECASE)
_SHORTEST = 4
#: Of letters and of dictionary glosses, which tell no facts, every so-manieth is read.
_EWT, _GLOSSES = 3, 4


def passages(data: Path) -> list[tuple[str, ...]]:
    """Return every passage of the sets under `data` as its sentences; a text that two sets hold
    comes once.

    The folder holds multihop/, extraction/ and kge/.
    """
    found = dict.fromkeys(_all(data))
    return [passage for passage in found if passage]


def _all(data: Path) -> Iterator[tuple[str, ...]]:
    for name in _CORPORA:
        for page in json.loads(_read(data / name)):
            yield _sentences(page["text"], page["title"])
    yield from _redocred(data / "extraction" / "redocred")
    for path in sorted((data / "extraction" / "text2kgbench" / "train").glob("*.jsonl.gz")):
        for line in _read(path).splitlines():
            yield _sentences(json.loads(line)["sent"])
    (treebank,) = (data / "extraction" / "ud_english_ewt").glob("en_ewt-ud-train*.conllu.gz")
    for sentence in read_treebank(treebank)[::_EWT]:
        yield _sentences(sentence.text)
    rows = csv.reader(
        io.StringIO(_read(data / "extraction" / "gap" / "gap-development.tsv.gz")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    yield from (_sentences(row[1]) for row in list(rows)[1:])
    yield from _described(data / "kge")


def _redocred(folder: Path) -> Iterator[tuple[str, ...]]:
    documents = json.loads(_read(folder / "dev_revised.json.gz"))[:400]
    documents += json.loads(_read(folder / "test_revised_first400.json.gz"))
    for document in documents:
        sentences = tuple(_spaced(tokens) for tokens in document["sents"])
        yield _kept(sentences, document["title"])


def _described(folder: Path) -> Iterator[tuple[str, ...]]:
    for line in _read(folder / "codex-s" / "entity2textlong.tsv.gz").splitlines()[1:]:
        _, label, kind, description, extract = (line.split("\t") + [""] * 4)[:5]
        yield from _named(label, (kind, description))
        yield _sentences(extract, label)
    for line in _read(folder / "fb15k-237" / "entity2textlong.txt.gz").splitlines():
        name, _, text = line.partition("\t")[2].partition(" -- ")
        yield _sentences(text, name)
    for line in _read(folder / "fb15k-237" / "entity2wikidata.tsv.gz").splitlines()[1:]:
        yield from _named(*_label(line))
    for line in _read(folder / "wn18rr" / "entity2text.txt.gz").splitlines()[::_GLOSSES]:
        lemma, _, gloss = line.partition("\t")[2].partition(", ")
        yield (f"{lemma}: {gloss.rstrip(';')}.",)


def _label(line: str) -> tuple[str, tuple[str, ...]]:
    columns = line.split("\t")
    return columns[2], tuple(columns[3:4])


def _named(label: str, descriptions: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for description in descriptions:
        if description and description != label:
            article = "an" if description[:1].lower() in "aeiou" else "a"
            glue = "is" if _DETERMINED.match(description) else f"is {article}"
            yield (f"{_BRACKET.sub('', label)} {glue} {description}.",)


def _sentences(text: str, title: str = "") -> tuple[str, ...]:
    flat = " ".join(_BRACKET.sub("", text).split())
    return _kept(_END.split(flat), title)


def _kept(sentences: Iterable[str], title: str) -> tuple[str, ...]:
    """Sentences that are long enough to learn from; a pronoun that opens one becomes the title,
    since each may be read alone."""
    name = _BRACKET.sub("", title)
    kept = (sentence for sentence in sentences if len(sentence.split()) >= _SHORTEST)
    if not name:
        return tuple(kept)
    return tuple(_PRONOUN.sub(lambda _: name, sentence) for sentence in kept)


def _spaced(tokens: Iterable[str]) -> str:
    return re.sub(r" ([.,;:!?)'’])", r"\1", " ".join(tokens)).replace("( ", "(")


def _read(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()
