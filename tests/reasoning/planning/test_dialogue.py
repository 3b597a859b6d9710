"""Dialogues: what a follow-up question is taken to mean, on a small graph written by hand."""

from __future__ import annotations

import pytest

from kgkit.facts import Entity, Literal, Mention
from reasoning.answers import Answer, Citation
from reasoning.planning import Turn
from reasoning.planning.dialogue import Dialogue
from tests.reasoning.answers.small import Small, person, place, thing

IDA = person("Ida Lindqvist")
PER = person("Per Lindqvist")
TORA = person("Tora Dahl")
SAM = person("Sam Okoye")
AALBORG = place("Aalborg")
FILM = Entity.named("The Long Thaw", "Film")
ELEMENT = thing("corvium")
FIRM = Entity.named("Nordlys Pictures", "Organization")
ANSWERS = {
    "Who discovered corvium?": "Ida Lindqvist",
    "Who was Ida Lindqvist's husband?": "Per Lindqvist",
    "Where was Ida Lindqvist born?": "Aalborg",
    "When was Ida Lindqvist born?": "3 May 1871",
    "Which film did Tora Dahl direct in 1962?": "The Long Thaw",
    "Who directed The Long Thaw?": "Tora Dahl",
    "Which company made The Long Thaw?": "Nordlys Pictures",
    "Who discovered corvium and norium?": "Ida Lindqvist and Sam Okoye",
    "Which came first, corvium or norium?": "norium",
    "Who was the teacher of Sam Okoye?": "Tora Dahl",
    "Was Ida Lindqvist born in Oslo?": "No",
    "Who was Ida Lindqvist?": "Ida Lindqvist was a chemist.",
}


def graph() -> Small:
    small = Small()
    text = "Ida Lindqvist discovered corvium in Aalborg. She was born there on 3 May 1871."
    first = small.add("Ida Lindqvist", text, IDA, ELEMENT, AALBORG)
    small.fact(first, "Ida Lindqvist discovered corvium", IDA, "DISCOVERED", ELEMENT)
    start = text.index("She")
    small.mentions.append(
        Mention(first.id, small.chunks[-1].id, start, start + 3, "She", IDA, kind="pronoun")
    )
    text = "Tora Dahl directed The Long Thaw for Nordlys Pictures. Sam Okoye discovered norium."
    film = small.add("The Long Thaw", text, TORA, FILM, FIRM, SAM, thing("norium"))
    small.fact(film, "Tora Dahl directed The Long Thaw", TORA, "DIRECTED", FILM)
    small.fact(film, "Sam Okoye discovered norium", SAM, "FOUND_IN", Literal(1931, "gYear"))
    small.add("Per Lindqvist", "Per Lindqvist was married to Ida Lindqvist.", PER, IDA)
    return small


VIEW = graph().view


def dialogue() -> Dialogue:
    def ask(question: str) -> Answer:
        return Answer(question, ANSWERS.get(question, "something"), confidence=0.5)

    return Dialogue(ask, VIEW)


def understood(*questions: str) -> str:
    talk = dialogue()
    for question in questions[:-1]:
        talk.ask(question)
    meant = talk.understand(questions[-1])
    assert meant.lost == ()
    return meant.text


