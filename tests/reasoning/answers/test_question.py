"""What questions ask for."""

from __future__ import annotations

import pytest

from reasoning.answers.names import Name, link
from reasoning.answers.question import Question, analyse
from reasoning.answers.view import MemoryView
from reasoning.answers.words import akin, root
from tests.reasoning.answers.small import Small, person, place, thing


@pytest.fixture(scope="module")
def view() -> MemoryView:
    graph = Small()
    names = [
        person("Ada Brook"),
        person("Ben Brook"),
        place("São Vale"),
        thing("Lumen (film)"),
        thing("Blue Hour"),
    ]
    graph.add("Names", " ".join(f"{entity.name}." for entity in names), *names)
    return graph.view


def _ask(view: MemoryView, text: str) -> Question:
    names, strangers = link(text, view)
    return analyse(text, names, strangers)


def _slots(question: Question) -> list[list[str]]:
    return [[word.text for word in slot] for slot in question.slots]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who discovered Lumen?", "person"),
        ("Where was Ada Brook born?", "place"),
        ("When did Ada Brook die?", "date"),
        ("What year did Ada Brook die?", "date"),
        ("In which city did Ada Brook die?", "place"),
        ("Which university did Ada Brook attend?", "organization"),
        ("How many films did Ada Brook direct?", "number"),
        ("What nationality is Ada Brook?", "place"),
        ("Which composer admired Ada Brook?", "person"),
        ("Did Ada Brook direct Lumen?", "yesno"),
        ("What did Ada Brook direct?", "thing"),
    ],
)
def test_kind(view: MemoryView, text: str, kind: str) -> None:
    assert _ask(view, text).kind == kind


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Where was the director of Lumen born?", [["director"], ["born"]]),
        ("Where was the director of the film Lumen born?", [["director"], ["born"]]),
        (
            "What is the place of birth of the director of film Lumen?",
            [["director"], ["place", "birth"]],
        ),
        ("Who is Ada Brook's father?", [["father"]]),
        ("When did Ada Brook's father die?", [["father"], ["die"]]),
        ("Who taught the woman who discovered Lumen?", [["discovered"], ["taught", "woman"]]),
        ("Who is the wife of the father of Ada Brook?", [["father"], ["wife"]]),
    ],
)
def test_slots_nest_from_the_name_outward(
    view: MemoryView, text: str, slots: list[list[str]]
) -> None:
    assert _slots(_ask(view, text)) == slots


def test_names_fold_case_accents_and_brackets(view: MemoryView) -> None:
    names, strangers = link("Did ada brook visit Sao Vale to see Lumen?", view)
    assert [name.text for name in names] == ["Sao Vale", "Lumen"]
    assert not strangers
    names, _ = link("where was ada brook born?", view)
    assert [name.text for name in names] == ["ada brook"]


def test_the_longest_name_wins(view: MemoryView) -> None:
    names, _ = link("Who filmed Blue Hour?", view)
    assert [name.text for name in names] == ["Blue Hour"]


def test_strangers(view: MemoryView) -> None:
    _, strangers = link("Did Ada Brook meet Otto Zorblax in Valeport?", view)
    assert [name.text for name in strangers] == ["Otto Zorblax", "Valeport"]


def test_choice(view: MemoryView) -> None:
    question = _ask(view, "Who is older, Ada Brook or Ben Brook?")
    assert [name.text for name in question.choice] == ["Ada Brook", "Ben Brook"]


def test_without_names() -> None:
    question = analyse("What glows?", [])
    assert question.names == ()
    assert _slots(question) == [["glows"]]


def test_anchor_in_the_possessive() -> None:
    text = "When was Ben's wife born in Rome?"
    question = analyse(text, [Name(9, 12, "Ben", ()), Name(28, 32, "Rome", ())])
    assert _slots(question)[0] == ["wife"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("discoverer", "discovered"),
        ("director", "direct"),
        ("birthplace", "born"),
        ("wife", "married"),
        ("performer", "performance"),
        ("nominated", "nomination"),
        ("author", "wrote"),
        ("burial", "buried"),
    ],
)
def test_akin(one: str, other: str) -> None:
    assert akin(root(one), root(other))


@pytest.mark.parametrize(
    ("one", "other"), [("born", "died"), ("father", "mother"), ("won", "wrote")]
)
def test_not_akin(one: str, other: str) -> None:
    assert not akin(root(one), root(other))
