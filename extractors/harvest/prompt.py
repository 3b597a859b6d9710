"""Prompts: a sentence with slots for the entities of a relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgkit.errors import InputError

__all__ = ["MAX_ARITY", "Prompt", "WeightedPrompt", "normalised"]

#: How many slots a prompt has at most.
MAX_ARITY = 4

_SLOT = re.compile(r"\{([0-9])\}")
_NAMED = {"{head}": "{0}", "{tail}": "{1}", "[X]": "{0}", "[Y]": "{1}"}
_OTHER = re.compile(r"\{head\}|\{tail\}|\[X\]|\[Y\]|<ENT([0-9])>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence whose slots `{0}` to `{3}` stand for a tuple's entities.

    `order` is how the slots follow each other in the text. Make one with `Prompt.parse`.

    >>> prompt = Prompt.parse("[Y] has the capital [X].")
    >>> prompt.text, prompt.arity, prompt.order
    ('{1} has the capital {0}.', 2, (1, 0))
    >>> prompt.fill(("Paris", "France"))
    'France has the capital Paris.'
    """

    text: str
    order: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Prompt:
        """Read a prompt; slots may be `{0}`, `[X]`/`[Y]`, `<ENT0>` or `{head}`/`{tail}`.

        Raises `InputError` for a text without slots, with one twice, with a gap in their numbers,
        with more than four, or with one that is glued to a word.
        """
        plain = " ".join(_OTHER.sub(_canonical, text).split())
        found = [(int(match[1]), match.start(), match.end()) for match in _SLOT.finditer(plain)]
        order = tuple(slot for slot, _, _ in found)
        if not order:
            raise InputError(
                f"the prompt {text!r} has no slot; write one as in '{{0}} is the capital of {{1}}.'"
            )
        if len(order) > MAX_ARITY:
            raise InputError(f"the prompt {text!r} has {len(order)} slots; expected 1 to 4")
        if len(set(order)) < len(order):
            raise InputError(f"the prompt {text!r} has a slot twice; use each of them once")
        if set(order) != set(range(len(order))):
            raise InputError(
                f"the slots of the prompt {text!r} are {', '.join(map(str, sorted(order)))}; "
                "number them from 0 without a gap"
            )
        for slot, start, end in found:
            before, after = plain[max(0, start - 1) : start], plain[end : end + 1]
            if before.isalnum() or after.isalnum() or before == "}":
                raise InputError(
                    f"slot {{{slot}}} of the prompt {text!r} is glued to a word; put a space there"
                )
        return cls(plain, order)

    @property
    def arity(self) -> int:
        """How many slots it has, 1 to 4."""
        return len(self.order)

    @property
    def parts(self) -> tuple[str, ...]:
        """The text before, between and after the slots: one more than there are slots."""
        return tuple(_SLOT.split(self.text)[::2])

    def fill(self, entities: Sequence[str]) -> str:
        """Return the sentence with the entities in their slots.

        Raises `InputError` when there are more or fewer than slots.
        """
        if len(entities) != self.arity:
            raise InputError(
                f"{len(entities)} entities {tuple(entities)!r} do not fit the prompt "
                f"{self.text!r}, which has {self.arity} slots"
            )
        return _SLOT.sub(lambda match: entities[int(match[1])], self.text)


@dataclass(frozen=True, slots=True)
class WeightedPrompt:
    """A prompt and how much it counts: above 0; `normalised` makes weights sum to 1."""

    prompt: Prompt
    weight: float


def normalised(prompts: Iterable[WeightedPrompt | Prompt | str]) -> tuple[WeightedPrompt, ...]:
    """Return weighted prompts of one arity whose weights sum to 1, in the order given.

    Plain prompts weigh 1 before that; prompts of weight 0 and repeated texts are left out.
    Raises `InputError` where none is left, a weight is no number of 0 or more, or arities differ.
    """
    known: dict[str, WeightedPrompt] = {}
    for given in prompts:
        item = _weighted(given)
        if not 0.0 <= item.weight < float("inf"):
            raise InputError(
                f"the prompt {item.prompt.text!r} weighs {item.weight}; expected 0 or more"
            )
        if item.weight:
            known.setdefault(item.prompt.text, item)
    total = sum(item.weight for item in known.values())
    if not known:
        raise InputError("there is no prompt with a weight above 0; give at least one")
    arities = sorted({item.prompt.arity for item in known.values()})
    if len(arities) > 1:
        raise InputError(f"the prompts have {arities} slots; prompts of one relation have as many")
    return tuple(WeightedPrompt(item.prompt, item.weight / total) for item in known.values())


def _weighted(given: WeightedPrompt | Prompt | str) -> WeightedPrompt:
    if isinstance(given, WeightedPrompt):
        return given
    return WeightedPrompt(Prompt.parse(given) if isinstance(given, str) else given, 1.0)


def _canonical(match: re.Match[str]) -> str:
    if match[1]:
        return f"{{{match[1]}}}"
    found = match[0]
    return _NAMED[found.upper() if found.startswith("[") else found.lower()]
