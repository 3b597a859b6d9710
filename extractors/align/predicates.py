"""What a predicate says: its words without tense and manner, its preposition, its direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.align.lexicon import PREPOSITIONS, lexicon
from extractors.align.stems import is_participle, stem

__all__ = ["Predicate", "read_predicate"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BREAK = re.compile(r"[^0-9a-z'-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_HAVE = frozenset(["has", "have", "had", "having"])
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "its", "their"])
_MANNER = _listed(
    """
    also later originally then eventually subsequently currently formerly previously
    officially primarily mainly often still initially commonly mostly usually first soon
    finally recently briefly famously best well widely generally former current then popularly
    publicly successfully jointly frequently largely
    """
)
#: Verbs before another one that say how far it has got.
_PHASES = _listed(
    """
    begin began begun start started continue continued continues resume resumed go went help
    helped helps begins starts come came proceed proceeded
    """
)
#: Prepositions that say the same of a place, a time, a company or a reason.
_PREPOSITIONS: Mapping[str, str] = {
    "within": "in", "inside": "in", "throughout": "in", "during": "in",
    "toward": "to", "towards": "to", "onto": "to", "unto": "to", "alongside": "with",
    "along with": "with", "together with": "with", "amongst": "among", "amid": "among",
    "out of": "from", "upon": "on", "following": "after", "prior to": "before", "until": "till",
    "up to": "till", "because of": "due to", "owing to": "due to", "regarding": "about",
    "concerning": "about", "such as": "including", "underneath": "under", "beside": "near",
    "next to": "near", "close to": "near", "despite": "despite", "in spite of": "despite",
}  # fmt: skip
#: Verbs without an object, whose past is never a passive.
_INTRANSITIVE = frozenset(
    stem(word)
    for word in _listed(
        """
        die live reside work serve appear study graduate return retire move relocate
        compete collaborate lie come go belong consist arrive depart travel emerge act
        star originate specialize remain stay happen occur participate debut migrate
        emigrate
        """
    )
)
_KEPT = frozenset(["born", "based", "known", "named", "called", "due"])
#: After these an active verb is as likely as a passive one: "performed alongside".
_COMPANY = frozenset(["with", "against"])
#: Participles whose verb says less than another one.
_SPELT = {
    ("employed", "at"): "work",
    ("employed", "in"): "work",
    ("employed", "as"): "work",
    ("located", "in"): "lie",
    ("located", "at"): "lie",
    ("situated", "in"): "lie",
    ("situated", "at"): "lie",
    ("composed", "of"): "consist",
    ("awarded", ""): "receive",
}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate as it is compared: two with one `key` say the same of the same ends.

    `inverted` means that it says so of its ends the other way round; `symmetric` that the
    direction is no matter. `base` is the key without its preposition.
    """

    key: str
    inverted: bool = False
    symmetric: bool = False
    base: str = ""
    preposition: str = ""

    @property
    def head(self) -> str:
        """The key of the same relation without what narrows its noun ("studio album of"), or ""."""
        words = self.key.split()
        nouns = [w for w in self.base.split() if w != "of"]
        related = bool(self.preposition) or self.key.endswith(" of")
        if not related or " ".join(nouns) in lexicon().nouns.values():
            return ""
        if len(nouns) < 2 or not _NARROWING.issuperset(nouns[:-1]):
            return ""
        return " ".join(words[len(nouns) - 1 :])


#: Words before a noun that narrow it and keep what it relates; "vice" makes another office of it.
_NARROWING = _listed(
    """
    studio debut feature short documentary silent television tv film hit bestselling founding
    charter original active principal elected longtime life lead main total overall maternal
    paternal rock pop jazz crime horror comedy drama novel second third last only eldest youngest
    professional
    """
)


@lru_cache(maxsize=100_000)
def read_predicate(surface: str) -> Predicate:
    """Return what the name of a relation or the words of a predicate say.

    >>> read_predicate("was directed by").inverted, read_predicate("DIRECTOR_OF").inverted
    (True, False)
    >>> read_predicate("WRITTEN_BY").key == read_predicate("AUTHOR_OF").key
    True
    """
    words = _words(surface)
    verbal, words = _stripped(words)
    body, preposition = _split(words)
    if not body:
        return Predicate(
            f"be {preposition}".strip() or surface.lower(), base="be", preposition=preposition
        )
    return _relational(body, preposition) or _verbal(body, preposition, passive=verbal == "be")


