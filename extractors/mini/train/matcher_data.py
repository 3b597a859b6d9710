"""Sentences that state relations, from three sets: who stands in which relation to what."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.mini.train.data import SPAN_TYPES, load_redocred
from extractors.mini.train.spacing import respace
from extractors.mini.words import words

__all__ = ["Relation", "Stated", "Statement", "fewrel", "ontology", "redocred", "text2kgbench"]

_DATE = re.compile(r"^(\d{2}) (\w+) (\d{4})$")
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of Wikidata by its number, with its label and the types of its ends in one set
    ("" where anything goes)."""

    number: str
    label: str
    head: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The words [first, end) of subject and object between which a relation holds."""

    relation: Relation
    subject: _Span
    object: _Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence, its words [start, end) and what it states; `source` is the set it is of.

    `others` are relations that it does not state: surely if the set is `complete`, else perhaps.
    `nameless` are relations that it states of something that it does not name. `names` are the
    spans that are annotated.
    """

    source: str
    text: str
    words: tuple[_Span, ...]
    statements: tuple[Statement, ...]
    others: tuple[Relation, ...]
    complete: bool = True
    nameless: tuple[Relation, ...] = ()
    names: tuple[_Span, ...] = ()


def ontology(path: Path) -> dict[str, Relation]:
    """Return the relations of a Text2KGBench ontology by label."""
    content = json.loads(path.read_text(encoding="utf-8"))
    types = {concept["qid"]: concept["label"] for concept in content["concepts"]}
    return {
        relation["label"].strip(): Relation(
            relation["pid"],
            relation["label"].strip(),
            types.get(relation["domain"], ""),
            types.get(relation["range"], ""),
        )
        for relation in content["relations"]
    }


def text2kgbench(folder: Path) -> Iterator[Stated]:
    """Yield the training sentences of Text2KGBench; `source` is the ontology's name. Triples
    whose object does not stand in the sentence are left out with their relation."""
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
    name: str,
    text: str,
    triples: Sequence[Mapping[str, str]],
    relations: Mapping[str, Relation],
) -> Stated:
    cut = tuple(words(text))
    statements: list[Statement] = []
    nameless = set()
    unclear = set()
    for triple in triples:
        label = triple["rel_label"].strip()
        subject = _find(text, cut, triple["sub_label"])
        found = _find(text, cut, triple["obj_label"])
        if label not in relations or found is None:
            unclear.add(label)
        elif subject is None:
            nameless.add(label)
        elif subject[1] <= found[0] or found[1] <= subject[0]:
            statements.append(Statement(relations[label], subject, found))
        else:
            unclear.add(label)
    known = {statement.relation.label for statement in statements}
    others = tuple(
        relations[label] for label in sorted(relations) if label not in unclear | nameless | known
    )
    absent = tuple(relations[label] for label in sorted(nameless - known - unclear))
    made = tuple(dict.fromkeys(statements))
    return Stated(name, text, cut, made, others, complete=False, nameless=absent)


def _find(text: str, cut: Sequence[_Span], name: str) -> _Span | None:
    """The words of the first place where a name stands, whatever its case; years for their first
    day, as the set writes them."""
    forms = [name]
    if match := _DATE.match(name):
        day, month, year = match.groups()
        forms += [f"{int(day)} {month} {year}", f"{month} {int(day)}, {year}"]
        if day == "01":
            forms.append(f"{month} {year}")
        if (day, month) == ("01", "January"):
            forms.append(year)
    for form in forms:
        match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
        if match:
            inside = [i for i, (a, b) in enumerate(cut) if a < match.end() and b > match.start()]
            return (inside[0], inside[-1] + 1) if inside else None
    return None


