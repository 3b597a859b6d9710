"""Clauses for a relation that nobody worded: from its name and the words it was read from."""

from __future__ import annotations

import re

from extractors.entigraph.wording.english import (
    PREPOSITIONS,
    article,
    is_intransitive,
    participle,
    third_person,
    words_of,
)
from extractors.slots.english import base_form, is_participle, is_verb, past_form

__all__ = ["derive"]

_FINITE = words_of("is was are were has had have can could may must")
_ASIDE = words_of("also then later soon once again still already often usually first")
_ADJECTIVE = re.compile(r"(?:able|ible|lar|ent|ant|al|ful|ous|ive|ar|ed)$")
_WORDS = re.compile(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*)*\Z")


def derive(words: str, predicate: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """Return a noun for the tail, or "", and clauses with {h} and {t}.

    `words` is the relation's name in lower case, `predicate` its surface form or "", `kind` that
    of its tails.

    >>> derive("equipped with", "was equipped with", "entity")
    ('', ('{h} was equipped with {t}',))
    >>> derive("screen width", "", "value")
    ('screen width', ('{h} has the screen width {t}',))
    """
    surface = _surface(predicate)
    if len(surface) > 1 and surface[0] in _FINITE:
        return "", (f"{{h}} {' '.join(surface)} {{t}}",)
    tokens = surface or words.split()
    if tokens[-1] == "of" and len(tokens) > 1 and not is_verb(tokens[0]):
        noun = " ".join(tokens[:-1])
        role = f"{article(noun)} {noun}"
        return "", (f"{{h}} is {role} of {{t}}", f"{{t}} has {{h}} as {role}")
    if _is_verb(tokens):
        return "", _verbal(tokens, stated=bool(surface))
    if tokens[-1] in PREPOSITIONS and len(tokens) > 1:
        role = " ".join(tokens)
        lead = "" if _ADJECTIVE.search(tokens[-2]) else f"{article(role)} "
        return "", (f"{{h}} is {lead}{role} {{t}}",)
    noun = " ".join(tokens[1:] if tokens[0] == "has" and len(tokens) > 1 else tokens)
    if kind == "entity":
        return noun, (f"{{h}} has {{t}} as {article(noun)} {noun}",)
    return noun, (f"{{h}} has the {noun} {{t}}",)


def _is_verb(tokens: list[str]) -> bool:
    first = tokens[0]
    # "uses" and "works at" are verbs, though "use" and "work" alone may be nouns.
    either = tokens[-1] in PREPOSITIONS or first.endswith("s")
    known = is_verb(first, noun=either) or is_intransitive(base_form(first))
    return known or (is_participle(first) and first.endswith("ed"))


def _surface(predicate: str) -> list[str]:
    """Return the words of a predicate, or none where it is an IRI, denied or a bare "is"."""
    text = " ".join(predicate.lower().split())
    if not _WORDS.match(text):
        return []
    tokens = [word for word in text.split() if word not in _ASIDE]
    if {"not", "never", "no"} & set(tokens) or tokens in (["is"], ["are"], ["was"]):
        return []
    return tokens


def _verbal(tokens: list[str], *, stated: bool) -> tuple[str, ...]:
    """Return clauses for a verb and what follows it; `stated` words come from a sentence."""
    first, rest = tokens[0], tokens[1:]
    base = base_form(first)
    after = "".join(f" {word}" for word in rest)
    present = first != base and first in map(third_person, (base, first[:-1], first[:-2]))
    said = first if present or stated else past_form(base)
    # A form that ends in "-ed" is as good as what its base would give, and spelt as it should be.
    regular = first.endswith("ed") and is_participle(first)
    past, done = (first, first) if regular else (past_form(base), participle(base))
    if rest == ["by"] and is_participle(first):
        return f"{{h}} was {first} by {{t}}", f"{{t}} {past} {{h}}"
    if not rest:
        be = "is" if present else "was"
        return f"{{h}} {said} {{t}}", f"{{t}} {be} {done} by {{h}}"
    if rest[-1] not in PREPOSITIONS or present or stated or is_intransitive(base):
        return (f"{{h}} {said}{after} {{t}}",)
    return (f"{{h}} was {done}{after} {{t}}",)
