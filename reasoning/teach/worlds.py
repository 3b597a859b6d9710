"""What a world of biographies says, as texts whose values can be measured."""

from __future__ import annotations

import math
from collections.abc import Mapping

from extractors.worlds.bios.telling import tell_fact
from extractors.worlds.bios.wording import WORDINGS
from extractors.worlds.bios.world import BiosWorld
from extractors.worlds.names import Split
from kgkit.errors import InputError
from kgkit.facts import Fact
from reasoning.teach.capacity import Told

__all__ = ["NAME", "name_loss", "prior_bits", "told_by"]

#: The relation under which names are counted.
NAME = "name"


def told_by(world: BiosWorld, split: Split = "train", forms: int = 3) -> list[Told]:
    """Return each attribute of each person in up to `forms` sentences that name the person before
    the value, and each name at the beginning of a text.

    Raises `InputError` for fewer forms than one.
    """
    if forms < 1:
        raise InputError(f"forms={forms} leaves no text; give 1 or more")
    told = []
    declared = {attribute.relation for attribute in world.attributes}
    for one in world.people:
        own = [fact for fact in one.facts if fact.relation in declared]
        for fact in own:
            for template in _leading(fact.relation, split)[:forms]:
                text, start, end = tell_fact(fact, template)
                told.append(Told(text, start, end, fact.relation, fact.id, one.exposures))
        if own:
            told.append(_named(own[0], one.exposures))
    return told


def prior_bits(world: BiosWorld) -> Mapping[str, float]:
    """Return the bits that each relation of `told_by` can hold, from the declared value sets."""
    return {NAME: math.log2(world.names.size), **{a.relation: a.bits for a in world.attributes}}


def name_loss(world: BiosWorld) -> Mapping[str, float]:
    """Return the loss in nats that even a perfect model has on names: any of them may come."""
    return {NAME: math.log(len(world.people))}


def _leading(relation: str, split: Split) -> list[str]:
    forms = WORDINGS[relation].told[split]
    return [form for form in forms if 0 <= form.lower().find("{h") < form.find("{T}")]


def _named(fact: Fact, exposures: int) -> Told:
    return Told(f"{fact.head.name} ", 0, len(fact.head.name), NAME, fact.head.id, exposures)
