"""What kind of answer a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoning.answers.grammar import AUX, BE, DET, WH
from reasoning.answers.words import LIGHT, Word, fold

__all__ = ["asked", "kind_of"]

_KINDS = {
    "date": "date day year time century decade month birthday birthdate",
    "place": "place city country town village state region river continent location capital "
    "birthplace province district county nation nationality hometown street island area where",
    "person": "person man woman people scientist artist actress wife husband spouse father mother "
    "son daughter brother sister grandfather grandmother parent child uncle aunt king queen "
    "physicist chemist president minister friend colleague assistant student doctor poet "
    "politician musician guy lady boy girl partner cousin sibling supervisor author",
    "organization": "company university band organization organisation institute institution "
    "school college party team club label agency studio laboratory newspaper academy society firm "
    "manufacturer publisher employer ministry church",
    "number": "number population height length weight distance age amount percentage",
}
_KIND_OF = {word: kind for kind, listed in _KINDS.items() for word in listed.split()}

_NO_PERSONS = frozenset({"number", "order", "letter", "river", "other", "paper", "weather"})


def kind_of(noun: str) -> str:
    """Return the kind of thing a noun stands for: "city" is a place; "" for other nouns.

    >>> kind_of("city")
    'place'
    """
    return _KIND_OF.get(noun, "")


def asked(tokens: Sequence[Word], *, opens: bool = True) -> tuple[str, str]:
    """Return the kind of answer and the noun asked for; `opens` says that the first of the tokens
    opens the question ("Is ...")."""
    plain = [fold(w.text) for w in tokens]
    if opens and plain and plain[0] in AUX:
        return "yesno", ""
    at = next((i for i, w in enumerate(plain) if w in WH), -1)
    wh = plain[at] if at >= 0 else ""
    if wh in ("who", "whom", "whose"):
        return "person", ""
    if wh == "where":
        return "place", ""
    if wh == "when":
        return "date", ""
    if wh == "how":
        number = at + 1 < len(plain) and plain[at + 1] not in AUX
        return ("number" if number else "thing"), ""
    start = at + 1
    while start < len(plain) and plain[start] in BE | DET | {"name", "of", "list", "all"}:
        start += 1
    return _by_noun(plain, start)


def _by_noun(plain: Sequence[str], start: int) -> tuple[str, str]:
    """Return kind and noun of the noun phrase that begins at `start`."""
    phrase: list[str] = []
    ended = False
    for word in plain[start : start + 4]:
        ended = word in LIGHT or word == "s"
        if ended:
            break
        phrase.append(_singular(word))
    for noun in phrase:
        if noun in _KIND_OF:
            return _KIND_OF[noun], noun
    for noun in phrase:
        if re.search(r"(er|or|ist|ian)$", noun) and noun not in _NO_PERSONS:
            return "person", noun
    return "thing", (phrase[-1] if ended else phrase[0]) if phrase else ""


def _singular(word: str) -> str:
    odd = {"children": "child", "women": "woman", "men": "man", "people": "person"}
    if word in odd:
        return odd[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
