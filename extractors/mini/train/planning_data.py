"""Questions with their decompositions, programs, queries or evidence, as cases to learn from."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.mini.planning.labels import DEPTHS, OPERATORS, PARTS, type_of
from extractors.mini.words import words

__all__ = ["PlanningCase", "break_cases", "chain_cases", "is_held_out", "query_cases"]

_PART_OF = {"select": "known", "project": "relation", "filter": "condition"}
_IDLE = (
    "return the a an of in is are was were to that which who what if for and or by on at from "
    "with both each any it its their there do does did has have had be been one"
)
_SKIPPED = frozenset(_IDLE.split())
_REFERENCE = re.compile(r"#\s?(\d+)")
_WORD = re.compile(r"[^\W_]+")
#: How many simple questions are drawn.
_SIMPLE = 500


@dataclass(frozen=True, slots=True)
class PlanningCase:
    """A question with its words' characters [start, end) and what is known of it: operators of a
    decomposition in few (`coarse`) or many (`fine`) steps and its type, each None where unknown,
    and a part and a depth for each word, empty where unknown."""

    question: str
    words: tuple[tuple[int, int], ...]
    coarse: frozenset[str] | None = None
    fine: frozenset[str] | None = None
    type: str | None = None
    parts: tuple[int, ...] = ()
    depths: tuple[int, ...] = ()


def is_held_out(question: str) -> bool:
    """Return whether a question belongs to the tenth that is measured on, by its words alone."""
    key = " ".join(_WORD.findall(question.lower()))
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10 == 0


def break_cases(folder: Path, *, held_out: bool) -> Iterator[PlanningCase]:
    """Yield the cases of Break in a folder with break_high_dev and break_qdmr_dev: those that are
    held out, or the others. A question that is in both files gives two cases."""
    for level, name in (("coarse", "break_high_dev"), ("fine", "break_qdmr_dev")):
        for row in _lines(folder / f"{name}.jsonl.gz"):
            question = " ".join(row["question"].split())
            if is_held_out(question) != held_out:
                continue
            operators = [o.lower() for o in row["operators"] if o.lower() in OPERATORS]
            if not operators or len(row["operators"]) != len(row["decomposition"]):
                continue
            spans = tuple(words(question))
            parts, depths = _tagged(question, spans, row["decomposition"], row["operators"])
            found = frozenset(operators)
            yield PlanningCase(
                question,
                spans,
                found if level == "coarse" else None,
                found if level == "fine" else None,
                type_of(operators[-1]),
                parts,
                depths,
            )


def query_cases(folder: Path) -> Iterator[PlanningCase]:
    """Yield cases of SimpleQuestions, all of one relation, for the type of question alone."""
    path = folder / "simplequestions_wd_train.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    chosen = random.Random("simple").sample(rows, min(_SIMPLE, len(rows)))
    for row in chosen:
        question = " ".join(row[-1].split())
        if question and not is_held_out(question):
            yield PlanningCase(question, tuple(words(question)), type="things")


def chain_cases(path: Path) -> Iterator[PlanningCase]:
    """Yield the dev questions of rk500: their type, and from the chain of evidence which words
    name what is known and how deep the words of each relation are."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    for row in rows:
        if row["split"] != "dev":
            continue
        question = " ".join(row["question"].split())
        chain = row["evidences"]
        yes = row["answers"][0].lower() in ("yes", "no")
        kind = "yesno" if yes else "choice" if "comparison" in row["type"] else "things"
        heads = {head for head, _, _ in chain}
        tails = {tail for _, _, tail in chain}
        steps = [f"return {head}" for head in sorted(heads - tails)]
        operators = ["select"] * len(steps)
        relations = list(dict.fromkeys(relation for _, relation, _ in chain))
        for relation in relations:
            steps.append(f"return {relation} of #{len(steps)}")
            operators.append("project")
        spans = tuple(words(question))
        parts, depths = _tagged(question, spans, steps, operators)
        yield PlanningCase(question, spans, type=kind, parts=parts, depths=depths)


def _tagged(
    question: str,
    spans: Sequence[tuple[int, int]],
    steps: Sequence[str],
    operators: Sequence[str],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the part and depth of each word, from the step that says it first."""
    depth = _depths(steps)
    said: dict[str, tuple[int, int]] = {}
    for n, (step, operator) in enumerate(zip(steps, operators, strict=True)):
        part = PARTS.index(_PART_OF.get(operator.lower(), "operation"))
        for word in _WORD.findall(_REFERENCE.sub(" ", step.lower())):
            if word not in _SKIPPED:
                said.setdefault(_root(word), (part, min(depth[n], 3) + 1))
    parts, depths = [], []
    for start, end in spans:
        low = question[start:end].lower()
        part, far = said.get(_root(low), (0, 0)) if low not in _SKIPPED else (0, 0)
        parts.append(part)
        depths.append(min(far, len(DEPTHS) - 1))
    return tuple(parts), tuple(depths)


def _depths(steps: Sequence[str]) -> list[int]:
    """Return how many steps each step is before the last one that uses it."""
    found = [0] * len(steps)
    for n in range(len(steps) - 1, -1, -1):
        for match in _REFERENCE.finditer(steps[n]):
            used = int(match[1]) - 1
            if 0 <= used < n:
                found[used] = max(found[used], found[n] + 1)
    return found


def _root(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
