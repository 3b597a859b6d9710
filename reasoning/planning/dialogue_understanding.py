"""A follow-up question as one that stands by itself.

Words that stand for something said before are replaced by it: pronouns, "there", "that film", "the
company". Questions that were cut short are made whole from the one before: "And Pierre?", "When?".
Who is meant is decided by kind (a person, a place), by "he" or "she", then by how lately it was
named, an answer before the names of its question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reasoning.answers.kinds import kind_of
from reasoning.answers.names import link
from reasoning.answers.view import FactView
from reasoning.answers.words import fold, listed
from reasoning.planning.dialogue_ellipsis import completed
from reasoning.planning.dialogue_referents import Referent, is_person_noun, referents
from reasoning.planning.plan import Turn

__all__ = ["Understood", "understand"]

_HE, _SHE = listed("he him his himself"), listed("she her hers herself")
_IT, _THEY = listed("it its itself"), listed("they them their theirs themselves")
_OWN = listed("his her its their")
_WORD = re.compile(
    r"\b(?:(?P<pronoun>he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|theirs"
    r"|themselves)|(?P<there>there)|(?P<order>the\s+(?:former|latter))"
    r"|(?P<year>then(?=\s*\?*$)|(?:in\s+)?(?:that|the\s+same|this)\s+(?:year|day|date))"
    r"|(?:that|this|those|these|the|the\s+same)\s+(?P<noun>[a-z]+))\b",
    re.IGNORECASE,
)
#: "It" that stands for nothing: "was it true that", "who was it that".
_EMPTY_IT = re.compile(
    r"\s+(?:that|who|true|possible|known|said|called|when|where|rain|snow)\b", re.I
)
_DOING = re.compile(r"\b(?:do|does|did|done)\s+$", re.IGNORECASE)
#: What may follow a pronoun that is no owner: her, in "Who taught her in Paris?".
_NO_NOUN = listed(
    "in on at of to by from with for after before during about and or but when while as into then "
    "is are was were do does did has have had will would can could first later ever there that"
)
_AFTER_NOUN = re.compile(
    r"\s*(?:$|[?.,!;]|[’']s\b|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|"
    r"born|die|died|live|located|in|on|at)\b)"
)
#: What tells which one is meant, so that nothing before is.
_TELLING = re.compile(
    r"\s+(?:(?:of|that|who|whom|which|whose|by|from|with|about)\b|(?:made|\w+ed|\w+ing)\s+\w)",
    re.IGNORECASE,
)
_THINGS = listed(
    "film movie book novel song album game play painting opera poem series show work element "
    "award prize ship bridge building newspaper magazine record symphony engine theory language"
)
#: A noun of somebody who is told by it: "the teacher", "her husband".
_DESCRIBED = re.compile(r"(?:\b(?:the|his|her|their|an?)|[’']s)\s+([^\W\d_]+)", re.IGNORECASE)
_NEXT = re.compile(r"\s+([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question made to stand by itself: which words were taken for what, and which for
    nothing that was named (`lost`)."""

    question: str
    text: str
    taken: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()


def understand(question: str, before: Sequence[Referent], last: str, facts: FactView) -> Understood:
    """Return what a question means after what was named before it, the latest turn first.

    `last` is the question before, standing by itself, "" for none.
    """
    text, taken, lost = _resolved(question.strip(), before, facts)
    whole = completed(text, last, before, facts)
    if whole is None:
        return Understood(question, text, tuple(taken), (*lost, text))
    if whole != text:
        taken = [*taken, (text, whole)]
    return Understood(question, whole, tuple(taken), tuple(lost))


def _resolved(
    question: str, before: Sequence[Referent], facts: FactView
) -> tuple[str, list[tuple[str, str]], list[str]]:
    """Return the question with its words replaced, what was replaced, and what could not be."""
    own = _own_names(question, facts)
    taken: list[tuple[str, str]] = []
    lost: list[str] = []
    pieces: list[str] = []
    end = 0
    for match in _WORD.finditer(question):
        if any(start <= match.start() < stop for start, stop, _, _ in own):
            continue
        earlier = [(kind, gender) for start, _, kind, gender in own if start < match.start()]
        meant = _meant(match, question, before, earlier)
        if meant is None:
            plain = fold(match[0])
            if plain in _HE | _SHE and not _has_own(plain, question[: match.start()], earlier):
                lost.append(match[0])
            continue
        said = f"{meant}'s" if _is_owner(match, question) else meant
        pieces += [question[end : match.start()], said]
        end = match.end()
        taken.append((match[0], meant))
    return "".join([*pieces, question[end:]]), taken, lost


