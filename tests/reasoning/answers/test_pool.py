"""What a walk goes along across documents: titles, namesakes, names that only texts say."""

from __future__ import annotations

import pytest

from kgkit.facts import Chunk, Document, Entity
from reasoning.answers.links import Text
from reasoning.answers.titles import bare, spotted
from reasoning.answers.words import words
from tests.reasoning.answers.small import Small, person, place, thing

ADA = person("Ada Brook")
DUKE = person("Carl, Duke of Valeport")


def _text(quote: str) -> Text:
    document = Document("a.txt", quote, "A")
    chunk = Chunk(document.id, 0, 0, len(quote), quote, ((0, len(quote)),))
    return Text(document, chunk.id, 0, len(quote), tuple(words(quote)), 0.0)


@pytest.mark.parametrize(
    ("title", "name"), [("Alien (film)", "Alien"), ("The neutron", "neutron"), ("Ada", "Ada")]
)
def test_bare_title(title: str, name: str) -> None:
    assert bare(title) == name


def test_the_longest_title_is_spotted() -> None:
    titles = {"Valeport": place("Valeport"), "Carl, Duke of Valeport": DUKE}
    found = spotted(_text("She met Carl, Duke of Valeport, in Valeport."), titles)
    assert [m.text for m in found] == ["Carl, Duke of Valeport", "Valeport"]


def test_one_word_titles_keep_their_case() -> None:
    assert not spotted(_text("An alien came."), {"Alien": thing("Alien")})


def test_part_of_a_title_stands_for_all_of_it() -> None:
    graph = Small()
    carl = person("Carl")
    life = graph.add(
        "Ada Brook", "Ada Brook was the daughter of Carl, Duke of Valeport.", ADA, carl
    )
    graph.fact(life, "Ada Brook was the daughter of Carl", ADA, "DAUGHTER_OF", carl)
    rome = place("Rome")
    other = graph.add("Carl, Duke of Valeport", "Carl, Duke of Valeport died in Rome.", DUKE, rome)
    graph.fact(other, "Carl, Duke of Valeport died in Rome", DUKE, "DIE_IN", rome)
    answer = graph.ask("Where did the father of Ada Brook die?")
    assert answer.text == "Rome"
    assert len(answer.citations) == 2


def test_brackets_of_titles_do_not_part_people() -> None:
    graph = Small()
    film = thing("Blue Hour")
    made = graph.add("Blue Hour", "Ben Stone directed Blue Hour.", film, person("Ben Stone"))
    graph.fact(made, "Ben Stone directed Blue Hour", person("Ben Stone"), "DIRECT", film)
    ben = Entity.named("Ben Stone (director)", "Person", ("Ben Stone",))
    life = graph.add("Ben Stone (director)", "Ben Stone was born in Rome.", place("Rome"))
    graph.fact(life, "Ben Stone was born in Rome", ben, "BORN_IN", place("Rome"))
    assert graph.ask("Where was the director of Blue Hour born?").text == "Rome"


def test_a_name_that_only_a_title_says() -> None:
    graph = Small()
    graph.add("Otto Zorblax", "He was born in Rome.", place("Rome"))
    assert graph.ask("Where was Otto Zorblax born?").text == "Rome"


def test_lifespans_in_brackets() -> None:
    graph = Small()
    graph.add("Ada Brook", "Ada Brook (2 May 1901, Rome – 3 June 1980, Valeport) was a poet.", ADA)
    assert graph.ask("When was Ada Brook born?").text == "2 May 1901"
    assert graph.ask("When did Ada Brook die?").text == "3 June 1980"


def test_who_lived_longer() -> None:
    graph = Small()
    ben = person("Ben Brook")
    graph.add("Ada Brook", "Ada Brook (2 May 1901 – 3 June 1980) was a poet.", ADA)
    graph.add("Ben Brook", "Ben Brook (1 May 1921 – 3 June 1970) was a poet.", ben)
    answer = graph.ask("Who lived longer, Ada Brook or Ben Brook?")
    assert answer.text == "Ada Brook"
    assert answer.plan[-1].action == "compared"