def _words(surface: str) -> list[str]:
    text = _CAMEL.sub(" ", surface) if not surface.isupper() else surface
    return [w.strip("'-") for w in _BREAK.split(text.lower()) if w.strip("'-")]


def _stripped(words: list[str]) -> tuple[str, list[str]]:
    """Return how the predicate begins ("be", "have" or "") and what is left of it."""
    start = ""
    while len(words) > 1 and words[0] in _BE | _HAVE | _ARTICLES | _MANNER:
        if words[0] in _BE:
            start = "be"
        elif words[0] in _HAVE and not start:
            start = "" if is_participle(words[1]) or words[1] in _BE else "have"
        words = words[1:]
    words = [word for word in words if word not in _MANNER] or words
    words = [word for i, word in enumerate(words) if i == 0 or word not in _ARTICLES]
    while len(words) > 1 and words[0] in _PHASES:
        after = words[1:]
        if after[0] in ("to", "on") and len(after) > 1 and after[1] not in PREPOSITIONS:
            after = after[1:]
            after = after[1:] if after[0] == "to" and len(after) > 1 else after
        if after[0] in PREPOSITIONS or after[0] in _PREPOSITIONS:
            break  # "begin in 1990"
        words = after
    return start, words


def _split(words: list[str]) -> tuple[list[str], str]:
    """Return the words up to the last preposition, and that preposition in its plain form."""
    for size in (2, 1):
        last = " ".join(words[-size:])
        if len(words) >= size and (last in _PREPOSITIONS or last in PREPOSITIONS):
            body = words[:-size]
            while len(body) > 1 and (body[-1] in PREPOSITIONS or body[-1] in _PREPOSITIONS):
                body = body[:-1]
            return body, _PREPOSITIONS.get(last, last)
    return words, ""


def _verbal(body: list[str], preposition: str, *, passive: bool) -> Predicate:
    known = lexicon()
    head = body[0]
    if (head, preposition) in _SPELT:
        head, passive = _SPELT[head, preposition], False
    elif preposition == "into" and is_participle(head):
        preposition = "in"
    if head == "found" and (passive or preposition):
        head = "find"
    stems = [stem(word) for word in (head, *body[1:])]
    verb = " ".join(stems)
    whole = f"{verb} {preposition}".strip()
    bare = len(body) == 1
    participle = bare and is_participle(head) and stems[0] not in _INTRANSITIVE
    if participle and preposition == "by":
        return _keyed(known.verbs.get(verb, verb), "", inverted=True)
    if whole in known.verbs and head not in _KEPT and not (participle and passive):
        return _keyed(known.verbs[whole], "")
    verb = known.verbs.get(verb, verb)
    resulted = (
        participle
        and preposition not in _COMPANY
        and (passive or (preposition and head.endswith(("ed", "en", "rn"))))
    )
    if resulted or head in _KEPT:
        verb = f"{verb}-ed"
    return _keyed(verb, preposition)


def _relational(body: list[str], preposition: str) -> Predicate | None:
    """Return what a relating noun says, "director of", "director"; None where there is none."""
    known = lexicon()
    for whole in (" ".join([*body, preposition]).strip(), " ".join(body)):
        if whole in known.nouns and (preposition in ("", "of") or whole != " ".join(body)):
            name = known.nouns[whole]
            turned = whole == " ".join(body) and preposition == "" and name in known.persons
            break
    else:
        noun = " ".join(body)
        if preposition != "of" or is_participle(body[-1]) or stem(noun) in known.verbs:
            return None
        name, turned = noun, False
    if name in known.agents:
        return _keyed(known.verbs.get(known.agents[name], known.agents[name]), "", inverted=turned)
    return _keyed(f"{name} of", "", inverted=turned)


def _keyed(verb: str, preposition: str, *, inverted: bool = False) -> Predicate:
    known = lexicon()
    key = f"{verb} {preposition}".strip()
    if key in known.turned:
        key, inverted = known.turned[key], not inverted
    symmetric = key in known.symmetric
    return Predicate(key, inverted and not symmetric, symmetric, verb, preposition)
