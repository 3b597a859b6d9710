"""Harvested facts as JSON objects and back, without loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity, Qualifier

__all__ = ["fact_from", "fact_to"]


def fact_to(fact: Fact) -> dict[str, Any]:
    """Return a fact that rests on models as a JSON object.

    >>> fact = Fact(Entity.named("Paris"), "CAPITAL_OF", Entity.named("France"))
    >>> fact_from(fact_to(fact)) == fact
    True
    """
    return {
        "head": _end_to(fact.head),
        "relation": fact.relation,
        "tail": _end_to(fact.tail),
        "qualifiers": {item.role: _end_to(item.value) for item in fact.qualifiers},
        "polarity": fact.polarity.value,
        "predicate": fact.predicate,
        "evidence": [
            {
                "model": piece.model,
                "prompts": list(piece.prompts),
                "log_probabilities": list(piece.log_probabilities),
                "score": piece.score,
            }
            for piece in fact.evidence
            if isinstance(piece, ModelEvidence)
        ],
    }


def fact_from(data: Mapping[str, Any]) -> Fact:
    """Return the fact that `fact_to` made this object of."""
    head = _end_from(data["head"])
    assert isinstance(head, Entity)
    return Fact(
        head,
        data["relation"],
        _end_from(data["tail"]),
        tuple(Qualifier(role, _end_from(value)) for role, value in data["qualifiers"].items()),
        Polarity(data["polarity"]),
        predicate=data["predicate"],
        evidence=tuple(
            ModelEvidence(
                piece["model"],
                tuple(piece["prompts"]),
                tuple(piece["log_probabilities"]),
                piece["score"],
            )
            for piece in data["evidence"]
        ),
    )


def _end_to(value: Entity | Literal) -> dict[str, Any]:
    if isinstance(value, Entity):
        return {"id": value.id, "name": value.name, "type": value.type}
    return {"value": value.value, "datatype": value.datatype, "text": value.text}


def _end_from(data: Mapping[str, Any]) -> Entity | Literal:
    if "id" in data:
        return Entity(data["id"], data["name"], data["type"])
    return Literal(data["value"], data["datatype"], data["text"])
