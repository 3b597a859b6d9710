"""A language model whose calls are cached, paced, repeated where that helps, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import BoundedSemaphore, Lock

from kgkit.errors import InputError
from kgkit.models.lm.base import Completion, LanguageModel, Request
from kgkit.models.lm.cache import CallCache, MemoryCache, decode, encode
from kgkit.models.lm.failures import BudgetError, CallError, TransientError
from kgkit.models.lm.pacing import Pace
from kgkit.models.lm.spending import Budget, Estimate, Price, Usage

__all__ = ["MeteredLM"]

#: Seconds before a call is repeated for the first time; each further wait is twice as long.
_FIRST_WAIT = 1.0
#: A provider that wants more seconds of patience than this is not waited for.
_LONGEST_WAIT = 120.0


class MeteredLM:
    """A `LanguageModel` around another one, as `kgkit.lm` returns it.

    Replies come from `cache` where it has them (default: the process's memory). Other requests
    are sent side by side, as many as the model gains from, at `pace`; one that fails for the
    moment (overload, time-out, half a reply) is repeated up to `retries` times with growing
    waits, or as the provider says. No call is made that could pass `budget`, with each reply
    counted at its `max_tokens`: the call raises `BudgetError`, and all that was done is in the
    cache, so that a second run with a larger budget goes on from there.

    >>> from kgkit.models.lm.fake import FakeLM
    >>> model = MeteredLM(FakeLM(["Oslo"]), budget=Budget(calls=1))
    >>> [model.complete([Request.of("A city?")])[0].text for _ in range(2)]
    ['Oslo', 'Oslo']
    >>> model.usage.calls, model.usage.cached
    (1, 1)
    """

    def __init__(
        self,
        model: LanguageModel,
        *,
        cache: CallCache | None = None,
        pace: Pace | None = None,
        price: Price | None = None,
        budget: Budget | None = None,
        retries: int = 5,
    ) -> None:
        if retries < 0:
            raise InputError(f"retries={retries} is below 0; give how often to repeat a call")
        if budget is not None and budget.money is not None and price is None:
            raise InputError("a budget of money needs the price of a token; give price=Price(...)")
        self.model = model
        self.cache: CallCache = cache if cache is not None else MemoryCache()
        self._pace = pace or Pace()
        self._price = price
        self._budget = budget or Budget()
        self._retries = retries
        self._gate = BoundedSemaphore(max(1, model.concurrency))
        self._lock = Lock()
        self._usage = Usage()
        self._counted_in = 0  # what the calls so far were counted to read beforehand
        self._held = (0, 0, 0.0)  # calls, tokens, money at most of the calls under way

    @property
    def name(self) -> str:
        """The name of the model inside."""
        return self.model.name

    @property
    def batch(self) -> int:
        """How many requests the model inside answers in one go."""
        return self.model.batch

    @property
    def concurrency(self) -> int:
        """How many batches the model inside gains from being given at once."""
        return self.model.concurrency

    @property
    def usage(self) -> Usage:
        """What was used since this object was made."""
        return self._usage

    @property
    def price(self) -> Price:
        """What tokens cost, nothing where no price was given."""
        return self._price or Price(0.0, 0.0)

    def count_tokens(self, request: Request) -> int:
        """Return how many tokens the request's messages are, as the model inside counts them."""
        return self.model.count_tokens(request)

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return the completion of each request, in order; equal requests are asked once.

        Raises `BudgetError`, or `CallError` for a request that failed for good or too often;
        the others that were under way are finished and kept first.
        """
        keys = [request.key(self.name) for request in requests]
        found: dict[str, Completion] = {}
        missing: dict[str, Request] = {}
        for key, request in zip(keys, requests, strict=True):
            if key in found or key in missing:
                continue
            kept = self._kept(key, request.about)
            if kept is not None:
                found[key] = kept
            else:
                missing[key] = request
        with self._lock:
            for completion in found.values():
                self._usage = self._usage.plus(completion, 0, self._price)
        for key, completion in zip(missing, self._ask_all(missing), strict=True):
            found[key] = completion
        return [found[key] for key in keys]

    def estimate(self, requests: Sequence[Request]) -> Estimate:
        """Return what these requests would use now; nothing is asked.

        Tokens read are counted by the model's own tokenizer where it has one; where it has
        none they are corrected by what the calls so far were billed. Tokens written are the
        mean of the calls so far, or `max_tokens` before the first.
        """
        unique = {request.key(self.name): request for request in requests}
        fresh = [request for key, request in unique.items() if self._kept(key) is None]
        usage = self._usage
        measured = usage.calls > 0
        ratio = usage.tokens_in / self._counted_in if self._counted_in else 1.0
        read = round(sum(self.count_tokens(request) for request in fresh) * ratio)
        most = sum(request.max_tokens for request in fresh)
        mean = usage.tokens_out / usage.calls if measured else 0.0
        written = round(sum(min(mean, r.max_tokens) for r in fresh)) if measured else most
        price = self.price
        return Estimate(
            calls=len(fresh),
            cached=len(unique) - len(fresh),
            tokens_in=read,
            tokens_out=written,
            most_out=most,
            money=price.of(read, written),
            most_money=price.of(read, most),
            measured=measured,
        )

    def _kept(self, key: str, about: str = "") -> Completion | None:
        kept = self.cache.get(key, about)
        return decode(kept) if kept is not None else None

    def _ask_all(self, missing: dict[str, Request]) -> list[Completion]:
        items = list(missing.items())
        size = max(1, self.batch)
        groups = [items[i : i + size] for i in range(0, len(items), size)]
        if len(groups) < 2 or self.concurrency < 2:
            return [completion for group in groups for completion in self._ask(group)]
        workers = min(len(groups), self.concurrency)
        with ThreadPoolExecutor(workers, "kgkit-lm") as pool:
            asked = [pool.submit(self._ask, group) for group in groups]
            wait(asked, return_when="FIRST_EXCEPTION")
            # On a failure, what has begun is finished and kept, and the rest is not begun.
            pool.shutdown(wait=True, cancel_futures=True)
        return [completion for each in _failures_first(asked) for completion in each.result()]

    def _ask(self, group: list[tuple[str, Request]]) -> list[Completion]:
        """Return the completions of one batch, after waiting for its turn."""
        requests = [request for _, request in group]
        counted = sum(self.count_tokens(request) for request in requests)
        most = counted + sum(request.max_tokens for request in requests)
        with self._gate:
            held = self._hold(len(group), counted, most)
            completions: list[Completion] = []
            retries = 0
            try:
                completions, retries = self._repeated(requests, most)
            finally:
                self._settle(held, completions, retries)
        for (key, request), completion in zip(group, completions, strict=True):
            if completion.finish != "refused":
                self.cache.put(key, self.name, encode(completion), request.about)
        return completions

    def _repeated(self, requests: list[Request], most: int) -> tuple[list[Completion], int]:
        delay = _FIRST_WAIT
        for attempt in range(self._retries + 1):
            self._pace.wait(most)
            try:
                return self.model.complete(requests), attempt
            except TransientError as error:
                seconds = max(delay, error.retry_after)
                if attempt == self._retries or seconds > _LONGEST_WAIT:
                    raise CallError(
                        f"{self.name} gave no reply in {attempt + 1} attempts, lastly since "
                        f"{error}; run again to go on, replies so far are kept"
                    ) from error
                self._pace.pause(seconds)
                delay *= 2
        raise AssertionError("unreachable")

    def _hold(self, calls: int, counted: int, most: int) -> tuple[int, int, int, float]:
        """Set aside what a batch may use at most; raises `BudgetError` where too little is left."""
        money = self._price.of(counted, most - counted) if self._price else 0.0
        with self._lock:
            used, held = self._usage, self._held
            after = (held[0] + calls, held[1] + most, held[2] + money)
            broken = self._budget.broken_by(
                used.calls + after[0],
                used.tokens_in + used.tokens_out + after[1],
                used.money + after[2],
            )
            if broken:
                raise BudgetError(
                    f"the next call of {self.name} could pass the budget of {broken} "
                    f"(used: {used}); raise it to go on, replies so far are kept"
                )
            self._held = after
        return calls, counted, most, money

    def _settle(
        self, held: tuple[int, int, int, float], completions: list[Completion], retries: int
    ) -> None:
        """Put what a batch did use, nothing if it failed, in the place of what was set aside."""
        calls, counted, most, money = held
        with self._lock:
            before = self._held
            self._held = (before[0] - calls, before[1] - most, before[2] - money)
            for completion in completions:
                self._usage = self._usage.plus(completion, retries, self._price)
                retries = 0  # they are those of the batch
            self._counted_in += counted if completions else 0


def _failures_first(asked: list[Future[list[Completion]]]) -> list[Future[list[Completion]]]:
    """Raise the first failure in order, before a future that was cancelled because of it."""
    for each in asked:
        if not each.cancelled() and (error := each.exception()) is not None:
            raise error
    return asked
