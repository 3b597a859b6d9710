"""Small words and forms that prompts are built with."""

from __future__ import annotations

from extractors.slots.english import base_form, is_participle, is_verb, past_form

__all__ = ["PREPOSITIONS", "article", "participle", "present", "singular", "verb_of"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


PREPOSITIONS = _listed(
    "of in by after for at to from on with as through into against under near about"
)
#: Words in -s that are no third persons and no plurals.
_SINGULAR = _listed("series species news genus campus status process business address")
#: Verbs that begin labels, beside those that `extractors.slots.english` knows.
_VERBS = _listed(
    "share apply belong act border contain cause desire eat face follow include inhabit "
    "inspire involve last mean oppose precede represent resemble symbolize surround supply "
    "treat"
)
#: Nouns for who or what does something to the head, with the participle that says the same.
_AGENTS = {
    "author": "written",
    "writer": "written",
    "screenwriter": "written",
    "lyricist": "written",
    "architect": "designed",
    "artist": "made",
    "painter": "painted",
    "sculptor": "made",
    "singer": "sung",
    "broadcaster": "broadcast",
    "network": "broadcast",
    "builder": "built",
    "architects": "designed",
    "inventor": "invented",
    "chairperson": "led",
    "leader": "led",
    "head": "led",
    "conductor": "conducted",
    "killer": "killed",
    "maker": "made",
    "speaker": "spoken",
    "donor": "given",
    "buyer": "bought",
    "seller": "sold",
    "holder": "held",
    "keeper": "kept",
    "winner": "won",
}
#: Nouns in -er and -or that name no one who does something.
_NO_AGENTS = _listed(
    "order number color colour member river water border center centre character chapter "
    "letter mother father brother sister daughter master power layer paper cancer quarter "
    "factor sector floor door manner matter career gender former other minister successor "
    "predecessor ancestor doctor actor competitor computer"
)


def article(word: str) -> str:
    """Return "a" or "an", as it stands before a word."""
    return "an" if word[:1].lower() in "aeiou" else "a"


def present(verb: str) -> str:
    """Return the third person of a base form.

    >>> present("border"), present("marry"), present("teach"), present("have")
    ('borders', 'marries', 'teaches', 'has')
    """
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def singular(noun: str) -> str:
    """Return the singular of a noun.

    >>> singular("languages"), singular("cities"), singular("series"), singular("class")
    ('language', 'city', 'series', 'class')
    """
    if noun in _SINGULAR or noun.endswith(("ss", "us", "is")) or not noun.endswith("s"):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("ches", "shes", "xes")) else noun[:-1]


def verb_of(word: str, *, noun: bool = False) -> str:
    """Return the base of a verb in the third person, or "" for another word.

    With `noun`, also of one that is rather a noun: "plays".

    >>> verb_of("shares"), verb_of("applies"), verb_of("languages"), verb_of("has")
    ('share', 'apply', '', 'have')
    """
    if word in ("has", "is"):
        return {"has": "have", "is": "be"}[word]
    if not word.endswith("s") or word in _SINGULAR:
        return ""
    if is_verb(word, noun=noun):
        return base_form(word)
    base = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return base if base in _VERBS else ""


def participle(noun: str) -> str:
    """Return what is done by the one whom a noun names ("author" -> "written"), or "".

    >>> participle("author"), participle("developer"), participle("director"), participle("river")
    ('written', 'developed', 'directed', '')
    """
    if noun in _AGENTS:
        return _AGENTS[noun]
    if noun in _NO_AGENTS or not noun.endswith(("er", "or")) or len(noun) < 6:
        return ""
    made = past_form(base_form(f"{noun[:-2]}ed"))
    return made if is_participle(made) else f"{noun[:-2]}ed"
