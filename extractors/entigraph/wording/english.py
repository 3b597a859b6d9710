"""Forms of English words that sentences of facts need.

>>> third_person("study"), participle("write"), article("engineer"), plural("city")
('studies', 'written', 'an', 'cities')
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractors.slots.english import past_form

__all__ = [
    "PREPOSITIONS",
    "article",
    "is_intransitive",
    "participle",
    "plural",
    "third_person",
    "words_of",
]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, parted at blanks."""
    return frozenset(text.split())


#: Words that a relation's name may end in, so that its tail goes on from there.
PREPOSITIONS = words_of(
    "about above across after against along among around as at before behind below beside between "
    "beyond by during for from in inside into near of off on onto over per since through to "
    "toward towards under until upon via with within without"
)
_VOWELS = "aeiou"


def third_person(base: str) -> str:
    """Return the form that goes with "she": "writes"; "has" and "is" for have and be."""
    irregular = {"have": "has", "be": "is", "do": "does", "go": "goes"}
    return irregular.get(base) or plural(base)


def plural(noun: str) -> str:
    """Return the regular plural of a noun."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if len(noun) > 1 and noun.endswith("y") and noun[-2] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def article(noun: str) -> str:
    """Return "an" before a vowel letter, "a" otherwise."""
    return "an" if noun[:1].lower() in _VOWELS else "a"


def participle(base: str) -> str:
    """Return the past participle of a verb in its base form."""
    return _irregular().get(base) or past_form(base)


def is_intransitive(base: str) -> bool:
    """Return whether the verb takes no object before a preposition: "worked at"."""
    return base in _intransitive()


@cache
def _irregular() -> dict[str, str]:
    found = {}
    for line in _lines("extractors.slots"):
        base, *forms = line.split()
        if len(forms) == 2:
            found[base.removesuffix("*")] = forms[1]
    return found


@cache
def _intransitive() -> frozenset[str]:
    lines = _lines("extractors.entigraph.wording")
    return frozenset(word for line in lines for word in line.split() if "-" not in word)


def _lines(package: str) -> list[str]:
    text = files(package).joinpath("verbs.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
