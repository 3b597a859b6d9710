"""A relation as it is harvested: prompts, seeds, and what may stand in its slots."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.harvest.prompt import Prompt
from kgkit.errors import InputError

__all__ = ["Relation", "Slot"]


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in a slot of a relation; an empty field allows everything.

    `type` is an entity type of the graph ("City"). `allowed` lists the only entities that may
    stand there, `pattern` is a regular expression that the whole entity must match, and
    `part_of_speech` a tag ("NOUN") for a tagger given to the search. Raises `InputError` for a
    pattern that is no regular expression and for an empty name among the allowed.
    """

    type: str = ""
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    part_of_speech: str = ""

    def __post_init__(self) -> None:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise InputError(
                f"the slot pattern {self.pattern!r} is no regular expression: {error}"
            ) from error
        if not all(name.strip() for name in self.allowed):
            raise InputError("a slot allows an empty entity; leave it out of the allowed list")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of arity 1 to 4: its name, prompts and known examples.

    `seeds` are entity tuples that are true. `slots` say what may stand where; without them
    everything may. `inverse_prompts` say the same with the slots in another order ("{1} has the
    capital {0}."), `negative_prompts` say the contrary ("{0} is not the capital of {1}.").
    `functional`: a head has one tail; `symmetric`: the two slots may be swapped.

    Either prompts or seeds may be missing (prompts are then made from the name, description and
    seeds, see `extractors.harvest.wording`). Raises `InputError` where parts do not fit together.

    >>> Relation("capital of", (Prompt.parse("{0} is the capital of {1}."),)).arity
    2
    """

    name: str
    prompts: tuple[Prompt, ...] = ()
    seeds: tuple[tuple[str, ...], ...] = ()
    slots: tuple[Slot, ...] = ()
    description: str = ""
    inverse_prompts: tuple[Prompt, ...] = ()
    negative_prompts: tuple[Prompt, ...] = ()
    functional: bool = False
    symmetric: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a relation has no name; give one, such as 'capital of'")
        arity = self.arity
        for prompt in (*self.prompts, *self.inverse_prompts, *self.negative_prompts):
            if prompt.arity != arity:
                raise InputError(
                    f"the prompt {prompt.text!r} of {self.name!r} has {prompt.arity} slots; "
                    f"expected {arity}, as many as the others"
                )
        for seed in self.seeds:
            if len(seed) != arity or not all(entity.strip() for entity in seed):
                raise InputError(
                    f"the seed {seed!r} of {self.name!r} does not fit; expected {arity} entities, "
                    "one for each slot and none empty"
                )
        if self.slots and len(self.slots) != arity:
            raise InputError(
                f"{self.name!r} describes {len(self.slots)} slots; expected {arity}, one for each"
            )
        if self.symmetric and arity != 2:
            raise InputError(f"{self.name!r} has {arity} slots and cannot be symmetric; expected 2")

    @property
    def arity(self) -> int:
        """How many entities a tuple of it has; 2 where neither prompts, seeds nor slots say."""
        for part in (self.prompts, self.inverse_prompts, self.negative_prompts):
            if part:
                return part[0].arity
        return len(self.seeds[0]) if self.seeds else len(self.slots) or 2

    @property
    def head_type(self) -> str:
        """The entity type of the first slot, or empty."""
        return self.slots[0].type if self.slots else ""

    @property
    def tail_type(self) -> str:
        """The entity type of the second slot, or empty."""
        return self.slots[1].type if len(self.slots) > 1 else ""

    def slot(self, number: int) -> Slot:
        """Return what may stand in slot `number`; everything where it is not described.

        Raises `InputError` for a slot that the relation does not have.
        """
        if not 0 <= number < self.arity:
            raise InputError(
                f"{self.name!r} has no slot {number}; its slots are 0 to {self.arity - 1}"
            )
        return self.slots[number] if self.slots else Slot()
