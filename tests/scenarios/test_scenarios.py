"""The same query gives the same rows, or the same error, on every engine that speaks Cypher."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgkit import errors
from tests.scenarios.conftest import Engine
from tests.scenarios.graphs import GRAPHS
from tests.scenarios.script import Scenario, read_scenarios, shown

TOPICS = {path.stem: read_scenarios(path) for path in sorted(Path(__file__).parent.glob("*/*.txt"))}
CASES = [
    pytest.param(scenario, id=f"{topic}: {scenario.title}")
    for topic, scenarios in TOPICS.items()
    # Those that begin with the same graph stand together, so that it is made less often.
    for scenario in sorted(scenarios, key=lambda s: (bool(s.given or s.writes), s.graph))
]


@pytest.mark.parametrize("scenario", CASES)
def test_scenario(engine: Engine, scenario: Scenario) -> None:
    should = scenario.outcome_on(engine.name)
    if should.skipped:
        pytest.skip(should.skipped)
    if should.fails:
        with pytest.raises(getattr(errors, should.fails)) as caught:
            engine.run(scenario)
        assert type(caught.value).__name__ == should.fails
        return
    rows = engine.run(scenario)
    assert rows.columns == should.columns
    found = [shown([row[name] for name in rows.columns]) for row in rows]
    wanted = [shown(row) for row in should.rows]
    if not should.is_ordered:
        found, wanted = sorted(found, key=str), sorted(wanted, key=str)
    assert found == wanted


def test_there_are_a_few_hundred() -> None:
    assert sum(map(len, TOPICS.values())) >= 300


@pytest.mark.parametrize("topic", TOPICS)
def test_scenarios_are_whole(topic: str) -> None:
    for scenario in TOPICS[topic]:
        assert scenario.graph in GRAPHS, scenario.title
        assert scenario.text, scenario.title
        for outcome in (scenario.outcome, *scenario.elsewhere.values()):
            assert outcome.columns or outcome.fails or outcome.skipped, scenario.title
    titles = [scenario.title for scenario in TOPICS[topic]]
    assert len(set(titles)) == len(titles)
