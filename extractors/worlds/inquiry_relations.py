"""Relations that questions of one to four steps are made of, and the words they are asked in:
those to learn from and those held out share none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.worlds.names import Split

__all__ = ["SCHEMAS", "Schema", "Spoken"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A relation and how it is spoken of.

    `of` names the tail ("director" in "the director of X"); `ask` are questions for the tail,
    `back` questions for the heads, `made` what says of heads that they have a tail ("directed by
    X"), `whether` asks if the relation holds; `order` gives comparatives of the tail with whether
    they ask for the smaller. `{h}` stands for a head, `{t}` for a tail.
    """

    name: str
    head: str
    tail: str
    of: str = ""
    ask: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    best: tuple[tuple[str, bool], ...] = ()
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The types of a world with the noun and the plural for each, how many there are of it, and
    its relations. The first type is what books, films and the like are."""

    nouns: Mapping[str, tuple[str, str]]
    counts: Mapping[str, int]
    relations: tuple[Spoken, ...]


_TRAIN = Schema(
    nouns={
        "Book": ("book", "books"),
        "Person": ("person", "people"),
        "Company": ("company", "companies"),
        "City": ("city", "cities"),
        "Country": ("country", "countries"),
    },
    counts={"Book": 14, "Person": 10, "Company": 6, "City": 8, "Country": 4},
    relations=(
        Spoken(
            "WRITTEN_BY",
            "Book",
            "Person",
            "author",
            ("Who wrote {h}?", "By whom was {h} written?"),
            ("Which books did {t} write?", "Which books were written by {t}?"),
            ("written by {t}",),
            ("Did {t} write {h}?",),
        ),
        Spoken(
            "PUBLISHED_ON",
            "Book",
            "date",
            "publication date",
            ("When was {h} published?",),
            order=(("was published first", True), ("was published later", False)),
            dated="published",
        ),
        Spoken("BORN_ON", "Person", "date", "date of birth", ("When was {h} born?",),
               order=(("is older", True), ("was born later", False))),
        Spoken(
            "BORN_IN",
            "Person",
            "City",
            "birthplace",
            ("Where was {h} born?", "In which city was {h} born?"),
            ("Who was born in {t}?",),
            whether=("Was {h} born in {t}?",),
        ),
        Spoken(
            "WORKS_FOR",
            "Person",
            "Company",
            "employer",
            ("Which company does {h} work for?",),
            ("Who works for {t}?",),
            whether=("Does {h} work for {t}?",),
        ),
        Spoken(
            "HEADQUARTERED_IN",
            "Company",
            "City",
            "",
            ("Where is {h} headquartered?", "In which city is {h} headquartered?"),
            whether=("Is {h} headquartered in {t}?",),
        ),
        Spoken("LOCATED_IN", "City", "Country", "country",
               ("In which country is {h} located?",), ("Which cities are located in {t}?",),
               ("located in {t}",)),
        Spoken("POPULATION", "City", "integer", "population",
               ("What is the population of {h}?",),
               order=(("has the larger population", False),),
               best=(("has the largest population", False),)),
    ),
)  # fmt: skip

_HELD_OUT = Schema(
    nouns={
        "Film": ("film", "films"),
        "Person": ("person", "people"),
        "Club": ("club", "clubs"),
        "Stadium": ("stadium", "stadiums"),
        "Town": ("town", "towns"),
        "Province": ("province", "provinces"),
    },
    counts={"Film": 14, "Person": 10, "Club": 6, "Stadium": 6, "Town": 8, "Province": 4},
    relations=(
        Spoken(
            "DIRECTED_BY",
            "Film",
            "Person",
            "director",
            ("Who directed {h}?", "{h} was directed by whom?"),
            ("What films has {t} directed?", "Name the films that {t} directed."),
            ("directed by {t}", "that {t} directed"),
            ("Is {t} the director of {h}?", "Was {h} directed by {t}?"),
        ),
        Spoken(
            "RELEASED_ON",
            "Film",
            "date",
            "release date",
            ("When did {h} come out?", "What is the release date of {h}?"),
            order=(("came out first", True), ("was released more recently", False)),
            dated="released",
        ),
        Spoken("DIED_ON", "Person", "date", "date of death",
               ("When did {h} die?", "What is the date of death of {h}?"),
               order=(("died earlier", True), ("died later", False))),
        Spoken(
            "DIED_IN",
            "Person",
            "Town",
            "place of death",
            ("Where did {h} die?", "What was the place of death of {h}?"),
            ("Who died in {t}?",),
            whether=("Did {h} die in {t}?",),
        ),
        Spoken(
            "PLAYS_FOR",
            "Person",
            "Club",
            "club",
            ("What club does {h} play for?", "For which club does {h} play?"),
            ("Who plays for {t}?", "List the people who play for {t}."),
            whether=("Does {h} play for {t}?",),
        ),
        Spoken(
            "HOME_STADIUM",
            "Club",
            "Stadium",
            "home stadium",
            ("What is the home stadium of {h}?", "What is {h}'s home stadium?"),
        ),
        Spoken("CAPACITY", "Stadium", "integer", "capacity",
               ("What is the capacity of {h}?",),
               order=(("has the greater capacity", False),),
               best=(("has the greatest capacity", False),)),
        Spoken("SITUATED_IN", "Town", "Province", "province",
               ("What province is {h} situated in?", "In what province is {h} situated?"),
               ("What towns are situated in {t}?",), ("situated in {t}", "in {t}")),
        Spoken("MAYOR", "Town", "Person", "mayor",
               ("Who is the mayor of {h}?", "Who is {h}'s mayor?"),
               whether=("Is {t} the mayor of {h}?",)),
    ),
)  # fmt: skip

#: The schemas by split.
SCHEMAS: Mapping[Split, Schema] = {"train": _TRAIN, "held_out": _HELD_OUT}