def _own_names(question: str, facts: FactView) -> list[tuple[int, int, str, int]]:
    """Return the names of the question itself: [start, end), kind and gender."""
    names, strangers = link(question, facts)
    told = {r.text: r for r in referents(Turn(question, ""), 0, facts)}
    return [
        (name.start, name.end, told[name.text].kind, told[name.text].gender)
        for name in (*names, *strangers)
        if name.text in told and name.text[:1].isupper()
    ]


def _meant(
    match: re.Match[str],
    question: str,
    before: Sequence[Referent],
    earlier: Sequence[tuple[str, int]],
) -> str | None:
    plain = fold(match[0])
    if match["pronoun"]:
        if plain in _HE | _SHE and _has_own(plain, question[: match.start()], earlier):
            return None
        if plain == "it" and _DOING.search(question[: match.start()]):
            return None  # "how did she do it"
        return _pronoun(plain, question[match.end() :], before, earlier)
    if match["there"]:
        if re.match(r"\s+(?:is|are|was|were)\b", question[match.end() :]) or re.search(
            r"\b(?:is|are|was|were|how many)\s+$", question[: match.start()], re.I
        ):
            return None  # "is there", "there are"
        found = _first(before, lambda r: r.kind == "place")
        return f"in {found}" if found else None
    if match["order"]:
        return _ordered(plain.endswith("latter"), before)
    if match["year"]:
        found = _first(before, lambda r: r.kind == "date")
        years = re.findall(r"\d{3,4}", found or "")
        return f"in {years[-1]}" if years else None
    return _named_by(match, question, before)


def _pronoun(
    plain: str, after: str, before: Sequence[Referent], earlier: Sequence[tuple[str, int]]
) -> str | None:
    """Return what a pronoun stands for; None where a name of the question itself will do."""
    if plain in _HE | _SHE:
        return _first(before, lambda r: _is_person(r.kind, r.gender, plain) and not r.group)
    if plain in _IT:
        if _EMPTY_IT.match(after) or any(kind not in ("person", "any") for kind, _ in earlier):
            return None
        things = _first(before, lambda r: r.kind in ("thing", "organization") and not r.group)
        latest = _first(before, lambda r: r.kind not in ("person", "date", "number"))
        return _lately(things, latest, before)
    if earlier:
        return None
    group = _first(before, lambda r: r.group)
    return group or _first(before, lambda r: r.kind in ("organization", "person"))


def _has_own(plain: str, left: str, earlier: Sequence[tuple[str, int]]) -> bool:
    """Return whether a pronoun is of somebody whom the question itself names or describes."""
    described = any(is_person_noun(noun) for noun in _DESCRIBED.findall(left))
    return described or any(_is_person(kind, g, plain) for kind, g in earlier)


def _lately(things: str | None, latest: str | None, before: Sequence[Referent]) -> str | None:
    """Return a thing rather than a place, unless the place was named in a later turn."""
    turns = {referent.text: referent.turn for referent in reversed(before)}
    if things is not None and latest is not None and turns[things] < turns[latest]:
        return latest
    return things or latest


def _named_by(match: re.Match[str], question: str, before: Sequence[Referent]) -> str | None:
    """Return what "that film" stands for: something asked for by that noun, or of its kind."""
    noun = fold(match["noun"])
    kind = kind_of(noun) or ("thing" if noun in _THINGS else "")
    definite = fold(match[0]).startswith("the ") and not fold(match[0]).startswith("the same")
    after = question[match.end() :]
    if definite and _TELLING.match(after):
        return None  # "the film that", "the mother of"
    by_noun = _first(before, lambda r: r.noun == noun)
    if by_noun is not None or not kind or (definite and not _AFTER_NOUN.match(after)):
        return by_noun
    return _first(before, lambda r: r.kind == kind and not r.group)


def _ordered(second: bool, before: Sequence[Referent]) -> str | None:
    if not before:
        return None
    latest = [r for r in before if r.turn == before[0].turn and not r.group]
    several = [r for r in latest if r.answered]
    several = several if len(several) > 1 else [r for r in latest if not r.answered]
    return several[1 if second else 0].text if len(several) == 2 else None


def _first(before: Sequence[Referent], fits: Callable[[Referent], bool]) -> str | None:
    return next((referent.text for referent in before if fits(referent)), None)


def _is_person(kind: str, gender: int, pronoun: str) -> bool:
    wanted = 1 if pronoun in _SHE else -1
    return kind in ("person", "any") and gender in (0, wanted)


def _is_owner(match: re.Match[str], question: str) -> bool:
    if not match["pronoun"] or fold(match[0]) not in _OWN:
        return False
    following = _NEXT.match(question, match.end())
    return following is not None and fold(following[1]) not in _NO_NOUN
