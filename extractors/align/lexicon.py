"""The lexicon of predicates: synonyms, relating nouns, inverses (`predicates.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.align.stems import is_participle, stem

__all__ = ["PREPOSITIONS", "Lexicon", "lexicon"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Words that a predicate may end with and that belong to its meaning.
PREPOSITIONS = _listed(
    """
    in on at to from of for with by as about after before since till under over near between
    among against off through across around behind beyond without like along despite including
    below above via per except plus outside into alongside amid toward towards during upon within
    inside throughout following until beside amongst
    """
) | {"due to"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Stems of verbs by their canonical one; nouns; what agents do; keys turned round."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    persons: frozenset[str]
    agents: Mapping[str, str]
    turned: Mapping[str, str]
    symmetric: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return what `predicates.txt` says, read once a process."""
    text = Path(__file__).with_name("predicates.txt").read_text(encoding="utf-8")
    rows: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, _, words = line.partition("\t")
            rows.setdefault(kind, []).append([word.replace("_", " ") for word in words.split()])
    verbs = {_stems(other): _stems(row[0]) for row in rows["verb"] for other in row}
    nouns = {other: row[0] for row in rows["noun"] for other in row}
    agents = {noun: _stems(verb) for noun, verb in rows["agent"]}
    persons = set(agents)
    for one, other in rows["inverse"]:
        persons |= {one, other}
    persons |= {name for row in rows["symmetric"] for name in row}
    persons |= _KIN
    nouns = {**{name: name for name in persons if " " not in name}, **nouns}
    turned = {}
    for one, other in rows["inverse"]:
        turned[_plain_key(other, verbs, agents)] = _plain_key(one, verbs, agents)
    symmetric = {f"{name} of" for row in rows["symmetric"] for name in row}
    for row in rows["mutual"]:
        for name in row:
            first, _, rest = name.partition(" ")
            verb = verbs.get(stem(first), stem(first))
            verb = f"{verb}-ed" if is_participle(first) else verb
            symmetric.add(f"{verb} {rest}".strip())
    return Lexicon(verbs, nouns, frozenset(persons), agents, turned, frozenset(symmetric))


#: Nouns that relate two people or things: "X's brother is Y", "Y is the brother of X".
_KIN = _listed(
    """
    brother sister father mother son daughter uncle aunt nephew niece grandfather grandmother
    grandson granddaughter grandchild stepfather stepmother wife husband widow widower heir
    president chairman capital mayor governor king queen leader head chief captain coach
    secretary ambassador bishop member guitarist singer drummer album song single hometown
    nickname company subsidiary mentor rival lover disciple follower co-founder
    """
)


def _plain_key(name: str, verbs: Mapping[str, str], agents: Mapping[str, str]) -> str:
    words = name.split()
    if name in agents:
        return verbs.get(agents[name], agents[name])
    if _stems(name) in verbs or words[0] in ("follow", "precede", "contain", "own", "employ"):
        return verbs.get(_stems(name), _stems(name))
    if words[-1] in PREPOSITIONS and len(words) > 1:
        head = _stems(" ".join(words[:-1]))
        return f"{verbs.get(head, words[0])} {words[-1]}"
    return f"be {name}" if name in PREPOSITIONS else f"{name} of"


def _stems(phrase: str) -> str:
    return " ".join(word if word in PREPOSITIONS else stem(word) for word in phrase.split())
