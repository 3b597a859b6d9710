"""Concept links: what a text or a schema says is a kind or a part of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.align.stems import is_participle, stem
from kgkit.schema import Schema

__all__ = ["ConceptLink", "broader_types", "patterns_in", "schema_links"]

_WORD = r"(?:[A-Z]\.|[^\W\d_][\w'-]*)"
_NOUNS = rf"(?:{_WORD}(?:\s+{_WORD}){{0,3}})"
_LIST = rf"{_NOUNS}(?:\s*,\s*{_NOUNS})*(?:\s*,?\s*(?:and|or)\s+{_NOUNS})?"
#: Hearst (1992), "Automatic acquisition of hyponyms from large text corpora", table 1.
_PATTERNS = (
    re.compile(rf"(?P<whole>{_NOUNS})\s*,?\s+such\s+as\s+(?P<kinds>{_LIST})"),
    re.compile(rf"(?P<whole>{_NOUNS})\s*,?\s+including\s+(?P<kinds>{_LIST})"),
    re.compile(rf"(?P<whole>{_NOUNS})\s*,?\s+especially\s+(?P<kinds>{_LIST})"),
    re.compile(rf"such\s+(?P<whole>{_NOUNS})\s+as\s+(?P<kinds>{_LIST})"),
    re.compile(rf"(?P<kinds>{_LIST})\s*,?\s+(?:and|or)\s+other\s+(?P<whole>{_NOUNS})"),
)
_PART = re.compile(
    rf"(?P<part>{_NOUNS})\s+(?:is|are|was|were|forms?|formed)\s+(?:an?\s+|the\s+)?"
    rf"(?:\w+\s+)?(?:part|component|member|section|district|suburb)s?\s+of\s+(?P<all>{_NOUNS})"
)
_SPLIT = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOP = _listed(
    """
    a an the this that these those its his her their our my your some any many several various few
    me him us them always just two three four five six seven eight nine ten numerous
    all most both each every no other another certain is are was were be been has have had do does
    did can may will would in on at of for with by from to into as than then so and or but not if
    when where which who whom whose it he she they we you i there here also often sometimes usually
    well known includes include including such especially because while during after before
    within without want like between through about over under against among
    """
)
#: Nouns whose kinds are no kinds of things: "parts such as", "ways such as".
_EMPTY = _listed(
    """
    thing things way ways part parts kind kinds type types factor factors case cases example
    examples reason reasons one ones number other others lot people
    """
)


@dataclass(frozen=True, slots=True)
class ConceptLink:
    """That `narrower` is a kind ("isA") or a part ("partOf") of `broader`, as a text says.

    [start, end) are the characters of the text that say so; they are empty for what follows from
    the words of a type or from a schema.
    """

    narrower: str
    relation: str
    broader: str
    start: int = 0
    end: int = 0


def patterns_in(text: str) -> list[ConceptLink]:
    """Return what lexico-syntactic patterns in a text say, in order, each with its span.

    >>> [(l.narrower, l.broader) for l in patterns_in("He studied metals such as radium.")]
    [('radium', 'metal')]
    """
    found: dict[tuple[int, str, str, str], ConceptLink] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for link in _kinds(match):
                found.setdefault((link.start, link.narrower, link.relation, link.broader), link)
    for match in _PART.finditer(text):
        part, whole = _last_phrase(match["part"]), _first_phrase(match["all"])
        if part and whole:
            start = match.start() + match["part"].rindex(part.split()[0])
            end = match.start("all") + match["all"].index(whole.split()[-1])
            end += len(whole.split()[-1])
            key = (start, part, "partOf", whole)
            found.setdefault(key, ConceptLink(part, "partOf", whole, start, end))
    return [found[key] for key in sorted(found)]


def broader_types(types: Iterable[str]) -> list[ConceptLink]:
    """Return that each type of several words is a kind of its head noun, sorted.

    >>> broader_types(["Polish physicist"])[0].broader
    'physicist'
    """
    links = set()
    for name in types:
        for narrower, broader in _chain(name):
            links.add(ConceptLink(narrower, "isA", broader))
    return sorted(links, key=lambda link: (link.narrower, link.broader))


def schema_links(schema: Schema) -> list[ConceptLink]:
    """Return the kinds and parts that the patterns of a schema state, in order.

    A pattern says so by its relation: IS_A, SUBCLASS_OF, PART_OF.
    """
    found = []
    for pattern in schema.patterns:
        relation = _TAXONOMIC.get(pattern.relation.upper().replace("_", ""))
        if relation and not pattern.is_property:
            found.append(ConceptLink(pattern.head, relation, pattern.tail))
    return found


_TAXONOMIC = {
    "ISA": "isA", "SUBCLASSOF": "isA", "KINDOF": "isA", "SUBTYPEOF": "isA", "PARTOF": "partOf",
}  # fmt: skip


def _chain(name: str) -> Iterator[tuple[str, str]]:
    """Yield the type and its head noun; "president of France" has the head "president"."""
    words = name.split()
    for place, word in enumerate(words[1:], start=1):
        if word in ("of", "for", "in", "at", "from", "with", "by", "and", "or", "to"):
            if word in ("and", "or") or place == 0:
                return
            head = " ".join(words[:place])
            yield name, head
            yield from _chain(head)
            return
    if len(words) > 1 and len(words[-1]) > 2 and not is_participle(words[-1]):
        yield name, words[-1]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins here, so that a capital says nothing."""
    return text[:at].rstrip()[-1:] in ("", ".", "!", "?", ":", ";")


