"""Sentences written for training (`sentences.txt`), filled with names that nobody bears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from extractors.worlds.names import Names
from kgkit.facts import Document, Entity, Fact, Literal

__all__ = ["Filled", "filled", "relations_beside"]

_FILE = Path(__file__).with_name("sentences.txt")


@dataclass(frozen=True, slots=True)
class Filled:
    """A fact with the one-sentence document that states it, and relations that it does not."""

    fact: Fact
    document: Document
    others: tuple[str, ...]


def filled(rng: Random) -> Iterator[Filled]:
    """Yield each sentence of the file once, with names drawn anew."""
    names = Names(rng, "train")
    for number, line in enumerate(_lines()):
        relation, kinds, others, sentence = line.split("\t")
        head, _, tail = kinds.partition(">")
        (first, said), (second, shown) = (_end(kind, names, rng) for kind in (head, tail))
        assert isinstance(first, Entity)
        text = sentence.replace("{H}", said).replace("{T}", shown)
        fact = Fact(first, relation, second)
        yield Filled(fact, Document(f"sentences/{number:03d}.txt", text), tuple(others.split(",")))


def relations_beside() -> dict[str, tuple[str, ...]]:
    """Return the relations that the sentences of each relation do not state."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines():
        relation, _, others, _ = line.split("\t")
        found[relation] = (*found.get(relation, ()), *others.split(","))
    return found


def _lines() -> list[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _end(kind: str, names: Names, rng: Random) -> tuple[Entity | Literal, str]:
    """Return something of a kind, and how a sentence writes it."""
    if kind == "date":
        day = date(rng.randint(1820, 2005), rng.randint(1, 12), rng.randint(1, 28))
        return Literal(day, "date"), f"{day.day} {day.strftime('%B')} {day.year}"
    if kind == "year":
        year = rng.randint(1820, 2005)
        return Literal(year, "gYear"), str(year)
    if kind == "number":
        count = rng.randint(2, 900) * 100 + rng.randint(1, 99)
        return Literal(count, "integer"), f"{count:,}"
    match kind:
        case "Person":
            name = " ".join(names.person(woman=rng.random() < 0.5))
        case "City" | "River":
            name = names.city()
        case "Country":
            name = names.country()
        case "Company":
            name = names.company()[0]
        case "University":
            name = f"University of {names.city()}"
        case "Award":
            name = names.award()
        case "Element" | "Machine":
            name = names.country().replace("land", "ium")
        case _:
            name = names.book()
    return Entity.named(name, kind), name
