"""The endpoint's good and bad days, on a server of this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from kgkit.errors import InputError
from kgkit.models.lm import Budget, BudgetError, CallError, MeteredLM, Request, TransientError
from kgkit.models.lm.chat import ChatLM, open_chat
from kgkit.models.lm.transport import _seconds
from tests.kgkit.models.lm.clock import Clock
from tests.kgkit.models.lm.endpoint import Answer, Body, Endpoint, endpoint, failed, said

SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "maxLength": 5}},
    "required": ["title"],
    "additionalProperties": False,
}


def connect(server: Endpoint, timeout: float = 5.0) -> ChatLM:
    return open_chat("tiny", base_url=server.url, api_key="secret", timeout=timeout)


def hasty(server: Endpoint, **options: float) -> tuple[MeteredLM, list[float]]:
    """Return a model that notes its waits and does not wait."""
    clock = Clock()
    return MeteredLM(connect(server, **options), pace=clock.pace()), clock.slept


def days(*answers: Answer) -> Callable[[int, Body], Answer]:
    return lambda number, body: answers[min(number, len(answers) - 1)]


def test_a_good_day() -> None:
    with endpoint(days(said("Oslo", read=11, written=2))) as server:
        request = Request.of("City?", system="Be brief.", schema=SCHEMA, max_tokens=9, seed=4)
        reply = connect(server).complete([request])[0]
    assert (reply.text, reply.tokens_in, reply.tokens_out, reply.finish) == ("Oslo", 11, 2, "stop")
    (body,) = server.bodies
    assert server.keys == ["Bearer secret"]
    assert body == {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "City?"},
        ],
        "max_tokens": 9,
        "temperature": 0.0,
        "seed": 4,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "reply",
                "strict": True,
                "schema": {**SCHEMA, "properties": {"title": {"type": "string"}}},
            },
        },
    }


@pytest.mark.parametrize(
    ("bad", "waits"),
    [
        (failed(429, "slow down", ("Retry-After", "3")), [3.0]),
        (failed(500, "oops"), [1.0]),
        (failed(503, "overloaded"), [1.0]),
        (Answer(502, b"<html>Bad Gateway</html>"), [1.0]),
        (Answer(200, b'{"choices": [{"mess'), [1.0]),
        (Answer(200, b"\xff\xfe not json"), [1.0]),
        (Answer(200, {"choices": []}), [1.0]),
        (Answer(200, {"object": "ping"}), [1.0]),
        (Answer(200, [1, 2]), [1.0]),
        (Answer(200, {"choices": [{"message": {"content": "x" * 500}}]}, part=0.5), [1.0]),
        (Answer(200, b"[" * 200_000), [1.0]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_days_pass(bad: Answer, waits: list[float]) -> None:
    with endpoint(days(bad, said("Oslo"))) as server:
        model, slept = hasty(server)
        assert model.complete([Request.of("City?")])[0].text == "Oslo"
    assert slept == waits
    assert model.usage.retries == 1


def test_an_endpoint_that_drips_is_given_up() -> None:
    drip = Answer(200, {"choices": [{"message": {"content": "x" * 200}}]}, drip=0.05)
    with endpoint(days(drip)) as server:
        began = time.perf_counter()
        with pytest.raises(TransientError, match=r"no whole answer in 0\.3 s"):
            connect(server, timeout=0.3).complete([Request.of("City?")])
        assert time.perf_counter() - began < 3.0


def test_an_endpoint_that_is_not_there() -> None:
    with endpoint(days(said("x"))) as server:
        pass
    model, slept = hasty(server)
    with pytest.raises(CallError, match=r"no reply in 6 attempts.*connection failed"):
        model.complete([Request.of("City?")])
    assert slept == [1, 2, 4, 8, 16]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (failed(401, "bad key"), "status 401: bad key"),
        (failed(404, "no model tiny"), "status 404: no model tiny"),
        (failed(429, "pay first", code="insufficient_quota"), "pay first"),
        (Answer(302, b"", (("Location", "http://127.0.0.1:1/"),)), "status 302"),
    ],
)
def test_what_no_patience_mends(answer: Answer, message: str) -> None:
    with endpoint(days(answer)) as server:
        model, slept = hasty(server)
        with pytest.raises(CallError, match=message) as caught:
            model.complete([Request.of("City?")])
        assert "secret" not in str(caught.value)
    assert len(server.bodies) == 1
    assert slept == []


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (failed(400, "maximum context length is 4096"), "status 400: maximum context"),
        (failed(422, "content policy"), "status 422: content policy"),
        (said(None, finish="content_filter"), "an empty reply (content_filter)"),
        (said(""), "an empty reply (stop)"),
        (
            Answer(200, {"choices": [{"message": {"content": None, "refusal": "I will not."}}]}),
            "I will not.",
        ),
    ],
)
def test_a_refused_request_says_why(answer: Answer, note: str) -> None:
    with endpoint(days(answer)) as server:
        reply = connect(server).complete([Request.of("City?")])[0]
    assert reply.finish == "refused"
    assert note in reply.note


def test_a_cut_reply_is_marked() -> None:
    with endpoint(days(said("Os", finish="length"))) as server:
        assert connect(server).complete([Request.of("City?")])[0].finish == "length"


def test_a_message_may_come_in_parts() -> None:
    parts = [{"type": "text", "text": "Os"}, {"type": "image"}, {"type": "text", "text": "lo"}, 7]
    with endpoint(days(Answer(200, {"choices": [{"message": {"content": parts}}]}))) as server:
        assert connect(server).complete([Request.of("City?")])[0].text == "Oslo"


def test_what_a_server_does_not_know_is_left_out_from_then_on() -> None:
    def picky(number: int, body: Body) -> Answer:
        kind = body.get("response_format")
        if isinstance(kind, dict) and kind["type"] == "json_schema":
            return failed(400, "response_format.type: json_schema is not supported")
        if "max_tokens" in body:
            return failed(400, "Unsupported: 'max_tokens'; use 'max_completion_tokens' instead.")
        if "seed" in body:
            return failed(400, "Unrecognised argument: seed")
        return said("{}")

    with endpoint(picky) as server:
        model = connect(server)
        request = Request.of("City? JSON", schema=SCHEMA, max_tokens=9)
        assert model.complete([request, request])[1].text == "{}"
    assert len(server.bodies) == 5
    last = server.bodies[-1]
    assert last["response_format"] == {"type": "json_object"}
    assert last["max_completion_tokens"] == 9
    assert not {"max_tokens", "seed"} & set(last)


def test_requests_are_sent_side_by_side_and_come_back_in_order() -> None:
    def slow(number: int, body: Body) -> Answer:
        time.sleep(0.02)
        return said(json.dumps(body["messages"]))

    with endpoint(slow) as server:
        model = MeteredLM(connect(server))
        replies = model.complete([Request.of(f"City {n}?") for n in range(16)])
    assert [f"City {n}?" in reply.text for n, reply in enumerate(replies)] == [True] * 16
    assert 2 <= server.at_once <= 8


def test_a_server_with_a_rate_limit_is_served_out() -> None:
    """Every third request is turned away; all get their reply."""
    with endpoint(lambda n, b: failed(429, "slow") if n % 3 == 2 else said(f"reply {n}")) as server:
        model, _ = hasty(server)
        replies = model.complete([Request.of(f"City {n}?") for n in range(12)])
    assert all(reply.text.startswith("reply") for reply in replies)
    assert (model.usage.calls, model.usage.retries) == (12, len(server.bodies) - 12)


def test_a_budget_stops_between_calls() -> None:
    with endpoint(days(said("Oslo", read=10, written=5))) as server:
        model = MeteredLM(connect(server), budget=Budget(tokens=80))
        for n in range(4):
            model.complete([Request.of(f"{n}", max_tokens=20)])
        with pytest.raises(BudgetError):
            model.complete([Request.of("and on", max_tokens=20)])
    assert model.usage.tokens_in + model.usage.tokens_out == 15 * len(server.bodies) <= 80


def test_the_environment_says_where_and_who(monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(days(said("Oslo"))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url + "/")
        monkeypatch.setenv("OPENAI_API_KEY", "from-env")
        assert open_chat("tiny").complete([Request.of("City?")])[0].text == "Oslo"
    assert server.keys == ["Bearer from-env"]


def test_no_key_and_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(InputError, match="set OPENAI_API_KEY"):
        open_chat("tiny")
    with pytest.raises(InputError, match="no address"):
        open_chat("tiny", base_url="localhost:8000")


def test_tokens_are_counted_by_the_function_given() -> None:
    with endpoint(days(Answer(200, {"choices": [{"message": {"content": "a b"}}]}))) as server:
        model = open_chat("tiny", base_url=server.url, count=lambda text: len(text.split()))
        request = Request.of("one two three", system="four")
        assert model.count_tokens(request) == 4
        reply = model.complete([request])[0]
    assert (reply.tokens_in, reply.tokens_out) == (4, 2)


def test_the_time_to_wait_is_a_number_or_a_date() -> None:
    assert [_seconds(text) for text in ("2", "0.5", "", "soon")] == [2.0, 0.5, 0.0, 0.0]
    assert _seconds("Fri, 01 Jan 2100 00:00:00 GMT") > 1e9
    assert _seconds("Fri, 01 Jan 2010 00:00:00 GMT") == 0.0
