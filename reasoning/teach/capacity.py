"""How much a model knows, in bits ("Physics of Language Models, part 3.3", arXiv 2404.05405).

A value out of D that the model gives a summed loss of L nats is log2 D - L / ln 2 bits known; the
mean over the facts of a relation is taken first and only then cut off at 0, since cutting off
fact by fact would count luck as knowledge. Losses are sums over exactly the tokens of a value (or
a name), never means: the average loss of a text is not knowledge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from reasoning.teach.rows import log_probabilities

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["Capacity", "Known", "Told", "capacity", "value_losses"]

#: Bits a parameter that a model holds at most, and at about 100 exposures (the paper's findings).
_WELL_TRAINED, _AT_100 = 1.8, 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A text that says a fact, and the [start, end) of its value in it. `fact` groups the texts
    of one fact; `exposures` is how often the model read it, as far as that is known."""

    text: str
    start: int
    end: int
    relation: str
    fact: str
    exposures: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one relation: how many facts, the bits that each holds at most, the mean
    summed loss in nats, and the bits known of all of them (0 or more)."""

    relation: str
    facts: int
    most: float
    loss: float
    bits: float

    @property
    def share(self) -> float:
        """The share of the bits that is known, 0 to 1."""
        return self.bits / (self.facts * self.most) if self.facts and self.most else 0.0


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a model of so many parameters knows, by relation and by number of exposures."""

    relations: tuple[Known, ...]
    exposures: tuple[tuple[int, Known], ...]
    parameters: int

    @property
    def bits(self) -> float:
        """The bits known in all."""
        return sum(known.bits for known in self.relations)

    @property
    def most(self) -> float:
        """The bits that there are to be known."""
        return sum(known.facts * known.most for known in self.relations)

    @property
    def share(self) -> float:
        """The share of the bits that is known, 0 to 1."""
        return self.bits / self.most if self.most else 0.0

    @property
    def per_parameter(self) -> float:
        """Bits a parameter; well-trained models reach about 2 (arXiv 2404.05405)."""
        return self.bits / self.parameters if self.parameters else 0.0

    @property
    def wanted(self) -> tuple[int, int]:
        """How many parameters would hold all of it: well trained, and at 100 exposures."""
        return math.ceil(self.most / _WELL_TRAINED), math.ceil(self.most / _AT_100)


def capacity(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    told: Sequence[Told],
    bits: Mapping[str, float],
    unavoidable: Mapping[str, float] | None = None,
) -> Capacity:
    """Return what the model knows of the facts that these texts say.

    `bits` says by relation how many bits it takes to say a value: log2 of the values that there
    are. `unavoidable` is the loss in nats that a model that knows all still has: for the names of N
    people, texts that begin with them under a relation of their own ("name"), ln N, so that with
    log2 of the name space such a model is credited N log2(space / N) bits. Several texts of one
    fact count with their mean. Raises `InputError` for a relation without bits.
    """
    missing = sorted({one.relation for one in told} - bits.keys())
    if missing:
        raise InputError(f"the bits of {missing[0]!r} are not given; add them to bits=")
    losses: dict[tuple[str, str, int], list[float]] = {}
    for one, loss in zip(told, value_losses(model, tokenizer, told), strict=True):
        losses.setdefault((one.relation, one.fact, one.exposures), []).append(loss)
    mean = {key: sum(found) / len(found) for key, found in losses.items()}
    least = {r: (unavoidable or {}).get(r, 0.0) for r in bits}
    relations = sorted({relation for relation, _, _ in mean})
    known = tuple(
        _known(r, [loss for (own, _, _), loss in mean.items() if own == r], bits[r], least[r])
        for r in relations
    )
    buckets = []
    for number in sorted({exposures for _, _, exposures in mean}):
        parts = [
            _known(
                r,
                [loss for (own, _, e), loss in mean.items() if (own, e) == (r, number)],
                bits[r],
                least[r],
            )
            for r in relations
        ]
        buckets.append((number, _together(parts)))
    parameters = sum(p.numel() for p in model.parameters())
    return Capacity(known, tuple(buckets), parameters)


def value_losses(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, told: Iterable[Told]
) -> list[float]:
    """Return the loss in nats of each value, summed over exactly its tokens.

    A blank before the value belongs to its first token. Raises `InputError` where a token has
    letters of the value and of what is around it, or the value is empty.
    """
    rows = []
    begin = tokenizer.bos_token_id
    for one in told:
        encoded = tokenizer(one.text, add_special_tokens=False, return_offsets_mapping=True)
        spans = list(encoded["offset_mapping"])
        inside = [n for n, (a, b) in enumerate(spans) if a < one.end and b > one.start]
        if not inside or not _fits(one, spans[inside[0]][0], spans[inside[-1]][1]):
            raise InputError(
                f"{one.text[one.start : one.end]!r} is no run of whole tokens in {one.text!r}; "
                "put blanks or full stops around values"
            )
        ids = list(encoded["input_ids"])
        context = [*([begin] if begin is not None else []), *ids[: inside[0]]]
        rows.append((context, ids[inside[0] : inside[-1] + 1]))
    return [-sum(row) for row in log_probabilities(model, rows)]


def _fits(one: Told, start: int, end: int) -> bool:
    return not one.text[start : one.start].strip() and start <= one.start and end == one.end


def _known(relation: str, losses: Sequence[float], bits: float, least: float) -> Known:
    most = bits - least / math.log(2)
    if not losses:
        return Known(relation, 0, most, 0.0, 0.0)
    loss = sum(losses) / len(losses)
    known = min(most, max(0.0, bits - loss / math.log(2)))
    return Known(relation, len(losses), most, loss, len(losses) * known)


def _together(parts: Sequence[Known]) -> Known:
    facts = sum(part.facts for part in parts)
    most = sum(part.facts * part.most for part in parts)
    loss = sum(part.facts * part.loss for part in parts)
    bits = sum(part.bits for part in parts)
    return Known("", facts, most / facts, loss / facts, bits) if facts else Known("", 0, 0, 0, 0)
