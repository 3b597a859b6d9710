"""Calls are cached, paced, repeated, counted, and stopped by the budget."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from kgkit.models.lm import (
    Budget,
    BudgetError,
    CallError,
    Completion,
    FakeLM,
    MemoryCache,
    MeteredLM,
    Pace,
    Price,
    Request,
    TransientError,
)
from tests.kgkit.models.lm.clock import Clock


class Shaky:
    """Fails as it is told before it replies; remembers how many asked at once."""

    name = "shaky"
    batch = 1

    def __init__(self, *failures: Exception, concurrency: int = 1, seconds: float = 0.0) -> None:
        self.failures = list(failures)
        self.concurrency = concurrency
        self.seconds = seconds
        self.asked: list[str] = []
        self.now = self.most = 0
        self.lock = threading.Lock()

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        with self.lock:
            self.asked.extend(request.text for request in requests)
            self.now += 1
            self.most = max(self.most, self.now)
            failure = self.failures.pop(0) if self.failures else None
        time.sleep(self.seconds)
        with self.lock:
            self.now -= 1
        if failure is not None:
            raise failure
        return [Completion(request.text.upper(), 10, 5, 0.1) for request in requests]

    def count_tokens(self, request: Request) -> int:
        return 10


def asks(*prompts: str, tokens: int = 20) -> list[Request]:
    return [Request.of(prompt, max_tokens=tokens) for prompt in prompts]


def test_what_was_answered_once_is_not_asked_again() -> None:
    inner = Shaky()
    model = MeteredLM(inner)
    first = model.complete(asks("a", "b", "a"))
    again = model.complete(asks("b", "c"))
    assert [reply.text for reply in first + again] == ["A", "B", "A", "B", "C"]
    assert inner.asked == ["a", "b", "c"]
    assert [reply.cached for reply in again] == [True, False]
    assert (model.usage.calls, model.usage.cached, model.usage.tokens_in) == (3, 1, 30)


def test_all_that_shapes_a_reply_is_part_of_its_key() -> None:
    plain = Request.of("a")
    others = [
        Request.of("b"),
        Request.of("a", system="be brief"),
        Request.of("a", schema={"type": "object"}),
        Request.of("a", max_tokens=5),
        Request.of("a", temperature=0.5),
        Request.of("a", seed=1),
        Request(plain.messages, stop=("x",)),
    ]
    keys = {request.key("m") for request in (plain, *others)} | {plain.key("other")}
    assert len(keys) == len(others) + 2
    assert Request(plain.messages, about="doc").key("m") == plain.key("m")


def test_replies_about_a_document_can_be_forgotten() -> None:
    cache = MemoryCache()
    model = MeteredLM(Shaky(), cache=cache)
    model.complete([Request(asks("a")[0].messages, about="d1"), *asks("b")])
    assert (cache.forget("d1"), len(cache)) == (1, 1)


def test_a_reply_about_two_documents_goes_with_the_last() -> None:
    cache = MemoryCache()
    model = MeteredLM(Shaky(), cache=cache)
    for document in ("d1", "d2"):
        model.complete([Request(asks("a")[0].messages, about=document)])
    model.estimate([Request(asks("a")[0].messages, about="d3")])  # only asks what it would cost
    assert (cache.forget("d1"), cache.forget("d3"), cache.forget("d2")) == (0, 0, 1)


def test_a_damaged_entry_is_asked_anew() -> None:
    cache = MemoryCache()
    for kept in ("", "{", "[1]", '["x", 1, 2, "refused"]'):
        cache.put(asks("a")[0].key("shaky"), "shaky", kept, "")
        assert MeteredLM(Shaky(), cache=cache).complete(asks("a"))[0].text == "A"


def test_refusals_are_not_kept() -> None:
    class Refusing(Shaky):
        def complete(self, requests: Sequence[Request]) -> list[Completion]:
            return [Completion("", finish="refused", note="no") for _ in requests]

    cache = MemoryCache()
    assert MeteredLM(Refusing(), cache=cache).complete(asks("a"))[0].note == "no"
    assert len(cache) == 0


def test_transient_failures_are_waited_out() -> None:
    clock = Clock()
    inner = Shaky(TransientError("busy"), TransientError("busy", retry_after=7.5))
    model = MeteredLM(inner, pace=clock.pace())
    assert model.complete(asks("a"))[0].text == "A"
    assert clock.slept == [1.0, 7.5]
    assert (model.usage.calls, model.usage.retries) == (1, 2)


def test_repeating_has_an_end() -> None:
    clock = Clock()
    inner = Shaky(*(TransientError("busy") for _ in range(9)))
    with pytest.raises(CallError, match="no reply in 3 attempts, lastly since busy"):
        MeteredLM(inner, pace=clock.pace(), retries=2).complete(asks("a"))
    assert clock.slept == [1.0, 2.0]


def test_a_provider_that_wants_an_hour_is_not_waited_for() -> None:
    clock = Clock()
    inner = Shaky(TransientError("busy", retry_after=3600))
    with pytest.raises(CallError, match="1 attempts"):
        MeteredLM(inner, pace=clock.pace()).complete(asks("a"))
    assert clock.slept == []


def test_failures_for_good_are_not_repeated() -> None:
    inner = Shaky(CallError("wrong key"))
    with pytest.raises(CallError, match="wrong key"):
        MeteredLM(inner).complete(asks("a"))
    assert inner.asked == ["a"]


def test_requests_go_side_by_side_and_come_back_in_order() -> None:
    inner = Shaky(concurrency=3, seconds=0.01)
    prompts = [str(n) for n in range(12)]
    replies = MeteredLM(inner).complete(asks(*prompts))
    assert [reply.text for reply in replies] == prompts
    assert 2 <= inner.most <= 3


def test_requests_go_in_batches_that_the_model_takes() -> None:
    class Batched(Shaky):
        batch = 3

        def complete(self, requests: Sequence[Request]) -> list[Completion]:
            sizes.append(len(requests))
            return super().complete(requests)

    sizes: list[int] = []
    model = MeteredLM(Batched())
    assert [reply.text for reply in model.complete(asks(*"abcdefg"))] == list("ABCDEFG")
    assert sizes == [3, 3, 1]
    assert (model.usage.calls, model.usage.tokens_out) == (7, 35)


def test_threads_share_the_limit_of_requests_at_once() -> None:
    inner = Shaky(concurrency=2, seconds=0.005)
    model = MeteredLM(inner)
    threads = [
        threading.Thread(target=model.complete, args=(asks(*(f"{t}-{n}" for n in range(5))),))
        for t in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inner.most <= 2
    assert model.usage.calls == 20


def test_what_was_done_before_a_failure_is_kept() -> None:
    cache = MemoryCache()
    inner = Shaky(concurrency=2)
    model = MeteredLM(inner, cache=cache, budget=Budget(calls=3))
    with pytest.raises(BudgetError, match="3 calls"):
        model.complete(asks(*"abcdef"))
    assert len(cache) == model.usage.calls == 3
    more = MeteredLM(inner, cache=cache, budget=Budget(calls=3))
    assert [reply.text for reply in more.complete(asks(*"abcdef"))] == list("ABCDEF")


@pytest.mark.parametrize(
    ("budget", "calls"),
    [
        (Budget(calls=2), 2),
        (Budget(tokens=75), 4),  # each call holds 10 + 20 and uses 15
        (Budget(money=0.000095), 3),  # each holds 50 and uses 20 millionths
        (Budget(), 6),
    ],
)
def test_the_budget_is_never_passed(budget: Budget, calls: int) -> None:
    model = MeteredLM(Shaky(), price=Price(1.0, 2.0), budget=budget)
    done = 0
    for request in asks(*"abcdef"):
        try:
            model.complete([request])
        except BudgetError:
            break
        done += 1
    usage = model.usage
    assert done == usage.calls == calls
    assert budget.broken_by(usage.calls, usage.tokens_in + usage.tokens_out, usage.money) == ""


@settings(deadline=None)
@given(
    limit=st.integers(0, 400),
    workers=st.integers(1, 4),
    prompts=st.lists(st.text("ab", min_size=1, max_size=4), max_size=8),
)
def test_no_interleaving_passes_the_budget(limit: int, workers: int, prompts: list[str]) -> None:
    inner = Shaky(concurrency=workers)
    model = MeteredLM(inner, budget=Budget(tokens=limit))
    try:
        model.complete(asks(*prompts))
    except BudgetError:
        assert 30 * len(set(prompts)) > limit
    assert model.usage.tokens_in + model.usage.tokens_out <= limit


def test_a_failed_call_gives_back_what_was_set_aside() -> None:
    model = MeteredLM(Shaky(CallError("no")), budget=Budget(calls=1))
    with pytest.raises(CallError, match="no"):
        model.complete(asks("a"))
    assert model.complete(asks("a"))[0].text == "A"


def test_an_estimate_counts_what_would_be_asked() -> None:
    model = MeteredLM(Shaky(), price=Price(1.0, 2.0))
    before = model.estimate(asks(*"abca"))
    assert (before.calls, before.tokens_in, before.tokens_out, before.most_out) == (3, 30, 60, 60)
    assert not before.measured
    assert before.money == pytest.approx(150e-6)
    model.complete(asks("a"))
    after = model.estimate(asks(*"abca"))
    assert (after.calls, after.cached, after.tokens_in, after.tokens_out) == (2, 1, 20, 10)
    assert after.measured
    assert after.money == pytest.approx(40e-6)
    model.complete(asks(*"abca"))
    assert model.usage.tokens_out == 5 + after.tokens_out
    assert (
        str(after)
        == "2 calls (1 more from the cache), 20 tokens in, 10 out as measured so far, 0.0000"
    )


def test_an_estimate_is_corrected_by_what_was_billed() -> None:
    class Longer(Shaky):
        def count_tokens(self, request: Request) -> int:
            return 8

    model = MeteredLM(Longer())
    model.complete(asks("a"))
    assert model.estimate(asks("b", "c")).tokens_in == 20


def test_calls_keep_the_pace() -> None:
    clock = Clock()
    model = MeteredLM(Shaky(), pace=clock.pace(calls=120))
    model.complete(asks(*"abc"))
    assert clock.now == pytest.approx(1.0)
    slow = Clock()
    MeteredLM(Shaky(), pace=slow.pace(tokens=60)).complete(asks(*"ab"))
    assert slow.now == pytest.approx(30.0)  # 10 read and 20 written at most


def test_bad_settings() -> None:
    with pytest.raises(InputError, match="retries=-1"):
        MeteredLM(Shaky(), retries=-1)
    with pytest.raises(InputError, match="needs the price"):
        MeteredLM(Shaky(), budget=Budget(money=1.0))
    with pytest.raises(InputError, match="tokens=-5"):
        Budget(tokens=-5)
    with pytest.raises(InputError, match="0 a minute"):
        Pace(calls_a_minute=0)
    with pytest.raises(InputError, match="max_tokens=0"):
        Request.of("a", max_tokens=0)


def test_a_script_that_is_at_its_end_says_so() -> None:
    model = FakeLM(["one"])
    assert model.complete(asks("a"))[0].text == "one"
    with pytest.raises(InputError, match="has 1 replies"):
        model.complete(asks("a"))
    with pytest.raises(InputError, match="no reply fits"):
        FakeLM({"x": "y"}).complete(asks("a"))
    assert [request.text for request in model.requests] == ["a", "a"]


def test_a_fake_reply_is_cut_at_max_tokens() -> None:
    reply = FakeLM(lambda request: "x" * 100).complete(asks("a", tokens=2))[0]
    assert (reply.text, reply.tokens_out, reply.finish) == ("x" * 8, 2, "length")
