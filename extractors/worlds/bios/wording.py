"""The words in which a biography is told and asked about: those that texts may use, and those
that are kept for questions and are in no text.

The slots are those of `extractors.worlds.templates`, whose sentences to learn from are used here
as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.worlds.names import Split
from extractors.worlds.templates import TEMPLATES

__all__ = ["NOUNS", "WORDINGS", "Wording", "chain_forms"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences that tell a relation, and questions for its tail, by split: what texts are made
    of ("train"), and what is held out of them."""

    told: Mapping[Split, tuple[str, ...]]
    asked: Mapping[Split, tuple[str, ...]]


def _wording(
    relation: str,
    told: tuple[str, ...],
    held: tuple[str, ...],
    asked: tuple[str, ...],
    held_questions: tuple[str, ...],
) -> Wording:
    known = TEMPLATES.get(relation, {"train": (), "held_out": ()})
    train = tuple(dict.fromkeys([*known["train"], *told]))
    return Wording(
        {"train": train, "held_out": tuple(dict.fromkeys([*known["held_out"], *held]))},
        {"train": asked, "held_out": held_questions},
    )


#: What a chain of relations calls the tail of each: "the employer of X".
NOUNS: Mapping[str, str] = {
    "BORN_ON": "date of birth",
    "BORN_IN": "birthplace",
    "STUDIED_AT": "university",
    "MAJORED_IN": "subject",
    "WORKS_FOR": "employer",
    "GENDER": "gender",
    "MENTORED_BY": "mentor",
    "HEADQUARTERED_IN": "head office",
    "CAMPUS_IN": "campus",
    "LOCATED_IN": "country",
}

#: The wordings by relation.
WORDINGS: Mapping[str, Wording] = {
    "BORN_ON": _wording(
        "BORN_ON",
        ("{H} first saw the light on {T}.", "{T} is the day on which {h} was born."),
        ("{H} has a birthday on {T}.",),
        ("When was {h} born?", "What is the date of birth of {h}?", "What is {h's} birthday?"),
        ("On which day was {h} born?", "On what date did {h} come into the world?"),
    ),
    "BORN_IN": _wording(
        "BORN_IN",
        (
            "{H} grew up in {T}, where the birth was recorded.",
            "The place of birth of {h} is {T}.",
        ),
        ("{H} is from the city of {T}.",),
        (
            "Where was {h} born?",
            "What is the birthplace of {h}?",
            "In which city was {h} born?",
        ),
        ("What is {h's} place of birth?", "Of which city is {h} a native?"),
    ),
    "STUDIED_AT": _wording(
        "STUDIED_AT",
        ("{H} holds a degree of {T}.", "{H} spent years as a student at {T}."),
        ("{H} was a student of {T}.",),
        (
            "Where did {h} study?",
            "Which university did {h} attend?",
            "From which university did {h} graduate?",
        ),
        ("At which university was {h} educated?", "What is {h's} university?"),
    ),
    "MAJORED_IN": _wording(
        "MAJORED_IN",
        ("{H} studied {T}.", "The field of {h} is {T}.", "{H} wrote a thesis on {T}."),
        ("{H} is a graduate of {T}.",),
        ("What did {h} study?", "What is the subject of {h}?", "In what did {h} major?"),
        ("In which field does {h} hold a degree?", "What was {h's} field?"),
    ),
    "WORKS_FOR": _wording(
        "WORKS_FOR",
        ("The employer of {h} is {T}.", "{H} earns a living at {T}."),
        ("{H} is on the staff of {T}.",),
        ("Who employs {h}?", "Which company does {h} work for?", "Where does {h} work?"),
        ("By which company is {h} employed?", "What is {h's} employer?"),
    ),
    "GENDER": _wording(
        "GENDER",
        ("{H} is a {T}.", "The gender of {h}: {T}.", "{h}, a {T}, is listed here."),
        ("{H} lives as a {T}.",),
        ("Is {h} a woman or a man?", "What is the gender of {h}?"),
        ("Of which gender is {h}?",),
    ),
    "MENTORED_BY": _wording(
        "MENTORED_BY",
        (
            "{H} was taught by {T}.",
            "The mentor of {h} is {T}.",
            "{T} is the mentor of {h}.",
            "{H} learnt the trade from {T}.",
        ),
        ("{H} had {T} as mentor.",),
        ("Who is the mentor of {h}?", "Who taught {h}?"),
        ("By whom was {h} taught?", "Who is {h's} mentor?"),
    ),
    "HEADQUARTERED_IN": _wording(
        "HEADQUARTERED_IN",
        ("The head office of {h} is in {T}.",),
        (),
        ("Where is {h} based?", "In which city is the head office of {h}?"),
        ("To which city does one write to reach the head office of {h}?",),
    ),
    "CAMPUS_IN": _wording(
        "CAMPUS_IN",
        ("The campus of {h} is in {T}.",),
        (),
        ("Where is the campus of {h}?", "In which city is {h}?"),
        ("Where is {h's} campus?",),
    ),
    "LOCATED_IN": _wording(
        "LOCATED_IN",
        ("The country of {h} is {T}.",),
        (),
        ("In which country is {h}?", "What is the country of {h}?"),
        ("What is {h's} country?",),
    ),
}


def chain_forms(split: Split) -> tuple[str, str, str]:
    """Return how a chain is asked: a link `{of}` around `{x}`, and the question for a thing and
    for a person.

    >>> chain_forms("train")[0].format(of="employer", x="Ada")
    'the employer of Ada'
    """
    if split == "train":
        return "the {of} of {x}", "What is the {of} of {x}?", "Who is the {of} of {x}?"
    return "the {of} of {x}", "Name the {of} of {x}.", "Who is known as the {of} of {x}?"