def fewrel(folder: Path, each: int) -> Iterator[Stated]:
    """Yield the first `each` sentences of each relation of FewRel."""
    with gzip.open(folder / "fewrel_12relations.json.gz", "rt", encoding="utf-8") as file:
        content = json.load(file)
    with gzip.open(folder / "pid2name.json.gz", "rt", encoding="utf-8") as file:
        names = json.load(file)
    for number in sorted(content):
        relation = Relation(number, names[number][0])
        for row in content[number][:each]:
            text, starts = respace(row["tokens"])
            cut = tuple(words(text))
            subject, found = (
                _cover(cut, starts, row["tokens"], row[e][2][0][0], row[e][2][0][-1] + 1)
                for e in "ht"
            )
            if subject[1] <= found[0] or found[1] <= subject[0]:
                statement = Statement(relation, subject, found)
                yield Stated("fewrel", text, cut, (statement,), (), complete=False)


def redocred(folder: Path, documents: slice) -> Iterator[Stated]:
    """Yield the sentences of Re-DocRED that mention two entities or more; a fact between two of a
    sentence counts as stated there."""
    labels = json.loads((folder / "relation_labels.json").read_text(encoding="utf-8"))
    found = load_redocred(folder / "dev_revised.json.gz")[:400]
    found += load_redocred(folder / "test_revised_first400.json.gz")[:400]
    relations = _relations(found, {number: label["label"] for number, label in labels.items()})
    for document in found[documents]:
        yield from _document(document, relations)


def _relations(documents: Sequence[Any], labels: Mapping[str, str]) -> dict[str, Relation]:
    """Each relation that occurs, with the most frequent types of its ends."""
    kinds: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for document in documents:
        for fact in document["labels"]:
            both = kinds.setdefault(fact["r"], (Counter(), Counter()))
            for end, counter in zip("ht", both, strict=True):
                counter[document["vertexSet"][fact[end]][0]["type"]] += 1
    return {
        number: Relation(number, labels[number], *map(_usual, kinds[number]))
        for number in sorted(kinds)
    }


def _usual(counter: Counter[str]) -> str:
    kind, count = max(sorted(counter.items()), key=lambda item: item[1])
    plain = count < 0.6 * counter.total() or kind == "MISC"
    return "" if plain else SPAN_TYPES[kind].lower()


def _document(document: Any, relations: Mapping[str, Relation]) -> Iterator[Stated]:
    facts = sorted({(f["r"], f["h"], f["t"]) for f in document["labels"] if f["h"] != f["t"]})
    told = {r for r, _, _ in facts}
    # First what the document tells elsewhere: the harder to tell apart.
    order = sorted(relations, key=lambda r: (r not in told, r))
    for number, tokens in enumerate(document["sents"]):
        text, starts = respace(tokens)
        cut = tuple(words(text))
        spans: dict[int, list[_Span]] = {}
        for entity, mentions in enumerate(document["vertexSet"]):
            for mention in mentions:
                if mention["sent_id"] == number:
                    first, end = mention["pos"]
                    spans.setdefault(entity, []).append(_cover(cut, starts, tokens, first, end))
        if len(spans) < 2:
            continue
        statements = [
            Statement(relations[r], subject, found)
            for r, h, t in facts
            for subject in spans.get(h, ())
            for found in spans.get(t, ())
            if subject[1] <= found[0] or found[1] <= subject[0]
        ]
        here = {statement.relation.number for statement in statements}
        here |= {r for r, h, t in facts if h in spans and t in spans}
        others = tuple(relations[r] for r in order if r not in here)
        names = tuple(sorted({span for own in spans.values() for span in own}))
        made = tuple(dict.fromkeys(statements))
        yield Stated("redocred", text, cut, made, others, names=names)


def _cover(
    cut: Sequence[_Span], starts: Sequence[int], tokens: Sequence[str], a: int, b: int
) -> _Span:
    start, end = starts[a], starts[b - 1] + len(tokens[b - 1])
    inside = [i for i, (x, y) in enumerate(cut) if x < end and y > start]
    return inside[0], inside[-1] + 1
