"""The evidence of an answer as a picture: the facts that its citations support."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgkit.ids import normalise_name
from reasoning.answers.answer import Answer
from reasoning.explaining.picture import Arrow, Node, Picture, Role

__all__ = ["CitedFact", "cited_facts", "draw_evidence"]

_PARTS = re.compile(r"\s*(?:,\s*and\b|,|;|\band\b)\s*")
#: Facts as citations write them, several joined by "; ".
_FACT = re.compile(
    r"(?P<sign>not |maybe )?\((?P<head>.*?)\)-\[(?P<relation>[^\]]*)\]->\((?P<tail>.*?)\)"
    r"(?=; (?:not |maybe )?\(|$)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact that a citation supports, by the names of its ends; `sign` is "not", "maybe" or ""."""

    head: str
    relation: str
    tail: str
    sign: str
    number: int


def cited_facts(answer: Answer) -> list[CitedFact]:
    """Return the facts that an answer's citations support, in their order.

    >>> from reasoning.answers import Citation
    >>> cited = Citation(1, "a.txt", "", 0, 3, "...", "(Curie)-[DISCOVERED]->(radium)")
    >>> cited_facts(Answer("Who?", "Curie", (cited,)))[0].tail
    'radium'
    """
    return [
        CitedFact(
            fact["head"], fact["relation"], fact["tail"], (fact["sign"] or "").strip(), c.number
        )
        for c in answer.citations
        for fact in _FACT.finditer(c.fact or "")
    ]


def draw_evidence(answer: Answer) -> Picture:
    """Return the picture of what an answer rests on: an arrow for each cited fact, with the number
    of its citation; a sentence without a fact leads from its title to the answer.

    >>> from reasoning.answers import Citation
    >>> cited = Citation(1, "a.txt", "Radium", 0, 3, "...", "(Curie)-[DISCOVERED]->(radium)")
    >>> draw_evidence(Answer("Who discovered radium?", "Curie", (cited,))).arrows[0].label
    'DISCOVERED [1]'
    """
    said = re.sub(r"^\d+:\s*", "", answer.text)
    parts = {normalise_name(part) for part in (said, *_PARTS.split(said)) if part}
    asked = normalise_name(answer.question)
    nodes: dict[str, Node] = {}
    arrows: list[Arrow] = []

    def key_of(label: str) -> str:
        key = normalise_name(label) or label
        role: Role = "answer" if key in parts else "given" if key in asked else "found"
        nodes.setdefault(key, Node(key, label, role))
        return key

    facts = cited_facts(answer)
    for citation in answer.citations:
        own = [fact for fact in facts if fact.number == citation.number]
        for fact in own:
            label = f"{fact.sign} {fact.relation} [{fact.number}]".strip()
            arrows.append(Arrow(key_of(fact.head), key_of(fact.tail), label, bool(fact.sign)))
        if not own:
            source = citation.title or citation.document_uri
            ends = key_of(source), key_of(said or answer.question)
            arrows.append(Arrow(*ends, f"says [{citation.number}]"))
    return Picture(tuple(nodes.values()), tuple(arrows))
