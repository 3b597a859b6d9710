"""What is false is found, and what is true is let pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import pytest

from benchmarks.synthesising.planting import WAYS, planted, reworded, true_reworded
from extractors.base import Extraction
from extractors.entigraph import FactIndex, GraphView, synthesise
from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding import Grounder
from extractors.entigraph.grounding.free import FreeReader
from extractors.entigraph.grounding.lexicon import Lexicon
from extractors.entigraph.text import Text
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact
from tests.extractors.entigraph.worlds import VIEW, world

WORLD = world()
SPEAKER = Speaker(FactIndex.over(WORLD))
GROUNDER = Grounder(WORLD)
SMALL = Grounder(VIEW)


def test_what_the_generator_writes_is_supported() -> None:
    report = GROUNDER.report(synthesise(WORLD, tokens=60_000, seed=4))
    assert report.sentences > 2_000
    assert report.false == report.unread == 0
    assert report.false_rate == 0.0
    assert report.claims >= report.supported


@pytest.mark.parametrize("way", WAYS)
def test_planted_false_sentences_are_found(way: str) -> None:
    rng = Random(way)
    drawn = (planted(SPEAKER, rng, way) for _ in range(2000))
    sentences = [sentence for sentence in drawn if sentence is not None][:40]
    assert len(sentences) >= 10
    for sentence in sentences:
        (verdict,) = GROUNDER.judge(sentence)
        assert verdict.outcome in ("false", "unread"), sentence


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Charles Babbage designed Analytical Engine.", "supported"),
        ("Ada Lovelace designed Analytical Engine.", "false"),
        ("For the record, London is the birthplace of Ada Lovelace.", "supported"),
        ("England is the birthplace of Ada Lovelace.", "false"),
        ("Ada Lovelace was born on 10 December 1815.", "supported"),
        ("Ada Lovelace was born on December 10, 1815.", "supported"),
        ("Ada Lovelace was born on 26 December 1791.", "false"),
        ("Ada Lovelace knows Charles Babbage (valid from: 1833).", "supported"),
        ("Ada Lovelace knows Charles Babbage (valid to: 1833).", "false"),
        (
            "The date of birth of Charles Babbage, 26 December 1791, is earlier than that of "
            "Ada Lovelace, 10 December 1815.",
            "supported",
        ),
        (
            "The date of birth of Ada Lovelace, 10 December 1815, is earlier than that of "
            "Charles Babbage, 26 December 1791.",
            "false",
        ),
        ("Ada Lovelace and Charles Babbage share the birthplace London.", "supported"),
        ("Ada Lovelace and Charles Babbage share the birthplace England.", "false"),
        ("Ada Lovelace and England are linked through London.", "supported"),
        ("Ada Lovelace and England are linked through Charles Babbage.", "false"),
        (
            "Charles Babbage was born in London, and designed Analytical Engine.",
            "supported",
        ),
        ("Charles Babbage was born in London, and designed England.", "false"),
        ("Question: Where was Ada Lovelace born?\nAnswer: London.", "supported"),
        ("Question: Where was Ada Lovelace born?\nAnswer: England.", "false"),
        ("User: Who was born in London?\nAssistant: Ada Lovelace and England.", "false"),
        ("About Ada Lovelace.", "empty"),
        ("Ada Lovelace was fond of London.", "unread"),
    ],
)
def test_claims_are_read_back(text: str, outcome: str) -> None:
    assert [verdict.outcome for verdict in SMALL.judge(text)] == [outcome]


def test_names_with_stops_commas_and_common_words() -> None:
    inc, rome = Entity.named("Acme Inc.", "Company"), Entity.named("Rome, Italy", "City")
    student = Entity.named("student", "Concept")
    facts = [
        Fact(inc, "HEADQUARTERED_IN", rome),
        Fact(rome, "TWINNED_WITH", inc),
        Fact(student, "STUDIED_AT", inc),
    ]
    view = GraphView.of(facts)
    report = Grounder(view).report(synthesise(view, tokens=20_000))
    assert report.false == report.unread == 0


def test_the_longest_name_is_taken() -> None:
    york, new = Entity.named("York", "City"), Entity.named("New York", "City")
    index = FactIndex.over(GraphView.of([Fact(york, "TWINNED_WITH", new)]))
    masked = Lexicon(index).mask("New York, York, Yorkshire and york.")
    assert masked.text == "\0, \0, Yorkshire and york."
    assert [slot.text for slot in masked.slots] == ["New York", "York"]


def test_other_wordings_are_held_against_graph_and_sources() -> None:
    reader = FreeReader(WORLD)
    rng = Random(1)
    false = [reworded(SPEAKER, rng, "held_out", way) for way in ("tail", "head", "value") * 300]
    wrong = [each for each in false if each is not None][:100]
    true = [true_reworded(SPEAKER, rng, "held_out") for _ in range(100)]
    found = sum(verdict.outcome == "false" for verdict in reader.judge(wrong))
    alarms = sum(verdict.outcome == "false" for verdict in reader.judge(true))
    assert found >= 0.9 * len(wrong)
    assert alarms <= 0.05 * len(true)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Ada Lovelace did not know Charles Babbage.", "false"),
        ("Ada Lovelace did not design the Analytical Engine.", "supported"),
        ("Ada Lovelace first saw London in 1777.", "false"),
        ("Ada Lovelace went to London with Lord George Byron.", "false"),
        ("Ada Lovelace slept.", "unread"),
        ("It rained.", "empty"),
    ],
)
def test_free_sentences(sentence: str, outcome: str) -> None:
    assert FreeReader(VIEW).judge([sentence])[0].outcome == outcome


class Reads:
    """An extractor that reads "A verb B." as it stands."""

    name, version = "reads", "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return a fact for each line of three words or names."""
        facts = []
        for found in re.finditer(r"(Ada Lovelace|Charles Babbage) (\w+) (.+)\.", document.text):
            head, tail = Entity.named(found[1], "Person"), Entity.named(found[3], "Thing")
            evidence = TextEvidence(document.id, "c", found.start(), found.end(), "reads")
            facts.append(Fact(head, found[2].upper(), tail, evidence=(evidence,)))
        return Extraction((), tuple(facts))


def test_an_extractor_finds_wrong_relations_between_the_right_two() -> None:
    sentences = [
        "Charles Babbage knows Analytical Engine.",
        "Charles Babbage designed Analytical Engine.",
        "Charles Babbage adored Analytical Engine.",
    ]
    alone = [verdict.outcome for verdict in FreeReader(VIEW).judge(sentences)]
    read = [verdict.outcome for verdict in FreeReader(VIEW, Reads()).judge(sentences)]
    assert alone == ["supported"] * 3
    assert read == ["false", "supported", "supported"]


def test_the_report_counts_and_names_what_failed() -> None:
    free = Grounder(VIEW, free=FreeReader(VIEW))
    text = Text.of("Ada Lovelace died in England. Ada Lovelace was fond of London.", "x")
    report = free.report([text])
    assert (report.sentences, report.supported, report.false) == (2, 1, 1)
    assert report.false_rate == 0.5
    assert report.failed[0][0] == text.id
    assert "50.00 %" in str(report)
