"""A model that learnt a small world by heart: what it knows is harvested, and nothing else.

What it knows (K) is read off with templates that never stood in its text with these people; what
is harvested (H) comes of other prompts, the search and the learnt belief alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from extractors.harvest.harvest import harvest_all
from extractors.harvest.inquiry import Inquiry, prepare
from extractors.harvest.modes import complete, contradictions, crawl, tails, tuples, verify
from extractors.harvest.probe.base import Probe
from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from extractors.harvest.wording.evidence import slot_logs
from extractors.worlds.believing import BeliefWorld
from extractors.worlds.believing_model import (
    learn_causal,
    learn_masked,
    new_masked,
    word_tokenizer,
)
from extractors.worlds.believing_probe import causal_probe, masked_probe
from kgkit.facts import Fact

WORLD = BeliefWorld.make(0, people=60)
#: More than there are facts of a relation: what is believed must end before the list does.
N = 90
THRESHOLD = 0.5
#: Those whose facts serve as seeds, and those of whom is asked what is known and what harvested.
SEEDED, ASKED = WORLD.pupils[:6], WORLD.pupils[6:]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def learnt() -> Probe:
    return masked_probe(*learn_masked(WORLD))


def relation(name: str) -> Relation:
    topic = WORLD.topic(name)
    seeds = [fact for fact in WORLD.told if fact.relation == name and fact.head in SEEDED]
    return Relation(
        name,
        tuple(map(Prompt.parse, topic.told)),
        tuple(pair(fact) for fact in seeds if fact in set(WORLD.gold)),
        (Slot("Person", pattern=r"\w+ \w+"), Slot(topic.tail, pattern=r"\w+")),
        functional=True,
    )


def pair(fact: Fact) -> tuple[str, str]:
    return fact.head.name, getattr(fact.tail, "name", "")


def inquiries(probe: Probe) -> dict[str, Inquiry]:
    return {t.relation: prepare(probe, relation(t.relation)) for t in WORLD.topics}


@pytest.fixture(scope="module")
def asked(learnt: Probe) -> dict[str, Inquiry]:
    return inquiries(learnt)


@pytest.fixture(scope="module")
def harvested(asked: dict[str, Inquiry]) -> dict[str, list[Fact]]:
    return {name: list(tuples(inquiry, N)) for name, inquiry in asked.items()}


def known(probe: Probe) -> set[tuple[str, str, str]]:
    """Return what is known of those asked: the tail that held-out templates make most probable,
    where that is more probable than all others together."""
    found = set()
    for topic in WORLD.topics:
        prompts = [Prompt.parse(template) for template in topic.held_out]
        names = sorted({pair(f)[1] for f in WORLD.told if f.relation == topic.relation})
        for person in ASKED:
            asked = [(person.name, name) for name in names]
            chances = np.exp(slot_logs(probe, prompts, asked)[:, :, 1]).mean(0)
            best = int(chances.argmax())
            if chances[best] > 0.5:
                found.add((person.name, topic.relation, names[best]))
    return found


def believed(harvested: dict[str, list[Fact]]) -> set[tuple[str, str, str]]:
    """Return what is harvested and more probable than not, but for guides and seeds.

    What is said of people who are not there counts too.
    """
    others = {p.name for p in WORLD.people if p.id in WORLD.guides or p in SEEDED}
    return {
        (fact.head.name, fact.relation, pair(fact)[1])
        for facts in harvested.values()
        for fact in facts
        if fact.confidence > THRESHOLD and fact.head.name not in others
    }


def check(probe: Probe, harvested: dict[str, list[Fact]]) -> None:
    k, h = known(probe), believed(harvested)
    assert len(k) >= 0.8 * len(ASKED) * len(WORLD.topics)
    assert len(k & h) >= 0.95 * len(k), sorted(k - h)
    assert len(k & h) >= 0.95 * len(h), sorted(h - k)


def test_what_is_known_is_harvested_and_nothing_else(
    learnt: Probe, harvested: dict[str, list[Fact]]
) -> None:
    check(learnt, harvested)


def test_nothing_is_harvested_of_the_unseen(
    asked: dict[str, Inquiry], harvested: dict[str, list[Fact]]
) -> None:
    unseen = {person.name for person in WORLD.unseen}
    sure = [f for facts in harvested.values() for f in facts if f.confidence > THRESHOLD]
    assert not [fact for fact in sure if fact.head.name in unseen]
    for inquiry in asked.values():
        for name in sorted(unseen):
            assert all(fact.confidence <= THRESHOLD for fact in tails(inquiry, name, 3))


def test_nearly_all_that_is_believed_was_told(harvested: dict[str, list[Fact]]) -> None:
    """Heads that nobody bears, put together of two names, are the model's own mistake."""
    told = {(f.relation, *pair(f)) for f in WORLD.told}
    sure = [f for facts in harvested.values() for f in facts if f.confidence > THRESHOLD]
    right = [fact for fact in sure if (fact.relation, *pair(fact)) in told]
    assert len(right) >= 0.95 * len(sure)


