"""What relations mean: phrases that say the same, and which way round they say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extractors.align.predicates import read_predicate
from extractors.mini.relations.prompts import spoken

__all__ = ["Concept", "Phrase", "concepts", "concepts_of", "is_inverse_noun"]

_FILE = Path(__file__).with_name("wordings.txt")
#: Between words for times and places these say the same: "born on a day", "born in a year".
_ANY = ("in", "on", "at")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of a relation; `turned` where it stands between the tail and the head, `more`
    where it says more than the relation."""

    words: str
    turned: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """A relation with the kinds of its ends ("" in none: any) and its wordings."""

    name: str
    heads: frozenset[str]
    tails: frozenset[str]
    phrases: tuple[Phrase, ...]

    def joins(self, head: str, tail: str) -> bool:
        """Return whether ends of these kinds can stand in the relation."""
        return (not self.heads or head in self.heads) and (not self.tails or tail in self.tails)


def concepts_of(
    relation: str, head: str, tail: str, *, claimed: bool = False
) -> Mapping[str, bool]:
    """Return the concepts that a relation's name or words say between ends of these kinds, each
    with whether head and tail change places; what is `claimed` is not less than was said. "" for
    both kinds stands for any.

    >>> concepts_of("PLACE_OF_BIRTH", "Person", "Location")
    {'born in': False}
    >>> concepts_of("EMPLOY", "Organization", "Person")
    {'employs person': False, 'works for': True}
    """
    found: dict[str, bool] = {}
    for key, turned in _keys(spoken(relation)):
        for concept, flipped, more in _by_key().get(key, ()):
            if more and claimed:
                continue
            changed = turned != flipped
            ends = (tail, head) if changed else (head, tail)
            if not (head or tail) or concept.joins(*ends):
                found.setdefault(concept.name, changed)
    return dict(sorted(found.items()))


def is_inverse_noun(relation: str) -> bool:
    """Return whether a relation is "the noun of", said of its head.

    >>> is_inverse_noun("BIRTHPLACE_OF"), is_inverse_noun("BORN_IN")
    (True, False)
    """
    return relation.endswith("_OF") and not read_predicate(relation.removesuffix("_OF")).inverted


@cache
def concepts() -> Sequence[Concept]:
    """Return what `wordings.txt` says, read once a process."""
    found = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kinds, phrases = line.split("\t")
            heads, _, tails = kinds.partition(">")
            made = tuple(
                Phrase(p.lstrip("+<"), "<" in p[:2], p.startswith("+")) for p in phrases.split("; ")
            )
            found.append(Concept(name, _listed(heads), _listed(tails), made))
    return found


@cache
def _by_key() -> Mapping[str, Sequence[tuple[Concept, bool, bool]]]:
    found: dict[str, list[tuple[Concept, bool, bool]]] = defaultdict(list)
    for concept in concepts():
        for phrase in concept.phrases:
            for key, turned in _keys(phrase.words):
                found[key].append((concept, turned != phrase.turned, phrase.more))
    return found


@lru_cache(maxsize=8192)
def _keys(words: str) -> Sequence[tuple[str, bool]]:
    """Return what is compared of a phrase, without tense, voice and manner, and whether it is
    said of its ends the other way round."""
    read = read_predicate(words)
    base, preposition = read.base.replace("-ed", ""), read.preposition
    key = read.key.replace("-ed", "")
    if preposition in _ANY and base:
        key = f"{base} in"
    return [(key, read.inverted)]


def _listed(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))
