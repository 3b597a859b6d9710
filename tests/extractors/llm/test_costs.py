"""What an extraction costs is known before, within a tenth."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from extractors.chunks import split
from extractors.llm import LMExtractor
from kgkit.facts import Document
from kgkit.models.lm import FakeLM, MeteredLM, Price, Request, lm
from kgkit.models.lm.causal import open_causal
from kgkit.models.lm.chat import open_chat
from kgkit.schema import Schema
from tests.extractors.llm.reading import reply
from tests.kgkit.models.lm import tiny
from tests.kgkit.models.lm.endpoint import Answer, Body, endpoint, said

PRICE = Price(2.0, 8.0)
PARTS = TypeAdapter(dict[str, list[dict[str, object]]])


def documents(count: int) -> list[Document]:
    return [
        Document(f"{n}.txt", "".join(f"Ada{n} met Bo{m} in Town{m}. " for m in range(1 + n % 7)))
        for n in range(count)
    ]


def served(number: int, body: Body) -> Answer:
    """Reply with one fact a sentence, billed by the words of a template around the messages."""
    messages = body["messages"]
    assert isinstance(messages, list)
    text = "\n".join(f"<|{m['role']}|> {m['content']} <|end|>" for m in messages)
    lines = [line.split() for line in text.splitlines() if line.startswith("[")]
    rows = [{"head": w[1], "relation": "MET", "tail": w[3]} for w in lines]
    answer = reply(*rows)
    return said(answer, read=len(text.split()), written=len(answer.split()))


def words(text: str) -> int:
    return len(text.split())


def test_an_endpoint_costs_what_was_estimated() -> None:
    texts = documents(60)
    with endpoint(served) as server:
        chat = open_chat("tiny", base_url=server.url, api_key="x", count=words)
        model = MeteredLM(chat, price=PRICE)
        extractor = LMExtractor(model)
        estimate = extractor.estimate(texts, sample=12)
        before = model.usage
        for document in texts:
            extractor.extract(document, split(document))
    assert before.calls == 12
    used = model.usage
    assert estimate.calls == used.calls - before.calls
    assert estimate.tokens_in == pytest.approx(used.tokens_in - before.tokens_in, rel=0.1)
    assert estimate.tokens_out == pytest.approx(used.tokens_out - before.tokens_out, rel=0.1)
    assert estimate.money == pytest.approx(used.money - before.money, rel=0.1)


def test_before_the_first_call_the_most_is_estimated() -> None:
    model = lm(FakeLM({"": reply()}), price=PRICE)
    extractor = LMExtractor(model, max_tokens=500)
    texts = documents(5)
    estimate = extractor.estimate(texts)
    assert (estimate.calls, estimate.tokens_out, estimate.measured) == (5, 2500, False)
    for document in texts:
        extractor.extract(document, split(document))
    assert estimate.tokens_in == model.usage.tokens_in
    assert estimate.money > model.usage.money
    assert extractor.estimate(texts).calls == 0


def test_rounds_are_counted_in_full() -> None:
    def more(request: Request) -> str:
        turn = len(request.messages) // 2 - 1
        name = "Ada" if "Ada" in request.messages[1].content else "Eva"
        return reply({"head": name, "relation": "MET", "tail": f"Bo{turn}"})

    model = lm(FakeLM(more), price=PRICE)
    extractor = LMExtractor(model, rounds=2)
    sample, other = (Document(n, f"{n} met Bo0 and Bo1 and Bo2.") for n in ("Ada", "Eva"))
    extractor.extract(sample, split(sample))
    before, estimate = model.usage, extractor.estimate([other])
    extractor.extract(other, split(other))
    assert estimate.calls == model.usage.calls - before.calls == 3
    assert estimate.tokens_in == pytest.approx(model.usage.tokens_in - before.tokens_in, rel=0.1)
    assert estimate.tokens_out == pytest.approx(model.usage.tokens_out - before.tokens_out, rel=0.1)
    assert estimate.most_out >= estimate.tokens_out


def test_a_local_model_under_a_grammar(tmp_path: Path) -> None:
    """The real path: counted exactly, and whatever random weights write is held to the form."""
    schema = Schema.parse("(Person)-[MET]->(Person)")
    model = MeteredLM(open_causal(str(tiny.save_causal(tmp_path))))
    extractor = LMExtractor(model, schema=schema, max_tokens=120)
    texts = documents(2)
    estimate = extractor.estimate(texts)
    readings = [extractor.read(document, split(document)) for document in texts]
    assert estimate.tokens_in == model.usage.tokens_in
    assert model.usage.tokens_out <= estimate.most_out == 240
    requests = [r for document in texts for r in extractor.requests(document, split(document))]
    for completion in model.complete(requests):
        assert completion.cached
        cut = completion.finish == "length"
        parts = PARTS.validate_json(
            completion.text, experimental_allow_partial="trailing-strings" if cut else "off"
        )
        assert set(parts) <= {"entities", "facts"}
        assert all(set(row) <= {"name", "type"} for row in parts["entities"])
        assert {row.get("type", "Person") for row in parts["entities"]} <= {"Person", ""}
    assert [reading.extraction.facts for reading in readings] == [(), ()]
