"""What is known to be true: relations as a folder of ParaRel's layout holds them.

`relations.json` gives each property's `label`, `description` and `seeds`; `<property>.jsonl.gz`
(or `.jsonl`) has a line with `sub_label` and `obj_label` for each fact. Seeds are left out when
harvested tuples are judged.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgkit.errors import InputError

__all__ = ["Gold", "Judgement", "load_gold"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of `found` tuples, those whose head is known (`judgeable`), and those that are right."""

    found: int
    judgeable: int
    hits: int

    @property
    def rate(self) -> float | None:
        """The share of the judgeable ones that is right, from 0 to 1; None without any."""
        return self.hits / self.judgeable if self.judgeable else None


@dataclass(frozen=True, slots=True)
class Gold:
    """A property with its seeds and its facts, as `tails` of each head, all in lower case."""

    property: str
    label: str
    description: str
    seeds: tuple[tuple[str, str], ...]
    tails: dict[str, frozenset[str]]

    def verdicts(self, tuples: Iterable[Sequence[str]]) -> list[bool | None]:
        """Return whether each tuple is right; None where its head is unknown or it is a seed."""
        seeds = {(head.lower(), tail.lower()) for head, tail in self.seeds}
        found: list[bool | None] = []
        for head, tail in ((one[0].lower(), one[1].lower()) for one in tuples):
            known = self.tails.get(head)
            judgeable = known is not None and (head, tail) not in seeds
            found.append(tail in known if judgeable and known is not None else None)
        return found

    def judge(self, tuples: Sequence[Sequence[str]]) -> Judgement:
        """Return how many of the tuples are judgeable and right."""
        judged = [verdict for verdict in self.verdicts(tuples) if verdict is not None]
        return Judgement(len(tuples), len(judged), sum(judged))

    def most_frequent(self) -> Judgement:
        """Return how often the most frequent tail is right, for every head that is no seed's."""
        seeds = {head.lower() for head, _ in self.seeds}
        known = {head: tails for head, tails in self.tails.items() if head not in seeds}
        counts = Counter(tail for tails in known.values() for tail in sorted(tails))
        best = min(counts, key=lambda tail: (-counts[tail], tail)) if counts else ""
        return Judgement(len(known), len(known), sum(best in tails for tails in known.values()))


def load_gold(folder: Path) -> list[Gold]:
    """Return the properties of a folder that have facts, by number.

    Raises `InputError` where there is no relations.json.
    """
    listing = folder / "relations.json"
    if not listing.exists():
        raise InputError(f"{folder} holds no relations.json; give a folder of ParaRel's layout")
    described = json.loads(listing.read_text(encoding="utf-8"))
    found = []
    for name in sorted(described, key=lambda name: (len(name), name)):
        path = next((p for p in _files(folder, name) if p.exists()), None)
        if path is None:
            continue
        entry = described[name]
        seeds = tuple((str(head), str(tail)) for head, tail in entry["seeds"])
        found.append(Gold(name, entry["label"], entry["description"], seeds, _tails(path)))
    return found


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"


def _tails(path: Path) -> dict[str, frozenset[str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    tails: dict[str, set[str]] = {}
    for line in text.splitlines():
        fact = json.loads(line)
        tails.setdefault(fact["sub_label"].lower(), set()).add(fact["obj_label"].lower())
    return {head: frozenset(known) for head, known in tails.items()}