@pytest.mark.parametrize(
    ("questions", "meant"),
    [
        (("Who discovered corvium?", "Where was she born?"), "Where was Ida Lindqvist born?"),
        (
            ("Who discovered corvium?", "When did she discover it?"),
            "When did Ida Lindqvist discover corvium?",
        ),
        (
            ("Who discovered corvium?", "Who was her husband?"),
            "Who was Ida Lindqvist's husband?",
        ),
        (
            ("Who discovered corvium?", "Who was her husband?", "When did he die?"),
            "When did Per Lindqvist die?",
        ),
        (
            ("Who discovered corvium?", "Who was her husband?", "When did she die?"),
            "When did Ida Lindqvist die?",
        ),
        (
            ("Where was Ida Lindqvist born?", "How many people live there?"),
            "How many people live in Aalborg?",
        ),
        (("Where was Ida Lindqvist born?", "How large is it?"), "How large is Aalborg?"),
        (("When was Ida Lindqvist born?", "Where did she die?"), "Where did Ida Lindqvist die?"),
        (("When was Ida Lindqvist born?", "What else happened that year?"), None),
        (
            ("Which film did Tora Dahl direct in 1962?", "Who made that film?"),
            "Who made The Long Thaw?",
        ),
        (
            ("Which film did Tora Dahl direct in 1962?", "Who wrote the film?"),
            "Who wrote The Long Thaw?",
        ),
        (
            ("Which company made The Long Thaw?", "Where is the company located?"),
            "Where is Nordlys Pictures located?",
        ),
        (
            ("Who discovered corvium and norium?", "Where did they work?"),
            "Where did Ida Lindqvist and Sam Okoye work?",
        ),
        (
            ("Which came first, corvium or norium?", "Who discovered the latter?"),
            "Who discovered norium?",
        ),
        (("Who discovered corvium?", "And her mother?"), "Who was the mother of Ida Lindqvist?"),
        (("Who directed The Long Thaw?", "And the producer?"), None),
        (("Who discovered corvium?", "And norium?"), "Who discovered norium?"),
        (("Where was Ida Lindqvist born?", "And Sam Okoye?"), "Where was Sam Okoye born?"),
        (("Where was Ida Lindqvist born?", "What about Per Lindqvist?"), None),
        (("Where was Ida Lindqvist born?", "When?"), "When was Ida Lindqvist born?"),
        (("Who discovered corvium?", "When?"), "When did Ida Lindqvist discover corvium?"),
        (("Who discovered corvium?", "And her husband's father?"), None),
        (("Was Ida Lindqvist born in Oslo?", "Was Sam Okoye?"), None),
        (("Who was the teacher of Sam Okoye?", "Where did the teacher work?"), None),
        (("When was Ida Lindqvist born?", "Who else was born then?"), None),
        (("Who discovered corvium?", "How did she do it?"), None),
        (("Who discovered corvium?", "Who was her teacher and where did he work?"), None),
        (("Who discovered corvium?", "Which chemist did she marry?"), None),
        (("Who discovered corvium?", "Où est-elle née ?"), "Où est-elle née ?"),
        (
            ("Who discovered corvium?", "Who was she?", "When did she die?"),
            "When did Ida Lindqvist die?",
        ),
        (("Who discovered corvium?", "And where was she born?"), "Where was Ida Lindqvist born?"),
        (
            ("Which film did Tora Dahl direct in 1962?", "And in 1970?"),
            "Which film did Tora Dahl direct in 1970?",
        ),
    ],
)
def test_a_follow_up_stands_by_itself(questions: tuple[str, ...], meant: str | None) -> None:
    others = {
        "What else happened that year?": "What else happened in 1871?",
        "And the producer?": "Who was the producer of The Long Thaw?",
        "And her husband's father?": "Who was the father of Ida Lindqvist's husband?",
        "Was Sam Okoye?": "Was Sam Okoye born in Oslo?",
        "Where did the teacher work?": "Where did Tora Dahl work?",
        "Who else was born then?": "Who else was born in 1871?",
        "How did she do it?": "How did Ida Lindqvist do it?",
        "Who was her teacher and where did he work?": (
            "Who was Ida Lindqvist's teacher and where did he work?"
        ),
        "Which chemist did she marry?": "Which chemist did Ida Lindqvist marry?",
        "What about Per Lindqvist?": "Where was Per Lindqvist born?",
    }
    meant = meant or others[questions[-1]]
    assert understood(*questions) == meant
    assert understood(*questions[:-1], meant) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Where was Ida Lindqvist when she discovered corvium?",
        "Is there a film by Tora Dahl?",
        "Was it true that Ida Lindqvist discovered corvium?",
        "Who was the director of the film that won?",
        "Which film did Tora Dahl direct in 1962?",
        "Who discovered corvium?",
        "Wer entdeckte Corvium?",
    ],
)
def test_a_question_that_stands_by_itself_stays(question: str) -> None:
    assert understood(question) == question
    assert understood("Who discovered corvium?", question) == question


def test_the_answer_says_how_the_question_was_understood() -> None:
    talk = dialogue()
    assert talk.ask("Who discovered corvium?").plan == ()
    answer = talk.ask("Where was she born?")
    assert str(answer.plan[0]) == (
        "understood 'Where was she born?' as 'Where was Ida Lindqvist born?'"
    )
    assert answer.question == "Where was she born?"
    assert talk.turns[0] == Turn("Who discovered corvium?", "Ida Lindqvist", (IDA,))
    assert talk.turns[1].question == "Where was Ida Lindqvist born?"


def test_whoever_was_met_on_the_way_to_an_answer_may_be_meant() -> None:
    small = graph()
    talk = Dialogue(small.ask, small.view)
    found = Entity.named("Norrby", "Location")
    small.fact(small.documents[0], "She was born there", IDA, "BORN_IN", found)
    answer = talk.ask("Where was the discoverer of corvium born?")
    assert answer.text == "Norrby"
    assert talk.understand("When did she die?").text == "When did Ida Lindqvist die?"
    assert talk.understand("And Sam Okoye?").text == "Where was Sam Okoye born?"


def test_whoever_a_cited_sentence_names_is_thought_of_last() -> None:
    quote = "Ida Lindqvist discovered corvium, and Sam Okoye weighed it."
    cited = Citation(1, "a.txt", "", 0, len(quote), quote)
    talk = Dialogue(lambda question: Answer(question, "Sam Okoye", (cited,)), VIEW)
    talk.ask("Who weighed corvium?")
    assert talk.understand("When was she born?").text == "When was Ida Lindqvist born?"
    assert talk.understand("When was he born?").text == "When was Sam Okoye born?"
    assert talk.understand("When was it found?").text == "When was corvium found?"


@pytest.mark.parametrize("question", ["Where was she born?", "And his mother?", "And in 1911?"])
def test_what_stands_for_nothing_is_refused(question: str) -> None:
    answer = dialogue().ask(question)
    assert answer.missing is not None
    assert answer.missing.kind == "unknown_names"


def test_he_is_nobody_where_only_a_woman_was_named() -> None:
    talk = dialogue()
    talk.ask("Who discovered corvium?")
    assert not talk.ask("When did he die?")
    talk.forget()
    assert len(talk) == 0
    assert not talk.ask("When did she die?")


@pytest.mark.parametrize("question", ["she " * 500, "?", "And?", "it", "that the there " * 200])
def test_odd_input_is_understood_somehow(question: str) -> None:
    talk = dialogue()
    talk.ask("Who discovered corvium?")
    talk.understand(question)


def test_a_dialogue_shows_itself() -> None:
    talk = dialogue()
    talk.ask("Who is <b>Tora Dahl</b>?")
    assert "&lt;b&gt;" in talk._repr_html_()
    assert repr(talk) == "<Dialogue: 1 turns>"
