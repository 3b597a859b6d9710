"""Re-DocRED as documents with the relations between their entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.pieces import rows
from extractors.mini.relations.cases import Case, Place, case_of
from extractors.mini.train.data import SPAN_TYPES, load_redocred
from extractors.mini.train.spacing import join, respace
from extractors.mini.words import words

__all__ = ["HELD_OUT", "Labelled", "RelationSets", "gold_case", "labelled", "load_relations"]

_CODES = {short: i for i, short in enumerate(SPAN_TYPES)}
#: The last documents, for choosing among models, thresholds and probabilities.
HELD_OUT = 40


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what holds in it: (head entity, tail entity, relation, evidence sentences);
    relations are numbered from 0."""

    case: Case
    facts: tuple[tuple[int, int, int, tuple[int, ...]], ...]

    def targets(self, relations: int) -> Tensor:
        """Return [pairs, relations] of 0 and 1, ordered pairs as the network has them."""
        count = len(self.case.kinds)
        block = torch.zeros(count, count, relations)
        for head, tail, relation, _ in self.facts:
            block[head, tail, relation] = 1.0
        return block[~torch.eye(count, dtype=torch.bool)]

    def evidence(self) -> tuple[Tensor, Tensor]:
        """Return the numbers [n] of pairs with marked evidence and its share of each sentence
        [n, sentences]."""
        count, sentences = len(self.case.kinds), len(self.case.bounds) - 1
        found: dict[int, set[int]] = {}
        for head, tail, _, marked in self.facts:
            pair = head * (count - 1) + tail - (tail > head)
            found.setdefault(pair, set()).update(marked)
        pairs = sorted(pair for pair in found if found[pair])
        shares = torch.zeros(len(pairs), sentences)
        for i, pair in enumerate(pairs):
            shares[i, sorted(found[pair])] = 1.0 / len(found[pair])
        return torch.tensor(pairs, dtype=torch.long), shares


@dataclass(frozen=True, slots=True)
class RelationSets:
    """`train` has each document twice, with blanks everywhere and as printed; `held_out` is for
    choosing among models; `relations` are the properties' numbers in the order of the head."""

    relations: tuple[str, ...]
    names: tuple[str, ...]
    train: list[tuple[Labelled, Labelled]]
    held_out: list[Labelled]


def load_relations(folder: Path, tokenizer: Tokenizer) -> RelationSets:
    """Read `folder`/redocred; the last 100 documents of dev are left for measuring."""
    import json

    names = json.loads((folder / "redocred" / "relation_labels.json").read_text(encoding="utf-8"))
    documents = load_redocred(folder / "redocred" / "dev_revised.json.gz")[:400]
    documents += load_redocred(folder / "redocred" / "test_revised_first400.json.gz")[:400]
    relations = tuple(sorted({fact["r"] for d in documents for fact in d["labels"]}))
    made = [
        (
            labelled(document, relations, tokenizer, printed=False),
            labelled(document, relations, tokenizer, printed=True),
        )
        for document in documents
    ]
    return RelationSets(
        relations,
        tuple(names[relation]["label"] for relation in relations),
        made[:-HELD_OUT],
        [pair[1] for pair in made[-HELD_OUT:]],
    )


def labelled(
    document: Any, relations: Sequence[str], tokenizer: Tokenizer, *, printed: bool
) -> Labelled:
    """Return a document of the set with its facts, sorted."""
    numbers = {relation: i for i, relation in enumerate(relations)}
    facts = {
        (fact["h"], fact["t"], numbers[fact["r"]]): tuple(fact.get("evidence", ()))
        for fact in document["labels"]
        if fact["r"] in numbers and fact["h"] != fact["t"]
    }
    found = tuple((*key, facts[key]) for key in sorted(facts))
    return Labelled(gold_case(document, tokenizer, printed=printed), found)


def gold_case(document: Any, tokenizer: Tokenizer, *, printed: bool) -> Case:
    """Return a document with its annotated mentions, cut into our own words."""
    spaced = respace if printed else join
    made, cut, placed = [], [], []
    for tokens in document["sents"]:
        text, starts = spaced(tokens)
        spans = words(text)
        made.append(rows(tokenizer, text, [spans])[0])
        cut.append(spans)
        placed.append([(start, start + len(t)) for start, t in zip(starts, tokens, strict=True)])
    places = []
    for number, entity in enumerate(document["vertexSet"]):
        for mention in entity:
            sentence = mention["sent_id"]
            first, end = mention["pos"]
            start, stop = placed[sentence][first][0], placed[sentence][end - 1][1]
            inside = [i for i, (a, b) in enumerate(cut[sentence]) if a < stop and b > start]
            kind = _CODES[mention["type"]]
            places.append(Place(sentence, inside[0], inside[-1] + 1, number, kind))
    return case_of(made, places)
