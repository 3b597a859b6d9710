"""What is read of an entity: its name, types and text, or its strongest facts in words.

Only training facts are put in words: a text that tells a test fact would give the answer away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["FACTS", "LONGEST", "entity_texts", "facts_in_words"]

#: How many facts are put in words for an entity that has no text.
FACTS = 6
#: How many characters are read of a text: descriptions say the main thing first.
LONGEST = 300


def entity_texts(triples: Triples, *, facts: int = FACTS, longest: int = LONGEST) -> list[str]:
    """Return one line for each of the E entities; with `facts` 0 none are put in words.

    An entity without a text of its own is told by its facts. Lines are cut to `longest`
    characters.
    """
    lines = [triples.describe(entity) for entity in triples.entities]
    bare = [n for n, entity in enumerate(triples.entities) if not triples.texts.get(entity)]
    if facts and bare:
        told = facts_in_words(triples, facts)
        for number in bare:
            lines[number] = ". ".join([lines[number], *told[number]])
    return [line[:longest] for line in lines]


def facts_in_words(triples: Triples, most: int = FACTS) -> list[list[str]]:
    """Return up to `most` training facts of each entity as sentences, the most telling first.

    A fact tells the more the fewer facts its relation and its other end have.
    """
    if not len(triples.train):
        return [[] for _ in triples.entities]
    heads, relations, tails = triples.train.unbind(1)
    degree = torch.bincount(torch.cat([heads, tails]), minlength=len(triples.entities))
    common = torch.bincount(relations, minlength=len(triples.relations))
    commonness = common[relations].log() + torch.maximum(degree[heads], degree[tails]).log()
    found: list[list[str]] = [[] for _ in triples.entities]
    names = [triples.names.get(key, key) for key in triples.entities]
    words = [triples.relation_texts.get(key, _plain(key)) for key in triples.relations]
    for row in commonness.argsort(stable=True).tolist():
        head, relation, tail = triples.train[row].tolist()
        for end in {head, tail}:
            if len(found[end]) < most:
                found[end].append(f"{names[head]} {words[relation]} {names[tail]}")
    return found


def _plain(relation: str) -> str:
    return relation.replace("_", " ").replace("/", " ").strip().lower()
