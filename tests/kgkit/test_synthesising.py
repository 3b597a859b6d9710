"""`kg.synthesise` and `kgkit synthesise`, as verbs of a graph."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kgkit
from extractors.entigraph.writing import read_texts
from kgkit.cli.looking import stats
from kgkit.cli.synthesising import synthesise as command
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact
from kgkit.verbs.synthesising import plan_synthesis, synthesise, view_of
from tests.kgkit.models.lm.endpoint import Answer, Body, endpoint, said

app = typer.Typer()
app.command()(command)
app.command()(stats)

TEXTS = {
    "ada.txt": "Ada Lovelace was born in London. Ada Lovelace worked with Charles Babbage.",
    "babbage.txt": "Charles Babbage was born in London. Charles Babbage studied in Cambridge.",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small graph."""
    folder = tmp_path_factory.mktemp("synthesis")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    with kgkit.open(folder / "graph.kg") as kg:
        kg.build(folder / "*.txt")
    return folder / "graph.kg"


def test_a_graph_writes_its_corpus(built: Path) -> None:
    with kgkit.open(built, read_only=True) as kg:
        corpus = synthesise(kg, tokens=3_000, seed=1)
        assert corpus == synthesise(kg, tokens=3_000, seed=1)
        assert plan_synthesis(kg, tokens=3_000, seed=1).coverage == pytest.approx(
            corpus.coverage, abs=0.05
        )
        documents = {document.id for document in kg.ledger.documents()}
    assert {id for text in corpus for id in text.documents} == documents
    assert any("Ada Lovelace was born in London" in text.text for text in corpus)


def test_replies_are_kept_in_the_graph(built: Path) -> None:
    def reply(prompt: str) -> str:
        return prompt.split("\n\n---\n\n", 1)[0].partition("\n\n")[2] * 3

    with kgkit.open(built) as kg:
        lm = kgkit.lm(reply, cache=kg.calls)
        first = synthesise(kg, tokens=400, lm=lm)
        again = kgkit.lm(reply, cache=kg.calls)
        assert synthesise(kg, tokens=400, lm=again).texts == first.texts
        assert again.usage.calls == 0
        assert len(view_of(kg).documents) == 2


def test_facts_without_text_are_enough() -> None:
    with kgkit.open(":memory:") as kg:
        fact = Fact(Entity.named("Oslo", "City"), "CAPITAL_OF", Entity.named("Norway", "Country"))
        kg.add([fact.with_evidence(PersonEvidence("Ida"))])
        corpus = synthesise(kg, tokens=300)
    assert any("capital of Norway" in text.text for text in corpus)


def test_the_command_writes_files(built: Path, tmp_path: Path) -> None:
    out, card = tmp_path / "corpus.jsonl", tmp_path / "card.md"
    options = ["--tokens", "2000", "--seed", "3", "--near", "0.95", "--json", "--card", str(card)]
    done = CliRunner().invoke(app, ["synthesise", str(built), str(out), *options])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["files"] == {str(out): told["texts"]}
    assert len(list(read_texts(out))) == told["texts"]
    assert card.read_text().startswith("# Synthesised corpus")
    parts = ["--validation", "0.5", "--tokens", "2000"]
    done = CliRunner().invoke(app, ["synthesise", str(built), str(out), *parts])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "corpus.validation.jsonl").exists()


def test_a_dry_run_writes_nothing(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    done = CliRunner().invoke(app, ["synthesise", str(built), str(out), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "expected:" in done.stdout
    assert not out.exists()


def _served(body: Body) -> Answer:
    messages = body["messages"]
    assert isinstance(messages, list)
    text = messages[-1]["content"].split("\n\n---\n\n", 1)[0].partition("\n\n")[2] * 3
    return said(text, read=50, written=len(text) // 4)


_SCRIPT = """
import sys, kgkit
from kgkit.models.lm.chat import open_chat
from kgkit.verbs.synthesising import synthesise
with kgkit.open(sys.argv[1]) as kg:
    chat = open_chat("tiny", base_url=sys.argv[2], api_key="k", concurrency=1)
    corpus = synthesise(kg, tokens=1500, lm=kgkit.lm(chat, cache=kg.calls))
    corpus.write(sys.argv[3])
"""


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_same_bytes(built: Path, tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    reached = threading.Event()

    def answer(number: int, body: Body) -> Answer:
        asked[json.dumps(body["messages"])] += 1
        if sum(asked.values()) == 4:
            reached.set()
        return _served(body)

    with endpoint(answer) as server:

        def run(name: str) -> subprocess.Popen[bytes]:
            arguments = [str(built), server.url, str(tmp_path / name)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
            return subprocess.Popen([sys.executable, "-c", _SCRIPT, *arguments], env=environment)

        killed = run("a.jsonl")
        assert reached.wait(120)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert not (tmp_path / "a.jsonl").exists()
        assert run("a.jsonl").wait(120) == 0
        # Only the call that the kill interrupted may have been asked again.
        assert sum(n > 1 for n in asked.values()) <= 1
        before = sum(asked.values())
        assert run("b.jsonl").wait(120) == 0
        assert sum(asked.values()) == before
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
