"""Where questions come from: QAMR, QED, and what rules ask about Re-DocRED and plain passages."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from extractors.mini.parse import Mini
from extractors.mini.syntax import Sentence
from extractors.mini.train.data import load_redocred
from extractors.mini.train.reading_pages import (
    Asked,
    Gold,
    Page,
    bounds_of,
    capitalised,
    page_of,
    parsed_page,
    words_at,
)
from extractors.mini.train.reading_questions import questions_of
from extractors.mini.train.reading_templates import FOR_HEAD, FOR_TAIL
from extractors.mini.train.spacing import respace
from extractors.mini.words import words

__all__ = ["QED_TRAINED", "lines", "plain", "qamr", "qed", "redocred"]

#: QED questions, from the first on, that are learnt from; the others are measured.
QED_TRAINED = 600
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_PER_RELATION = 260


def lines(path: Path) -> Iterator[Any]:
    """Yield the records of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def qamr(folder: Path, mini: Mini, tokenizer: Tokenizer, pages: list[Page]) -> list[Asked]:
    """Add the sentences of each QAMR article as a page; return the questions asked of them."""
    articles: dict[str, list[Any]] = defaultdict(list)
    for name in ("qamr_dev", "qamr_test_first400"):
        for record in lines(folder / f"{name}.jsonl.gz"):
            articles[record["id"].rsplit(":", 2)[0]].append(record)
    asked = []
    for article in articles.values():
        article.sort(key=lambda record: [int(n) for n in record["id"].split(":")[-2:]])
        text, bounds, places = "", [], []
        for record in article:
            tokens = [_BRACKETS.get(token, token) for token in record["tokens"]]
            printed, starts = respace(tokens)
            offset = len(text) + bool(text)
            text += " " * bool(text) + printed
            bounds.append((offset, len(text)))
            places.append(
                [(offset + s, offset + s + len(t)) for s, t in zip(starts, tokens, strict=True)]
            )
        parsed = mini.analyse(text, bounds).sentences
        if len(parsed) != len(article):
            continue
        page = len(pages)
        pages.append(parsed_page(tokenizer, "", text, parsed))
        for number, record in enumerate(article):
            said = set()
            for qa in record["qas"]:
                question = " ".join(qa["question"].split())
                golds = _voted(qa["answers"], places[number], parsed[number], number)
                if question.lower() in said or not golds or not _clear(question, parsed[number]):
                    continue
                said.add(question.lower())
                asked.append(Asked("qamr", question, page, golds, (number, number)))
    return asked


def _clear(question: str, sentence: Sentence) -> bool:
    """Whether a question says enough to be asked of more than its sentence."""
    rare = {t.text.lower() for t in sentence.tokens if t.upos in ("NOUN", "PROPN", "VERB", "NUM")}
    rare |= {t.lemma.lower() for t in sentence.tokens if t.text.lower() in rare}
    asked = question.lower().rstrip("?").replace("'s", " ").split()
    return len(asked) >= 4 and sum(word in rare for word in asked) >= 2


def _voted(
    answers: Sequence[Sequence[int]],
    places: Sequence[tuple[int, int]],
    sentence: Sentence,
    number: int,
) -> tuple[Gold, ...]:
    """The annotators' answers as runs of words, whole names instead of their parts; none where
    no two annotators overlap."""
    votes: Counter[tuple[int, int]] = Counter()
    spans = [(token.start, token.end) for token in sentence.tokens]
    for indices in answers:
        if not indices or indices[-1] - indices[0] >= 2 * len(indices):
            continue
        found = words_at(spans, places[indices[0]][0], places[indices[-1]][1])
        if found:
            votes[_whole(sentence, *found)] += 1
    agree = any(
        a[0] <= b[1] and b[0] <= a[1] for i, a in enumerate(votes) for b in list(votes)[i + 1 :]
    )
    if not agree and max(votes.values(), default=0) < 2:
        return ()
    total = sum(votes.values())
    return tuple((number, first, last, n / total) for (first, last), n in sorted(votes.items()))