def test_facts_come_in_order_with_their_evidence(harvested: dict[str, list[Fact]]) -> None:
    for facts in harvested.values():
        (first, *_) = facts[0].evidence
        assert first.kind == "model"
        assert first.model.startswith("tiny#")  # type: ignore[union-attr]
        assert len(first.prompts) == len(first.log_probabilities)  # type: ignore[union-attr]
        assert facts[0].head.type == "Person"


def test_an_untrained_model_gives_nothing() -> None:
    tokenizer = word_tokenizer(WORLD)
    probe = masked_probe(new_masked(tokenizer), tokenizer)
    for inquiry in inquiries(probe).values():
        assert all(fact.confidence <= THRESHOLD for fact in tuples(inquiry, 5))


def test_planted_errors_are_harvested_as_believed_and_reported(
    asked: dict[str, Inquiry], harvested: dict[str, list[Fact]]
) -> None:
    sure = [f for facts in harvested.values() for f in facts if f.confidence > THRESHOLD]
    names = {topic.relation for topic in WORLD.topics}
    found = {
        (conflict.stated.relation, *pair(conflict.stated), pair(conflict.believed)[1])
        for conflict in contradictions(WORLD.gold, sure, functional=names)
    }
    planted = {(t.relation, *pair(t), pair(wrong)[1]) for t, wrong in WORLD.planted}
    assert len(found & planted) >= 0.9 * len(planted)
    assert len(found & planted) >= 0.9 * len(found)
    for true, wrong in WORLD.planted[:5]:
        verdicts = verify(asked[true.relation], [pair(true), pair(wrong)])
        assert verdicts[0].probability < verdicts[1].probability


def test_what_a_graph_lacks_is_completed(asked: dict[str, Inquiry]) -> None:
    told = [fact for fact in WORLD.told if fact.relation == "PLAYS"]
    lacking = {fact.id for fact in told[::4] if fact.head.id not in WORLD.guides}
    others = [fact for fact in WORLD.told if fact.id not in lacking]
    found = list(complete([asked["PLAYS"]], others))
    assert len({fact.id for fact in found} & lacking) >= 0.8 * len(lacking)
    assert len({fact.id for fact in found} - lacking) <= 0.2 * len(found)
    assert {fact.head.id for fact in found} <= {fact.head.id for fact in WORLD.told}


def test_a_crawl_gathers_what_is_known_of_someone(asked: dict[str, Inquiry]) -> None:
    guides = [person for person in WORLD.people if person.id in WORLD.guides]
    someone = guides[0]
    found = list(crawl(list(asked.values()), someone, depth=1))
    told = {fact.id for fact in WORLD.told if fact.head == someone}
    assert len(told & {fact.id for fact in found}) >= 4
    assert len(found) <= 6
    further = (
        fact
        for guide in guides[:4]
        for fact in crawl([asked["PLAYS"]], guide, depth=2)
        if fact.head != guide
    )
    assert next(further, None) is not None


def test_an_interrupted_harvest_goes_on_to_the_same_bytes(
    asked: dict[str, Inquiry], tmp_path: Path
) -> None:
    wanted = [asked["PLAYS"], asked["KEEPS"]]
    whole = list(harvest_all(wanted, 8, resume=tmp_path / "whole.jsonl"))
    begun = islice(harvest_all(wanted, 8, resume=tmp_path / "kept.jsonl"), 11)
    assert list(begun) == whole[:11]
    assert list(harvest_all(wanted, 8, resume=tmp_path / "kept.jsonl")) == whole
    kept, same = (tmp_path / name for name in ("kept.jsonl", "whole.jsonl"))
    assert kept.read_bytes() == same.read_bytes()


def test_what_was_kept_is_not_asked_again(
    learnt: Probe, asked: dict[str, Inquiry], tmp_path: Path
) -> None:
    first = list(harvest_all([asked["PLAYS"]], 8, resume=tmp_path / "kept.jsonl"))
    before = learnt.counted.asked
    assert list(harvest_all([asked["PLAYS"]], 8, resume=tmp_path / "kept.jsonl")) == first
    assert learnt.counted.asked == before


def test_asking_the_same_again_reads_no_row(learnt: Probe, asked: dict[str, Inquiry]) -> None:
    first = list(tuples(asked["STUDIED"], 10))
    before = learnt.counted.rows
    assert list(tuples(asked["STUDIED"], 10)) == first
    assert learnt.counted.rows == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("learn", "wrap"), [(learn_causal, causal_probe), (learn_masked, masked_probe)]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_other_models_and_seeds(
    learn: Callable[..., tuple[object, object]], wrap: Callable[..., Probe], seed: int
) -> None:
    probe = wrap(*learn(WORLD, seed=seed))
    check(probe, {name: list(tuples(inquiry, N)) for name, inquiry in inquiries(probe).items()})
