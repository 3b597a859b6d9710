"""What a longer name adds to a shorter one: a place, a rank, a realm, a further name, a number."""

from __future__ import annotations

from functools import lru_cache

from extractors.align.names import NameForm, form_of, is_title

__all__ = ["ADDITIONS", "added_words", "addition", "is_ranked", "is_style"]

#: What can be added, in the order in which it is looked for.
ADDITIONS = (
    "within",
    "styled",
    "of_realm",
    "by_rank",
    "name_before",
    "name_behind",
    "numeral_lost",
)

_HOUSES = frozenset({"of", "duke", "count", "king", "prince", "bishop", "lord", "earl", "baron"})
_SMALL = frozenset(
    {"of", "the", "in", "de", "la", "le", "du", "des", "von", "van", "der", "den", "di", "da"}
) | {"do", "dos", "del", "y", "e", "al", "bin", "ibn", "bint"}

_CHILD = frozenset({"bin", "ibn", "bint", "ben", "bat"})


@lru_cache(maxsize=100_000)
def addition(a: NameForm, b: NameForm, person: bool) -> str:
    """Return what b, the longer name, adds to a, one of `ADDITIONS`, or "" where it does not.

    "within": a place after a comma, of what is no person; "styled": a rank or descent after a
    comma, of a person; "of_realm": "of" and a place, of a person; "by_rank": the shorter name is
    the numbered rank after the comma; "name_before" and "name_behind": a further name of a person,
    but none that makes it a child's ("bin"); "numeral_lost": the number of a ruler.

    >>> addition(form_of("Oslo"), form_of("Oslo, Norway"), person=False)
    'within'
    >>> addition(form_of("3rd Earl of Ely"), form_of("Ida Vale, 3rd Earl of Ely"), person=True)
    'by_rank'
    """
    size = len(a.core)
    if not size or size >= len(b.core):
        return ""
    first, comma, rest = b.text.partition(",")
    if comma and "," not in a.text:
        if form_of(first).core == a.core:
            if not person:
                return "within" if a.core[0].isalpha() else ""
            return "styled" if size > 1 and is_style(rest) else ""
        return "by_rank" if is_ranked(a) and form_of(rest.strip()).core == a.core else ""
    if not person or size < 2 or not _named_throughout(b.text):
        return ""
    if b.core[:size] == a.core and b.core[size] in _HOUSES:
        return "of_realm"
    if a.numbers != b.numbers:
        return "numeral_lost" if not a.numbers and _without_numeral(b) == a.core else ""
    if min(map(len, a.core)) == 1 or "of" in b.core or a.core[0] in _SMALL:
        return ""
    if b.core[:size] == a.core:
        return "name_behind"
    child = b.core[-size - 1] in _CHILD
    return "name_before" if b.core[-size:] == a.core and not child else ""


def is_style(text: str) -> bool:
    """Return whether a text is a rank or descent, as names have them behind a comma: "2nd Earl of
    Ely", "the nephew of Ida"; a second name is none."""
    words = text.split()
    if not words:
        return False
    first = words[0].lower().strip(".")
    return first[0].isdigit() or first in ("the", "son", "daughter", "sr", "jr") or is_title(first)


def is_ranked(form: NameForm) -> bool:
    """Return whether a name is a numbered rank: "3rd Earl of Ely"."""
    return bool(form.numbers) and form.core[0][0].isdigit() and len(form.core) > 2


def _named_throughout(text: str) -> bool:
    """Whether every word is part of a name: "four children with Ida Vale" is more than one."""
    words = [word.strip("\"'“”‘’()").lower() for word in text.split()]
    if "and" in words or "&" in words:
        return False
    bare = [word.strip("\"'“”‘’()") for word in text.split()]
    return all(
        not word[:1].islower() or word in _SMALL or "-" in word or is_title(word) for word in bare
    )


def added_words(short: NameForm, long: NameForm) -> frozenset[str]:
    """Return the words that tell which bearer of the shorter name the longer one means.

    >>> sorted(added_words(form_of("William I"), form_of("William I of Orange")))
    ['orange']
    """
    return frozenset(long.tokens) - {*short.tokens} - {*long.titles} - _SMALL


def _without_numeral(form: NameForm) -> tuple[str, ...]:
    """Return the core without a roman numeral behind its first word."""
    one = form_of(f"x {form.core[1]}").numbers if len(form.core) > 1 else ()
    roman = bool(one) and form.core[1].isalpha()
    return (form.core[0], *form.core[2:]) if roman else ()
