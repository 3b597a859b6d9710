"""Asking small graphs: steps, dates, lists, denials, hedges and honest refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence, TextEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier
from tests.reasoning.answers.small import Small, person, place, thing

SCOTT = person("Ridley Scott")
ALIEN = thing("Alien")
SHIELDS = place("South Shields")
ADA = person("Ada Brook")
BEN = person("Ben Brook")
CARL = person("Carl Stone")
LUMEN = thing("Lumen")
VALEPORT = place("Valeport")
_PARTS = (
    *("Who", "Where", "is", "the", "of", "Alien", "'s", "Ridley", "Scott", "(", ")", "["),
    *("*", "?", "or", "and", "1978", "born", "did", "\\", "both"),
)


@pytest.fixture
def films() -> Small:
    graph = Small()
    alien = graph.add(
        "Alien", "Alien is a film. Ridley Scott directed Alien in 1978.", SCOTT, ALIEN
    )
    graph.fact(alien, "Ridley Scott directed Alien", SCOTT, "DIRECT", ALIEN)
    text = "Ridley Scott was born in South Shields on 30 November 1937. He likes tea."
    life = graph.add("Ridley Scott", text, SCOTT, SHIELDS)
    graph.fact(life, "Ridley Scott was born in South Shields", SCOTT, "BORN_IN", SHIELDS)
    born = Literal(date(1937, 11, 30), "date", "30 November 1937")
    graph.fact(
        life, "Ridley Scott was born in South Shields on 30 November", SCOTT, "BORN_ON", born
    )
    return graph


@pytest.fixture
def family() -> Small:
    graph = Small()
    text = "Ada Brook and Ben Brook are children of Carl Stone. Ada Brook discovered Lumen in 1921."
    document = graph.add("Carl Stone", text, ADA, BEN, CARL, LUMEN)
    clause = "Ada Brook and Ben Brook are children of Carl Stone"
    graph.fact(document, clause, ADA, "CHILD_OF", CARL)
    graph.fact(document, clause, BEN, "CHILD_OF", CARL)
    when = Qualifier("time", Literal(1921, "gYear", "1921"))
    found = "Ada Brook discovered Lumen in 1921"
    graph.fact(document, found, ADA, "DISCOVER", LUMEN, qualifiers=(when,))
    return graph


def test_one_step_is_cited(films: Small) -> None:
    answer = films.ask("Who directed Alien?")
    assert answer.text == "Ridley Scott"
    assert [c.quote for c in answer.citations] == ["Ridley Scott directed Alien in 1978."]
    assert answer.citations[0].fact == "(Ridley Scott)-[DIRECT]->(Alien)"
    assert answer.missing is None
    assert answer


def test_two_steps_cite_both(films: Small) -> None:
    answer = films.ask("Where was the director of Alien born?")
    assert answer.text == "South Shields"
    assert [c.number for c in answer.citations] == [1, 2]
    assert {c.document_uri for c in answer.citations} == {"alien.txt", "ridley-scott.txt"}
    assert [step.action for step in answer.plan] == ["linked", "followed", "followed"]


@pytest.mark.parametrize(
    "question", ["When was Ridley Scott born?", "What is the date of birth of Ridley Scott?"]
)
def test_date(films: Small, question: str) -> None:
    assert films.ask(question).text == "30 November 1937"


def test_date_of_two_steps(films: Small) -> None:
    assert films.ask("When was the director of Alien born?").text == "30 November 1937"


def test_time_qualifier_answers_when(family: Small) -> None:
    answer = family.ask("When did Ada Brook discover Lumen?")
    assert answer.text == "1921"
    assert answer.citations


def test_nominal_word_finds_the_verb(family: Small) -> None:
    assert family.ask("Who was the discoverer of Lumen?").text == "Ada Brook"


def test_direction_of_kinship(family: Small) -> None:
    assert family.ask("Who is the father of Ada Brook?").text == "Carl Stone"
    assert family.ask("Who is Ben Brook's father?").text == "Carl Stone"
    assert not family.ask("Who is the father of Carl Stone?")


def test_plural_question_lists_all(family: Small) -> None:
    answer = family.ask("Who were the children of Carl Stone?")
    assert answer.text == "Ada Brook and Ben Brook"


def test_how_many_counts_what_the_graph_holds(family: Small) -> None:
    answer = family.ask("How many children did Carl Stone have?")
    assert answer.text == "2: Ada Brook and Ben Brook"
    assert answer.plan[-1].action == "counted"


def test_number_in_the_text() -> None:
    graph = Small()
    text = "Valeport has 4 bridges. Valeport lies by the sea."
    graph.add("Valeport", text, VALEPORT)
    assert graph.ask("How many bridges does Valeport have?").text == "4"


def test_empty_graph() -> None:
    answer = Small().ask("Who directed Alien?")
    assert answer.missing is not None
    assert answer.missing.kind == "empty_graph"
    assert not answer
    assert answer.text == ""


@pytest.mark.parametrize("question", ["", "  \n"])
def test_blank_question_is_an_error(films: Small, question: str) -> None:
    with pytest.raises(InputError, match="blank"):
        films.ask(question)


def test_unknown_name(films: Small) -> None:
    answer = films.ask("Who directed Zorblax?")
    assert answer.missing is not None
    assert answer.missing.kind == "unknown_names"
    assert "'Zorblax'" in str(answer)


def test_unknown_name_beside_a_known_one(films: Small) -> None:
    answer = films.ask("Did Ridley Scott direct Zorblax?")
    assert answer.missing is not None
    assert answer.missing.kind == "unknown_names"


def test_name_spelt_nearly_right(films: Small) -> None:
    assert films.ask("When was Ridly Scott born?").text == "30 November 1937"


def test_no_fact_names_the_nearest(films: Small) -> None:
    answer = films.ask("Who composed Alien?")
    assert answer.missing is not None
    assert answer.missing.kind in ("no_fact", "low_support")
    assert "Alien" in answer.missing.detail
    assert "composed" in answer.missing.detail


def test_yes(films: Small) -> None:
    answer = films.ask("Was Ridley Scott born in South Shields?")
    assert answer.text == "Yes"
    assert answer.citations


def test_silence_is_not_no(films: Small) -> None:
    films.add("Valeport", "Valeport is a town.", VALEPORT)
    answer = films.ask("Was Ridley Scott born in Valeport?")
    assert answer.missing is not None
    assert "South Shields" in answer.missing.detail


def test_denied_fact_says_no_and_is_never_followed() -> None:
    graph = Small()
    text = "Ada Brook did not discover Lumen. Ada Brook lived in Valeport."
    document = graph.add("Ada Brook", text, ADA, LUMEN, VALEPORT)
    clause = "Ada Brook did not discover Lumen"
    graph.fact(document, clause, ADA, "DISCOVER", LUMEN, polarity=Polarity.NEGATIVE)
    assert graph.ask("Did Ada Brook discover Lumen?").text == "No"
    who = graph.ask("Who discovered Lumen?")
    assert who.missing is not None
    assert "denies" in who.missing.detail
    assert [c.quote for c in who.citations] == ["Ada Brook did not discover Lumen."]


def test_hedged_fact_is_reported_as_such() -> None:
    graph = Small()
    document = graph.add("Lumen", "Ada Brook may have discovered Lumen.", ADA, LUMEN)
    clause = "Ada Brook may have discovered Lumen"
    graph.fact(document, clause, ADA, "DISCOVER", LUMEN, modality=Modality.HEDGED)
    answer = graph.ask("Who discovered Lumen?")
    assert answer.text == "reportedly Ada Brook"
    assert answer.confidence < 0.7
    assert graph.ask("Did Ada Brook discover Lumen?").text == "Reportedly"


def test_fact_without_a_valid_span_is_no_answer(family: Small) -> None:
    broken = Small(family.documents, family.chunks, [], [])
    for fact in family.facts:
        piece = fact.evidence[0]
        assert isinstance(piece, TextEvidence)
        broken.facts.append(fact.with_evidence(replace(piece, start=900, end=910)))
    assert not broken.ask("Who is the father of Ada Brook?")


def test_sentence_answers_where_no_fact_was_extracted() -> None:
    graph = Small()
    graph.add(
        "Lumen", "Lumen is a mineral. It was found by Ada Brook in Valeport.", ADA, LUMEN, VALEPORT
    )
    answer = graph.ask("Where was Lumen found?")
    assert answer.text == "Valeport"
    assert answer.citations[0].fact is None


def test_namesakes_of_two_types_are_both_tried() -> None:
    graph = Small()
    lumen = Entity.named("Lumen", "Person")
    graph.add("Tea", "Lumen drinks tea.", lumen)
    document = graph.add("Lumen", "Ada Brook discovered Lumen.", ADA, LUMEN)
    graph.fact(document, "Ada Brook discovered Lumen", ADA, "DISCOVER", LUMEN)
    assert graph.ask("Who discovered Lumen?").text == "Ada Brook"


def test_definition() -> None:
    graph = Small()
    graph.add("Lumen", "Lumen is a mineral. It glows.", LUMEN)
    assert graph.ask("What is Lumen?").text == "Lumen is a mineral."


def test_order_of_two_dates() -> None:
    graph = Small()
    one = graph.add("Ada Brook", "Ada Brook was born on 2 May 1901.", ADA)
    two = graph.add("Ben Brook", "Ben Brook was born on 3 June 1899.", BEN)
    first = Literal(date(1901, 5, 2), "date", "2 May 1901")
    second = Literal(date(1899, 6, 3), "date", "3 June 1899")
    graph.fact(one, "Ada Brook was born on 2 May 1901", ADA, "BORN_ON", first)
    graph.fact(two, "Ben Brook was born on 3 June 1899", BEN, "BORN_ON", second)
    assert graph.ask("Who is older, Ada Brook or Ben Brook?").text == "Ben Brook"
    assert graph.ask("Who was born later, Ada Brook or Ben Brook?").text == "Ada Brook"
    assert len(graph.ask("Who is older, Ada Brook or Ben Brook?").citations) == 2


def test_same_question_same_answer(films: Small) -> None:
    question = "Where was the director of Alien born?"
    assert films.ask(question) == films.ask(question)


@given(
    st.lists(
        st.sampled_from(_PARTS),
        min_size=1,
        max_size=9,
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_any_words_get_an_answer_or_a_refusal(films: Small, parts: list[str]) -> None:
    answer = films.ask(" ".join(parts))
    assert bool(answer.text) == (answer.missing is None)
    if answer:
        assert answer.citations
    for citation in answer.citations:
        text = next(d.text for d in films.documents if d.uri == citation.document_uri)
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question", ["???", "a" * 5000, "Who " * 400, "¿Dónde nació Ridley Scott?"]
)
def test_odd_questions(films: Small, question: str) -> None:
    assert str(films.ask(question))


def test_imported_facts_answer_without_any_text() -> None:
    graph = Small()
    graph.facts.append(Fact(SCOTT, "DIRECT", ALIEN, evidence=(ImportEvidence("films.csv", "1"),)))
    answer = graph.ask("Who directed Alien?")
    assert answer.text == "Ridley Scott"
    assert [c.document_uri for c in answer.citations] == ["films.csv#1"]
