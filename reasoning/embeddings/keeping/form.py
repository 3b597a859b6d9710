"""How a kept model looks: `model.safetensors` and `model.json` in a folder of its own.

The numbers are the entity vectors [E, w], the relation vectors [2R or R, v], what the scorer
learnt besides, and the known facts [n, 3]. The rest names them: entities in the order of their
rows, relations, scorer, probabilities and the card of the training run.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kgkit.errors import ModelError
from kgkit.facts import Entity
from reasoning.embeddings.calibrating.calibrator import Calibrator
from reasoning.embeddings.predicting.card import Card

__all__ = ["FORM", "NUMBERS", "REST", "entity_of", "read_rest", "rest_of"]

#: The version of this form; a folder of another one is refused.
FORM = 1
NUMBERS, REST = "model.safetensors", "model.json"


def rest_of(
    entities: tuple[Entity, ...],
    relations: tuple[str, ...],
    scorer: tuple[str, int],
    calibrator: Calibrator,
    card: Card,
    *,
    with_names: bool,
) -> dict[str, Any]:
    """Return all but the numbers as plain values; `scorer` is its name and entity width.

    Without names an entity is its id alone.
    """
    return {
        "form": FORM,
        "scorer": scorer[0],
        "dim": scorer[1],
        "entities": [
            [e.id, e.name, e.type, *e.aliases] if with_names else [e.id] for e in entities
        ],
        "relations": list(relations),
        "calibrator": asdict(calibrator),
        "card": asdict(card),
    }


def read_rest(rest: dict[str, Any], place: str) -> tuple[Calibrator, Card]:
    """Return the probabilities and the card of a kept model.

    Raises `ModelError` for another form, or parts that are missing.
    """
    if rest.get("form") != FORM:
        raise ModelError(
            f"{place} is in form {rest.get('form')!r}, this version reads form {FORM}; train anew"
        )
    held = rest["calibrator"]
    lists = {name: tuple(value) for name, value in held.items() if isinstance(value, list)}
    return Calibrator(**{**held, **lists}), Card(**rest["card"])


def entity_of(row: list[str]) -> Entity:
    """Return the entity of a row: its id, and where they were kept its name, type and aliases."""
    if len(row) < 3:
        return Entity(row[0], row[0])
    return Entity(row[0], row[1], row[2], tuple(row[3:]))
