"""Triples written as one line of text, as REBEL does (Huguet Cabot and Navigli 2021).

"<triplet> head <subj> tail <obj> relation <subj> tail <obj> relation <triplet> ..."
"""

from __future__ import annotations

import re

from extractors.llm.parse import Rows
from extractors.llm.rejections import Rejection
from extractors.llm.rows import FactRow

__all__ = ["parse_linearised"]

_PLAIN = re.compile(r"<(?:s|/s|pad|unk|mask)>|\b(?:tp|en)_XX\b")


def parse_linearised(text: str) -> Rows:
    """Return the triples of a line; one that lacks a part is rejected by itself.

    >>> rows = parse_linearised("<triplet> Alien <subj> Ridley Scott <obj> director")
    >>> [(row.head, row.relation, row.tail) for row in rows.facts]
    [('Alien', 'director', 'Ridley Scott')]
    """
    facts: dict[tuple[str, str, str], FactRow] = {}
    lost: list[Rejection] = []
    bare = _PLAIN.sub(" ", text)
    _, *groups = bare.split("<triplet>")
    for group in groups:
        head, *pairs = (part.strip() for part in group.split("<subj>"))
        for pair in pairs or [""]:
            tail, _, relation = (part.strip() for part in pair.partition("<obj>"))
            if not (head and tail and relation) or len(head) > 300 or len(tail) > 300:
                shown = f"<triplet> {head} <subj> {pair}"
                lost.append(
                    Rejection.of("incomplete", shown, "a head, tail or relation is missing")
                )
            elif "<obj>" in relation or len(relation) > 100:
                shown = f"<triplet> {head} <subj> {pair}"
                lost.append(Rejection.of("unreadable", shown, "the relation is none"))
            else:
                row = {"head": head, "relation": relation, "tail": tail}
                facts[head, relation, tail] = FactRow.model_validate(row)
    if not groups and bare.strip():
        lost.append(Rejection.of("empty", text, "there is no triple in the line"))
    return Rows((), tuple(facts.values()), tuple(lost))
