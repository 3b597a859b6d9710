"""What asking again costs."""

from __future__ import annotations

from dataclasses import replace

from kgkit.models.lm import Estimate, Price

__all__ = ["with_rounds"]


def with_rounds(first: Estimate, rounds: int, asking: int, price: Price) -> Estimate:
    """Return the estimate of first requests and as many further rounds of each.

    Each round sends the whole conversation so far, with replies of the length that `first`
    gives, and `asking` tokens that ask for more. All rounds are counted, though a chunk without
    facts is not asked again: it is what may be used, not what will.
    """
    if not first.calls or not rounds:
        return first
    turns = sum(range(1, rounds + 1))  # replies that are read again
    calls = first.calls * (1 + rounds)
    written, most = first.tokens_out * (1 + rounds), first.most_out * (1 + rounds)
    again = first.tokens_in * (1 + rounds) + first.calls * asking * turns
    read, most_read = again + first.tokens_out * turns, again + first.most_out * turns
    return replace(
        first,
        calls=calls,
        tokens_in=read,
        tokens_out=written,
        most_out=most,
        money=price.of(read, written),
        most_money=price.of(most_read, most),
    )
