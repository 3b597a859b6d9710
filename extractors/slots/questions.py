"""One question for a slot: an entity, and a relation whose value is wanted.

The question is made from the name of the relation and the type that it leads to: known names
are looked up (`questions.txt`), others are read as a verb ("DIRECTED"), a verb with a
preposition ("DIED_IN"), a participle ("EDUCATED_AT"), something of something ("CAPITAL_OF") or a
noun ("director").
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from extractors.slots.english import base_form, is_participle, is_verb, past_form
from extractors.slots.ranges import NUMBER, PERSON, PLACE, TEXT, TIME, kind_of
from kgkit.schema import Pattern

__all__ = ["make_question", "words_of"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PREPOSITIONS = _listed(
    "about after against among as at before behind between by during for from in inside into near "
    "of off on over through to toward towards under until with within"
)
#: Prepositions that "where" and "when" already say.
_SAID = frozenset(["at", "by", "during", "in", "inside", "on", "within"])
#: Verbs that take no object, so that their past is no passive.
_NO_OBJECT = _listed(
    "appear arrive belong collaborate come compete consist contribute depend die emigrate fight go "
    "graduate lie live move participate play reside retire return serve specialise specialize "
    "star start study suffer travel work"
)
#: Participles of what still holds.
_STILL = _listed(
    "affiliated associated based composed connected headquartered known located made named "
    "operated owned related situated used written"
)
_BE = frozenset(["is", "are", "was", "were", "be"])
_HAVE = frozenset(["has", "have", "had"])
_TIME_NOUNS = frozenset(["date", "day", "time", "year"])
_PLACE_NOUNS = frozenset(["location", "place", "site"])
#: Types that "what" and "who" say as well.
_VAGUE = frozenset(["agent", "concept", "entity", "human", "misc", "object", "person", "thing"])


def make_question(pattern: Pattern, name: str) -> str:
    """Return the question that asks for the tail of a pattern whose head is named so.

    >>> make_question(Pattern("Person", "BORN_IN", "Place"), "Marie Curie")
    'Where was Marie Curie born?'
    >>> make_question(Pattern("Film", "director", "human"), "Alien")
    'Who is the director of Alien?'
    >>> make_question(Pattern("Person", "DATE_OF_BIRTH", "date"), "Marie Curie")
    'When was Marie Curie born?'
    >>> make_question(Pattern("Person", "WORKED_WITH", "Person"), "Marie Curie")
    'Who did Marie Curie work with?'
    """
    kind = kind_of(pattern.tail)
    shown = f"the {name[4:]}" if name.startswith("The ") else name
    words = words_of(pattern.relation)
    asked = _known(words, kind) or _made(words, kind, pattern)
    return asked.replace("...", shown)


def words_of(relation: str) -> list[str]:
    """Return the words that the name of a relation or type is made of.

    >>> words_of("DATE_OF_BIRTH"), words_of("birthPlace")
    (['date', 'of', 'birth'], ['birth', 'place'])
    """
    return _WORD.findall(_HUMP.sub(" ", relation).replace("_", " ").lower())


@cache
def _phrases() -> dict[str, str]:
    lines = files("extractors.slots").joinpath("questions.txt").read_text("utf-8").splitlines()
    known: dict[str, str] = {}
    for line in lines:
        names, bar, question = line.partition("|")
        if bar and not line.startswith("#"):
            for name in names.split(","):
                known.setdefault(name.strip(), question.strip())
    return known


def _known(words: list[str], kind: str) -> str | None:
    bare = words[1:] if len(words) > 1 and words[0] in _BE else words
    for name in (" ".join(words), " ".join(bare)):
        for form in (f"{name} ({kind})", name):
            if form in _phrases():
                return _phrases()[form]
    return None


def _made(words: list[str], kind: str, pattern: Pattern) -> str:
    if len(words) > 1 and words[0] in _BE | _HAVE:
        words = words[1:]
    if not words:
        return f"What is the {pattern.relation} of ...?"
    first, last = words[0], words[-1]
    asked = _asked(pattern.tail, kind)
    if last == "of" and len(words) > 1 and not is_participle(words[-2]):
        body = " ".join(words[:-1])
        return f"{asked} is ... {body if body == 'part' else f'{_article(body)} {body}'} of?"
    if last in _PREPOSITIONS and len(words) > 1:
        return _with_preposition(words, kind, asked)
    if len(words) > 1:
        is_doing = is_verb(first, noun=True) and base_form(first) != first
        is_doing = is_doing and not is_participle(last)
    else:
        is_doing = is_verb(first)
    if is_doing:
        if len(words) > 1:
            asked = f"Which {' '.join(words[1:])}"
        elif kind in (TIME, NUMBER):
            asked = "When" if kind == TIME else "How many"
        return f"{asked} {_do(first)} ... {base_form(first)}?"
    return _noun(words, kind)


def _do(verb: str) -> str:
    """Return the auxiliary of a verb as it is given: "does" for the third person's form."""
    base = base_form(verb)
    return "does" if verb != base and verb.endswith("s") and not verb.endswith("ss") else "did"


def _with_preposition(words: list[str], kind: str, asked: str) -> str:
    """Return the question for a verb before a preposition, which "where" and "when" may say."""
    *body, preposition = words
    where = {PLACE: "Where", TIME: "When"}.get(kind) if asked == "What" or kind == TIME else None
    kept = "" if where and preposition in _SAID else f" {preposition}"
    asked = where or asked
    verb, rest = base_form(body[0]), "".join(f" {word}" for word in body[1:])
    if is_participle(body[0]) and verb not in _NO_OBJECT:
        if preposition == "by" and body[0] not in _STILL and not where:
            return f"{asked} {past_form(verb) if verb != body[0] else body[0]}{rest} ...?"
        be = "is" if body[0] in _STILL else "was"
        return f"{asked} {be} ... {' '.join(body)}{kept}?"
    return f"{asked} {_do(body[0])} ... {verb}{rest}{kept}?"


def _noun(words: list[str], kind: str) -> str:
    """Return the question for a property that a noun names, "director" or "date of launch"."""
    body = " ".join(words)
    if kind == TIME:
        inner = [word for word in words if word not in _TIME_NOUNS and word != "of"]
        return f"When was the {' '.join(inner)} of ...?" if inner else "When was ...?"
    if words[0] in _PLACE_NOUNS and words[1:2] == ["of"]:
        return f"Where was the {' '.join(words[2:])} of ...?"
    if words[-1] in _PLACE_NOUNS and kind == PLACE and len(words) > 1:
        return f"Where is the {body} of ...?"
    if words[:2] == ["number", "of"]:
        return f"How many {' '.join(words[2:])} does ... have?"
    head = body.split(" of ")[0]
    are = "are" if head.endswith("s") and not head.endswith(("ss", "us", "is")) else "is"
    return f"{'Who' if kind == PERSON else 'What'} {are} the {body} of ...?"


def _asked(tail: str, kind: str) -> str:
    """Return the word or words that ask for something of a type: "Who", "Which film"."""
    if kind == PERSON:
        return "Who"
    type = " ".join(words_of(tail))
    generic = type in _VAGUE or type in ("place", "location") or kind in (TIME, NUMBER, TEXT)
    return "What" if generic else f"Which {type}"


def _article(body: str) -> str:
    single = ("member", "child", "student", "citizen", "employee", "subsidiary", "type", "kind")
    if body.rsplit(maxsplit=1)[-1] not in single:
        return "the"
    return "an" if body[0] in "aeiou" else "a"
