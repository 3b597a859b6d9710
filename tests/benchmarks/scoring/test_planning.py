"""The scoring of plans: forms of queries, grounding, and what counts as right."""

from __future__ import annotations

import pytest

from benchmarks.scoring.planning_ground import ground
from benchmarks.scoring.planning_qald import Form, form_of_plan, form_of_query
from benchmarks.scoring.planning_worlds import executable, outcomes
from kgkit.facts import Entity, Fact, Literal
from kgkit.models.encoder import load_encoder
from reasoning.answers.similar import similar
from reasoning.logic.reading import parse
from reasoning.logic.vocabulary import Vocabulary
from reasoning.planning.builtin import plan
from reasoning.planning.plan import plan_of


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("ASK WHERE { res:A dbo:spouse res:B }", Form("ask", False, False, 1)),
        (
            "SELECT (COUNT(DISTINCT ?x) AS ?c) WHERE { ?x dbo:author <http://e.org/A.B> . }",
            Form("count", False, False, 1),
        ),
        (
            "SELECT ?m WHERE { ?m a dbo:Mountain ; dbo:height ?h ; dbo:country res:N } "
            "ORDER BY DESC(?h) LIMIT 1",
            Form("select", True, False, 2),
        ),
        (
            "SELECT ?f WHERE { ?f dbo:date ?d . FILTER ( ?d > 1990 ) }",
            Form("select", False, True, 1),
        ),
    ],
)
def test_forms_of_queries(sparql: str, form: Form) -> None:
    assert form_of_query(sparql) == form


def test_forms_of_plans() -> None:
    made = plan_of("", 'retrieve(?f, by, "A")\nretrieve(?f, year, ?y)\nargmax(?y)\noutput(?f)')
    assert form_of_plan(made) == Form("select", True, False, 2)
    made = plan_of("", 'retrieve(?f, by, ?a "A")\n?yes = exists(?f)\noutput(?yes)')
    assert form_of_plan(made).asks == "ask"


def test_words_are_grounded_by_meaning_and_types() -> None:
    anna, film = Entity.named("Anna", "Person"), Entity.named("Salt", "Film")
    facts = [Fact(film, "DIRECTED_BY", anna), Fact(anna, "BORN_ON", Literal(1950, "gYear"))]
    program = parse('retrieve("Salt", director, ?d)\nretrieve(?d, `born on`, ?y)')
    types = {"Anna": "Person", "Salt": "Film"}
    grounded = ground(program, Vocabulary.of_facts(facts), types, similar(load_encoder()))
    assert grounded.inline() == 'retrieve("Salt", DIRECTED_BY, ?d); retrieve(?d, BORN_ON, ?y)'
    other = parse('retrieve("Anna", directed, ?f)')
    grounded = ground(other, Vocabulary.of_facts(facts), types, similar(load_encoder()))
    assert grounded.inline() == 'retrieve("Anna", ^DIRECTED_BY, ?f)'


def test_only_the_right_answers_count() -> None:
    memory = similar(load_encoder())
    found = list(outcomes(plan, memory, "train", 1, 2))
    assert sum(good for *_, good in found) > len(found) // 2
    assert executable(lambda question, known: [], memory, "train", 1, 1)["executable"] == 0.0