def _whole(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    for span in sentence.spans:
        inside = span.first <= first and last < span.last
        if inside and span.score > 0.5 and span.type in ("Person", "Organization", "Location"):
            return span.first, span.last - 1
    return first, last


def qed(path: Path, tokenizer: Tokenizer, pages: list[Page], most: int) -> list[Asked]:
    """Add the paragraph of each of the first `most` QED questions as a page; return the questions,
    in order."""
    asked = []
    for record in islice(lines(path), most):
        text = record["paragraph"]
        spans = [words(text, start, end) for start, end in bounds_of(text)]
        golds = []
        for parts in record["answers"]:
            if len(parts) != 1:
                continue
            for number, sentence in enumerate(spans):
                if found := words_at(sentence, parts[0]["start"], parts[0]["end"]):
                    golds.append((number, *found))
                    break
        if golds:
            weighed = tuple((*gold, 1 / len(golds)) for gold in golds)
            needed = min(g[0] for g in golds), max(g[0] for g in golds)
            asked.append(Asked("qed", record["question"], len(pages), weighed, needed))
        pages.append(page_of(tokenizer, record["title"], text, spans, capitalised(text)))
    return asked


def plain(
    texts: Sequence[tuple[str, str, Sequence[Sentence]]],
    tokenizer: Tokenizer,
    pages: list[Page],
    chance: random.Random,
    most: int = 6,
) -> list[Asked]:
    """Add passages (title, text, parse) as pages; return `most` questions on each, made of its
    clauses."""
    known = frozenset(tokenizer.get_vocab())
    asked = []
    for title, text, parsed in texts:
        name = title.split(" (")[0]
        found = []
        for number, sentence in enumerate(parsed):
            for made in questions_of(text, sentence, name, known):
                gold = ((number, made.first, made.last, 1.0),)
                kind = sentence.span_at(made.first)
                likely = 1.0 if kind else 0.35
                if chance.random() < likely:
                    found.append(Asked("plain", made.question, len(pages), gold, (number, number)))
        asked += chance.sample(found, min(most, len(found)))
        pages.append(parsed_page(tokenizer, name, text, parsed))
    return asked


def redocred(
    folder: Path, tokenizer: Tokenizer, pages: list[Page], chance: random.Random
) -> list[Asked]:
    """Add Re-DocRED documents as pages; return questions on their facts in our own phrasings.

    The last 100 of dev are left out: other figures are measured on them.
    """
    documents = load_redocred(folder / "test_revised_first400.json.gz")
    documents += load_redocred(folder / "dev_revised.json.gz")[:400]
    asked: list[tuple[str, Asked]] = []
    for document in documents:
        text, bounds, places = "", [], []
        for tokens in document["sents"]:
            printed, starts = respace(tokens)
            offset = len(text) + bool(text)
            text += " " * bool(text) + printed
            bounds.append((offset, len(text)))
            places.append(
                [(offset + s, offset + s + len(t)) for s, t in zip(starts, tokens, strict=True)]
            )
        spans = [words(text, start, end) for start, end in bounds]
        asked += _facts(document, places, spans, len(pages), chance)
        names = {m["name"]: m["type"] for entity in document["vertexSet"] for m in entity}
        pages.append(page_of(tokenizer, document["title"], text, spans, names))
    counts = Counter(relation for relation, _ in asked)
    kept = [a for r, a in asked if chance.random() < _PER_RELATION / max(counts[r], _PER_RELATION)]
    return kept


def _facts(
    document: Any,
    places: Sequence[Sequence[tuple[int, int]]],
    spans: Sequence[Sequence[tuple[int, int]]],
    page: int,
    chance: random.Random,
) -> Iterator[tuple[str, Asked]]:
    """The questions on a document's facts, each with its relation."""
    told: dict[tuple[str, int, str], list[Any]] = defaultdict(list)
    for fact in document["labels"]:
        if fact["evidence"] and max(fact["evidence"]) - min(fact["evidence"]) <= 3:
            if fact["r"] in FOR_TAIL:
                told["t", fact["h"], fact["r"]].append(fact)
            if fact["r"] in FOR_HEAD:
                told["h", fact["t"], fact["r"]].append(fact)
    for (wanted, given, relation), facts in told.items():
        evidence = [number for fact in facts for number in fact["evidence"]]
        lowest, highest = min(evidence), max(evidence)
        if highest - lowest > 4:
            continue
        name = max((m["name"] for m in document["vertexSet"][given]), key=lambda n: (len(n), n))
        golds = []
        for fact in facts:
            for mention in document["vertexSet"][fact[wanted]]:
                number = mention["sent_id"]
                if number not in fact["evidence"]:
                    continue
                begin, end = mention["pos"]
                start, stop = places[number][begin][0], places[number][end - 1][1]
                if found := words_at(spans[number], start, stop):
                    golds.append((number, *found))
        if not golds or name in {
            m["name"] for f in facts for m in document["vertexSet"][f[wanted]]
        }:
            continue
        phrasings: Callable[[str], tuple[str, ...]] = (
            FOR_TAIL if wanted == "t" else FOR_HEAD
        ).__getitem__
        question = chance.choice(phrasings(relation)).replace("{}", name)
        weighed = tuple((*gold, 1 / len(set(golds))) for gold in sorted(set(golds)))
        yield relation, Asked("redocred", question, page, weighed, (lowest, highest))