#: Verbs that may stand where a list of kinds goes on.
_NO_NOUN = frozenset(map(stem, ("leave", "go", "come", "say", "make", "want", "take", "become")))


def _kinds(match: re.Match[str]) -> Iterator[ConceptLink]:
    first = match.start("whole") < match.start("kinds")
    whole = _last_phrase(match["whole"]) if first else _plural_phrase(match["whole"])
    broader = _singular(whole)
    if not broader or broader in _EMPTY or broader == whole or not whole[:1].islower():
        return  # kinds are told of a plural noun: "metals such as radium"
    for part, offset in _parts(match["kinds"]):
        kind = _first_phrase(part) if first else _last_phrase(part)
        if not kind or kind.lower() == broader or kind.lower() in _EMPTY or not _is_noun(kind):
            continue
        first_word, last_word = kind.split()[0], kind.split()[-1]
        inside = part.index(first_word)
        at = match.start("kinds") + offset + inside
        end = match.start("kinds") + offset + part.index(last_word, inside) + len(last_word)
        begin = min(match.start("whole") + match["whole"].index(whole), at)
        stop = max(match.start("whole") + match["whole"].index(whole) + len(whole), end)
        plain = kind[0].islower() or (_opens(match.string, at) and _singular(kind) != kind.lower())
        narrower = _singular(kind) if plain else kind
        yield ConceptLink(narrower, "isA", broader.lower(), begin, stop)


def _is_noun(kind: str) -> bool:
    """Whether a phrase can be a name or a noun: no genitive, no "beginning in", "left"."""
    if stem(kind) in _NO_NOUN:
        return False
    if kind.endswith(("'s", "’s")):
        return False
    return kind[0].isupper() or not kind.endswith(("ing", "ed", "ly"))


def _parts(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for cut in _SPLIT.finditer(text):
        if text[at : cut.start()].strip():
            yield text[at : cut.start()], at
        at = cut.end()
    if text[at:].strip():
        yield text[at:], at


def _first_phrase(text: str) -> str:
    """Return the words up to the first that is no part of a name or noun phrase."""
    words = text.split()
    while words and words[0].lower() in _STOP:
        words = words[1:]
    kept = []
    proper = bool(words) and words[0][0].isupper()
    for word in words:
        if word.lower() in _STOP or (word.islower() and is_participle(word)):
            break
        if proper and not word[0].isupper():
            break
        kept.append(word)
    return " ".join(kept)


def _plural_phrase(text: str) -> str:
    """Return the words up to the first plural, which a following verb is no part of."""
    words = _first_phrase(text).split()
    for place, word in enumerate(words, start=1):
        if _singular(word) != word.lower():
            return " ".join(words[:place])
    return ""


def _last_phrase(text: str) -> str:
    """Return the words after the last that is no part of a noun phrase."""
    kept: list[str] = []
    for word in reversed(text.split()):
        if word.lower() in _STOP or (kept and word.islower() and is_participle(word)):
            break
        kept.insert(0, word)
    if kept and kept[-1][0].isupper():
        while kept and not kept[0][0].isupper():
            kept.pop(0)
    if kept and kept[-1][0].islower():
        kept = kept[-2:]
        if len(kept) == 2 and kept[0].endswith("s"):
            kept = kept[1:]  # "resembles creatures"
    return " ".join(kept)


def _singular(phrase: str) -> str:
    words = phrase.lower().split()
    if not words:
        return ""
    last = words[-1]
    if last in _PLURALS:
        last = _PLURALS[last]
    elif last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith(("ches", "shes", "xes", "sses")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return " ".join([*words[:-1], last])


_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse",
    "feet": "foot", "teeth": "tooth", "species": "species", "series": "series", "lives": "life",
    "wolves": "wolf", "leaves": "leaf", "phenomena": "phenomenon", "bacteria": "bacterium",
    "media": "medium", "movies": "movie",
}  # fmt: skip
