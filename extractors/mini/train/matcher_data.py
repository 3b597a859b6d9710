"""Sentences that state relations, from three sets: who stands in which relation to what."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractors.mini.relations.prompts import Prompt
from extractors.mini.train.data import SPAN_TYPES, load_redocred
from extractors.mini.train.spacing import respace
from extractors.mini.words import words

__all__ = ["Stated", "Statement", "fewrel", "ontology", "redocred", "text2kgbench"]

_DATE = re.compile(r"^(\d{2}) (\w+) (\d{4})$")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says by one relation: the words [first, end) of subjects and objects; both
    are empty where it says nothing."""

    relation: Prompt
    subjects: tuple[tuple[int, int], ...]
    objects: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence, its words [start, end) and what it states; `source` is the set it is of, and
    `others` are relations that it does not state: surely if the set is `complete`, else perhaps."""

    source: str
    text: str
    words: tuple[tuple[int, int], ...]
    statements: tuple[Statement, ...]
    others: tuple[Prompt, ...]
    complete: bool = True


def ontology(path: Path) -> dict[str, Prompt]:
    """Return the relations of a Text2KGBench ontology by label."""
    content = json.loads(path.read_text(encoding="utf-8"))
    types = {concept["qid"]: concept["label"] for concept in content["concepts"]}
    return {
        relation["label"].strip(): Prompt(
            relation["label"].strip(),
            types.get(relation["domain"], ""),
            types.get(relation["range"], ""),
        )
        for relation in content["relations"]
    }


def text2kgbench(folder: Path) -> Iterator[Stated]:
    """Yield the training sentences of Text2KGBench; `source` is the ontology's name. Triples
    whose ends do not stand in the sentence are left out with their relation."""
    for path in sorted((folder / "train").glob("*.jsonl.gz"), key=lambda p: p.name):
        name = path.name.removeprefix("ont_").removesuffix("_train.jsonl.gz")
        relations = ontology(folder / "ontologies" / f"{name}_ontology.json")
        grouped: dict[str, list[dict[str, str]]] = {}
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                grouped.setdefault(row["sent"], []).append(row)
        for text in sorted(grouped):
            yield _sentence(name, text, grouped[text], relations)


def _sentence(
    name: str, text: str, triples: Sequence[dict[str, str]], relations: dict[str, Prompt]
) -> Stated:
    cut = tuple(words(text))
    ends: dict[str, tuple[set[tuple[int, int]], set[tuple[int, int]]]] = {}
    unclear = set()
    for triple in triples:
        label = triple["rel_label"].strip()
        subject = _find(text, cut, triple["sub_label"])
        found = _find(text, cut, triple["obj_label"])
        if not subject or not found or label not in relations:
            unclear.add(label)
            continue
        both = ends.setdefault(label, (set(), set()))
        both[0].update(subject)
        both[1].update(found)
    statements = tuple(
        Statement(relations[label], tuple(sorted(ends[label][0])), tuple(sorted(ends[label][1])))
        for label in sorted(ends)
        if not _cross(ends[label][0] | ends[label][1])
    )
    known = unclear | set(ends)
    others = tuple(relations[label] for label in sorted(relations) if label not in known)
    return Stated(name, text, cut, statements, others, complete=False)


def _find(text: str, cut: Sequence[tuple[int, int]], name: str) -> list[tuple[int, int]]:
    """The words of the first place where a name stands, whatever its case; years for their first
    day, as the set writes them."""
    forms = [name]
    if match := _DATE.match(name):
        day, month, year = match.groups()
        forms += [f"{int(day)} {month} {year}", f"{month} {int(day)}, {year}"]
        if (day, month) == ("01", "January"):
            forms.append(year)
    for form in forms:
        match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
        if match:
            inside = [i for i, (a, b) in enumerate(cut) if a < match.end() and b > match.start()]
            return [(inside[0], inside[-1] + 1)] if inside else []
    return []


def _cross(spans: set[tuple[int, int]]) -> bool:
    ordered = sorted(spans)
    return any(a[1] > b[0] for a, b in pairwise(ordered))


def fewrel(folder: Path, each: int) -> Iterator[Stated]:
    """Yield the first `each` sentences of each relation of FewRel."""
    with gzip.open(folder / "fewrel_12relations.json.gz", "rt", encoding="utf-8") as file:
        content = json.load(file)
    with gzip.open(folder / "pid2name.json.gz", "rt", encoding="utf-8") as file:
        names = json.load(file)
    prompts = {number: Prompt(names[number][0], "", "") for number in sorted(content)}
    for number in sorted(content):
        for row in content[number][:each]:
            text, starts = respace(row["tokens"])
            cut = tuple(words(text))
            ends = [
                [_cover(cut, starts, row["tokens"], place[0], place[-1] + 1) for place in row[e][2]]
                for e in "ht"
            ]
            if _cross({*ends[0], *ends[1]}):
                continue
            statement = Statement(
                prompts[number], tuple(sorted(set(ends[0]))), tuple(sorted(set(ends[1])))
            )
            yield Stated("fewrel", text, cut, (statement,), ())


def redocred(folder: Path, documents: slice) -> Iterator[Stated]:
    """Yield the sentences of Re-DocRED whose own entities stand in relations."""
    labels = json.loads((folder / "relation_labels.json").read_text(encoding="utf-8"))
    found = load_redocred(folder / "dev_revised.json.gz")[:400]
    found += load_redocred(folder / "test_revised_first400.json.gz")[:400]
    prompts = _prompts(found, {number: label["label"] for number, label in labels.items()})
    for document in found[documents]:
        yield from _document(document, prompts)


def _prompts(documents: Sequence[Any], labels: dict[str, str]) -> dict[str, Prompt]:
    """A prompt for each relation that occurs, with the most frequent types of its ends."""
    kinds: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for document in documents:
        for fact in document["labels"]:
            both = kinds.setdefault(fact["r"], (Counter(), Counter()))
            for end, counter in zip("ht", both, strict=True):
                counter[document["vertexSet"][fact[end]][0]["type"]] += 1
    return {number: Prompt(labels[number], *map(_usual, kinds[number])) for number in sorted(kinds)}


def _usual(counter: Counter[str]) -> str:
    kind, count = max(sorted(counter.items()), key=lambda item: item[1])
    plain = count < 0.6 * counter.total() or kind == "MISC"
    return "" if plain else SPAN_TYPES[kind].lower()


def _document(document: Any, prompts: dict[str, Prompt]) -> Iterator[Stated]:
    facts: dict[str, list[tuple[int, int]]] = {}
    for fact in document["labels"]:
        facts.setdefault(fact["r"], []).append((fact["h"], fact["t"]))
    others = tuple(prompts[r] for r in sorted(prompts) if r not in facts)
    for number, tokens in enumerate(document["sents"]):
        text, starts = respace(tokens)
        cut = tuple(words(text))
        spans: dict[int, list[tuple[int, int]]] = {}
        for entity, mentions in enumerate(document["vertexSet"]):
            for mention in mentions:
                if mention["sent_id"] == number:
                    first, end = mention["pos"]
                    spans.setdefault(entity, []).append(_cover(cut, starts, tokens, first, end))
        statements = []
        for relation in sorted(facts):
            here = [(h, t) for h, t in facts[relation] if h in spans and t in spans and h != t]
            heads = {span for h, _ in here for span in spans[h]}
            tails = {span for _, t in here for span in spans[t]}
            if here and not heads & tails and not _cross(heads | tails):
                statements.append(
                    Statement(prompts[relation], tuple(sorted(heads)), tuple(sorted(tails)))
                )
        if statements:
            yield Stated("redocred", text, cut, tuple(statements), others)


def _cover(
    cut: Sequence[tuple[int, int]], starts: Sequence[int], tokens: Sequence[str], a: int, b: int
) -> tuple[int, int]:
    start, end = starts[a], starts[b - 1] + len(tokens[b - 1])
    inside = [i for i, (x, y) in enumerate(cut) if x < end and y > start]
    return inside[0], inside[-1] + 1
