"""What calls cost: prices, budgets, what was used, what would be."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.errors import InputError
from kgkit.models.lm.base import Completion

__all__ = ["Budget", "Estimate", "Price", "Usage"]


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs: money for a million tokens read (`input`) and written (`output`).

    >>> Price(2.0, 8.0).of(1_000_000, 500_000)
    6.0
    """

    input: float
    output: float
    currency: str = "USD"

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return the price of so many tokens."""
        return (tokens_in * self.input + tokens_out * self.output) / 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used so far. `cached` calls cost nothing; `retries` are those that failed first.

    `seconds` sums over calls, which may run side by side. `money` is 0 without a price. Tokens
    of calls that failed are not known, so they are in none of the counts.

    >>> print(Usage(calls=2, tokens_in=1200, tokens_out=80, money=0.004))
    2 calls, 1,200 tokens in, 80 out, 0.0040
    """

    calls: int = 0
    cached: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    money: float = 0.0

    def plus(self, completion: Completion, retries: int, price: Price | None) -> Usage:
        """Return the usage after one more completion, which took so many retries."""
        if completion.cached:
            return Usage(
                self.calls,
                self.cached + 1,
                self.retries,
                self.tokens_in,
                self.tokens_out,
                self.seconds,
                self.money,
            )
        read, written = completion.tokens_in, completion.tokens_out
        return Usage(
            self.calls + 1,
            self.cached,
            self.retries + retries,
            self.tokens_in + read,
            self.tokens_out + written,
            self.seconds + completion.seconds,
            self.money + (price.of(read, written) if price else 0.0),
        )

    def __str__(self) -> str:
        parts = [_counted(self.calls)]
        parts += [f"{self.cached:,} from the cache"] if self.cached else []
        parts += [f"{self.retries:,} retries"] if self.retries else []
        parts += [f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out"]
        parts += [f"{self.money:.4f}"] if self.money else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What requests would use if they were made now; those in the cache are free.

    `tokens_in` is counted. `tokens_out` is the mean of what the model has written so far, or,
    before its first call (`measured` False), the most that it may write; `most_out` is that in
    any case. `money` goes with `tokens_out` and `most_money` with `most_out`.
    """

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    most_out: int
    money: float
    most_money: float
    measured: bool

    def __str__(self) -> str:
        how = "as measured so far" if self.measured else "at most"
        text = (
            f"{_counted(self.calls)} ({self.cached:,} more from the cache), "
            f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out {how}"
        )
        return f"{text}, {self.money:.4f}" if self.most_money else text


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be used: each limit that is given holds. Raises `InputError` for a
    limit below 0.
    """

    calls: int | None = None
    tokens: int | None = None
    money: float | None = None

    def __post_init__(self) -> None:
        for name in ("calls", "tokens", "money"):
            limit = getattr(self, name)
            if limit is not None and limit < 0:
                raise InputError(f"{name}={limit} is no budget; give a limit of 0 or more")

    def broken_by(self, calls: int, tokens: int, money: float) -> str:
        """Return which limit so much would pass, in words, or "" where all hold."""
        if self.calls is not None and calls > self.calls:
            return f"{self.calls:,} calls"
        if self.tokens is not None and tokens > self.tokens:
            return f"{self.tokens:,} tokens"
        # A sum of floats may be off in its last digits.
        if self.money is not None and money > self.money + 1e-9:
            return f"{self.money:g} of money"
        return ""


def _counted(calls: int) -> str:
    return f"{calls:,} call{'' if calls == 1 else 's'}"
