"""A model writes: what is asked, kept, refused; budgets, faults, kills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.entigraph import GraphView, synthesise
from extractors.entigraph.generating.checks import fault
from extractors.entigraph.generating.lm import estimate, planned
from extractors.entigraph.generating.sources import sections
from extractors.entigraph.inventory import Entry
from extractors.entigraph.inventory_lm import inventory_by_lm
from extractors.entigraph.planner import plan
from kgkit.errors import InputError
from kgkit.facts import Document, Entity
from kgkit.models.lm import (
    Budget,
    CallError,
    Completion,
    FakeLM,
    MemoryCache,
    MeteredLM,
    Price,
    Request,
)
from kgkit.models.lm.chat import open_chat
from tests.extractors.entigraph.worlds import FACTS, world
from tests.kgkit.models.lm.clock import Clock
from tests.kgkit.models.lm.endpoint import Answer, Body, endpoint, failed, said

WORLD = world(8)
PARTED = "\n\n---\n\n"


def _retell(prompt: str) -> str:
    """Reply with the source: true, in its language, naming what it names."""
    source = prompt.split(PARTED, 1)[0].partition("\n\n")[2]
    return f"{source}\n{source}"


def _model(
    reply: Callable[[Request], str] = lambda request: _retell(request.messages[-1].content),
    **options: object,
) -> MeteredLM:
    return MeteredLM(FakeLM(reply), **options)  # type: ignore[arg-type]


def test_a_model_writes_a_corpus_with_its_sources() -> None:
    model = _model(price=Price(1.0, 1.0))
    corpus = synthesise(WORLD, tokens=4_000, lm=model, seed=1)
    assert corpus.tokens >= 4_000
    documents = {document.id: document.text for document in WORLD.documents}
    assert {id for text in corpus for id in text.documents} <= set(documents)
    for text in corpus:
        assert text.generator == "fake"
        for id in text.entities:
            assert corpus.names[id] in text.text
    assert corpus.made_from["calls"] == model.usage.calls
    assert corpus.made_from["money"] > 0
    assert corpus.made_from["stopped"] == ""
    assert len(corpus.forms) >= 3


def test_prompts_of_a_document_share_their_beginning_and_follow_one_another() -> None:
    jobs = planned(WORLD, tokens=40_000)
    order = [job.section.document for job in jobs]
    assert len(set(order)) > 5
    assert order == sorted(order, key=order.index)
    by_document: dict[str, set[str]] = {}
    for job in jobs:
        prompt = job.request.messages[-1].content
        by_document.setdefault(job.section.document, set()).add(prompt.split(PARTED, 1)[0])
        assert job.request.about == job.section.document
    assert all(len(beginnings) == 1 for beginnings in by_document.values())
    assert len({job.request.key("m") for job in jobs}) == len(jobs)


def test_it_goes_on_where_the_budget_ended_and_asks_nothing_twice() -> None:
    whole = synthesise(WORLD, tokens=5_000, lm=_model(), seed=1)
    cache = MemoryCache()
    first = _model(cache=cache, budget=Budget(calls=7))
    part = synthesise(WORLD, tokens=5_000, lm=first, seed=1)
    assert part.made_from["stopped"] == "budget"
    assert first.usage.calls == 7
    assert part.texts == whole.texts[: len(part.texts)]
    second = _model(cache=cache)
    rest = synthesise(WORLD, tokens=5_000, lm=second, seed=1)
    assert rest.texts == whole.texts
    assert rest.rejected == whole.rejected
    assert second.usage.calls + 7 == whole.made_from["calls"]


def test_the_plan_says_what_will_be_asked() -> None:
    model = _model(price=Price(1.0, 2.0))
    planned_ = plan(WORLD, tokens=5_000, lm=model)
    assert planned_.calls == sum(planned_.texts.values()) > 0
    assert planned_.money > 0
    assert estimate(WORLD, model, tokens=5_000).calls == planned_.calls
    assert model.usage.calls == 0


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("I'm sorry, but I cannot help with that.", "refuses"),
        ("Short.", "too short"),
        ("Ceci n'est pas une phrase anglaise, " * 9, "other language"),
        ("The one that was in the place of the other is here and is there. " * 9, "entity not"),
        ("x" * 99_999, "cut off"),
    ],
)
def test_bad_replies_are_kept_apart_with_the_reason(reply: str, why: str) -> None:
    corpus = synthesise(WORLD, tokens=300, lm=_model(lambda _: reply))
    assert not [text for text in corpus if text.entities]
    assert any(reason.startswith(why) for reason in corpus.reasons)
    assert corpus.made_from["stopped"] in ("rejections", "")
    assert corpus.made_from["calls"] <= 40
    assert all(each.text.text for each in corpus.rejected)


def test_a_refusal_of_the_provider() -> None:
    assert fault(Completion("", finish="refused"), "Ada.", ()) == "refused by the provider"
    ada = Entry(Entity.named("Ada Lovelace", "Person"), ("Ada",), 1, 1.0)
    told = "It is known that Ada was in the town of London for all of her days, and in no other."
    assert fault(Completion(told), "Ada was in the town of London.", (ada,)) == ""


def test_false_claims_are_found() -> None:
    def lie(request: Request) -> str:
        text = _retell(request.messages[-1].content)
        return text + " In the year 1492 it was seen by Captain Nemo Smith." * 9

    corpus = synthesise(WORLD, tokens=500, lm=_model(lie))
    assert corpus.made_from["false_rate"] > 0.3
    assert "not grounded" in corpus.reasons


def test_a_graph_without_documents_is_written_out_for_the_model() -> None:
    corpus = synthesise(GraphView.of(FACTS), tokens=500, lm=_model())
    assert len(corpus) > 0
    assert all(not text.documents for text in corpus)
    with pytest.raises(InputError, match="no document names"):
        synthesise(GraphView.of(FACTS, documents=[Document("a", "Nothing.")]), tokens=9, lm=str)


def test_long_documents_are_shown_in_sections() -> None:
    text = "\n\n".join(f"Ada Lovelace wrote note {i} in London. " * 9 for i in range(200))
    document = Document("long", text)
    mention = next(m for m in WORLD.mentions)
    ada = FACTS[0].head
    named = type(mention)(document.id, "c", 0, 12, "Ada Lovelace", ada)
    found = list(sections(GraphView.of(FACTS, [named], (), [document])))
    assert len(found) > 3
    assert all(len(part.text) <= 17_000 for part in found)
    assert sum(len(part.text) for part in found) >= 0.99 * len(text.strip())


def test_entities_by_a_model() -> None:
    reply = (
        '{"summary": "Ada wrote.", "entities": [{"name": "Ada Lovelace", "type": "Person"}, '
        '{"name": "ada  lovelace", "type": "Person"}, {"name": "Atlantis", "type": "Place"}]}'
    )
    document = Document("a", "Ada Lovelace wrote. Ada Lovelace knew Babbage.")
    found = inventory_by_lm(document, _model(lambda _: reply))
    assert [(e.entity.name, e.entity.type, e.mentions) for e in found.entries] == [
        ("Ada Lovelace", "Person", 2)
    ]
    assert inventory_by_lm(document, _model(lambda _: "no JSON")).entries == ()


def _answer(body: Body) -> Answer:
    messages = body["messages"]
    assert isinstance(messages, list)
    text = _retell(messages[-1]["content"])
    return said(text, read=100, written=len(text) // 4)


def test_a_server_with_faults_loses_and_repeats_nothing() -> None:
    """Overload, errors and half replies are ridden out; each text is generated once."""
    served: Counter[str] = Counter()

    def faulty(number: int, body: Body) -> Answer:
        bad = {
            1: failed(429, "slow down", ("Retry-After", "1")),
            2: failed(500, "oops"),
            4: Answer(200, {"choices": [{"message": {"content": "x" * 500}}]}, part=0.5),
            7: Answer(200, b'{"choices": [{"mess'),
        }
        if number in bad:
            return bad[number]
        served[str(body["messages"])] += 1
        return _answer(body)

    with endpoint(lambda number, body: _answer(body)) as server:
        chat = open_chat("tiny", base_url=server.url, api_key="k")
        calm = synthesise(WORLD, tokens=3_000, lm=MeteredLM(chat), seed=2)
    with endpoint(faulty) as server:
        chat = open_chat("tiny", base_url=server.url, api_key="k")
        model = MeteredLM(chat, pace=Clock().pace())
        corpus = synthesise(WORLD, tokens=3_000, lm=model, seed=2)
    assert corpus.texts == calm.texts
    assert set(served.values()) == {1}
    assert model.usage.retries >= 4


def test_a_run_that_is_interrupted_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    cache = MemoryCache()
    asked: Counter[str] = Counter()

    def flaky(stop_at: int) -> MeteredLM:
        def reply(request: Request) -> str:
            if sum(asked.values()) == stop_at:
                raise KeyboardInterrupt
            asked[request.key("fake")] += 1
            return _retell(request.messages[-1].content)

        return _model(reply, cache=cache)

    for stop_at in (3, 11):
        with pytest.raises(KeyboardInterrupt):
            synthesise(WORLD, tokens=5_000, lm=flaky(stop_at), seed=1)
    done = synthesise(WORLD, tokens=5_000, lm=flaky(-1), seed=1).write(tmp_path / "a.jsonl")
    once = synthesise(WORLD, tokens=5_000, lm=_model(), seed=1).write(tmp_path / "b.jsonl")
    assert done.read_bytes() == once.read_bytes()
    assert set(asked.values()) == {1}


def test_a_dead_server_is_an_error_and_a_lost_job_is_not() -> None:
    def dead(_: Request) -> str:
        raise CallError("no such model")

    with pytest.raises(CallError, match="no such model"):
        synthesise(WORLD, tokens=500, lm=_model(dead))
    count = 0

    def once(request: Request) -> str:
        nonlocal count
        count += 1
        if count == 2:
            raise CallError("too long for the model")
        return _retell(request.messages[-1].content)

    corpus = synthesise(WORLD, tokens=3_000, lm=_model(once))
    assert corpus.reasons["no reply"] == 1
    assert len(corpus) > 3
