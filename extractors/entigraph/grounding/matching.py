"""Sentences of the grammar read back: which claims one makes, if it is of the grammar at all.

A sentence with its names masked is a skeleton. Skeletons of clauses are looked up; frames are
taken off, and joined or woven clauses are read one by one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding.known import Known
from extractors.entigraph.grounding.lexicon import Slot
from extractors.entigraph.wording.grammar import grammar

__all__ = ["Claim", "Matcher"]

_NOTE = re.compile(r" \((?P<roles>[^()\0]+: \0(?:; [^()\0]+: \0)*)\)")
_GAP = "___"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that a sentence makes: what it says, and whether that is known."""

    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a clause may mean: the relation and kind, and whether the tail stands first."""

    relation: str
    kind: str
    swapped: bool


class Matcher:
    """Reads what the offline generator writes over the same facts."""

    def __init__(self, speaker: Speaker, known: Known) -> None:
        self._known = known
        self._clauses: dict[str, list[_Sense]] = defaultdict(list)
        self._questions: dict[str, list[_Sense]] = defaultdict(list)
        for phrasing in speaker.phrasings.values():
            for clause in phrasing.clauses:
                sense = _Sense(phrasing.relation, phrasing.kind, clause.swapped)
                self._clauses[clause.skeleton].append(sense)
            said = phrasing.saying
            for text in (*said.questions, *said.gaps):
                self._ask(text.replace("{h}", "\0"), phrasing.relation, phrasing.kind, False)
            for text in (*said.reverse, *said.reverse_gaps):
                self._ask(text.replace("{t}", "\0"), phrasing.relation, phrasing.kind, True)
        rules = grammar()
        self._frames = sorted({f for f in rules.frames if f}, key=len, reverse=True)
        self._joints = (*rules.contrasts, *rules.joints)
        openings = [text for each in rules.openings.values() for text in each]
        silent = (*openings, *rules.tell, *rules.tell_both)
        self._silent = {_plain(re.sub(r"\{.\}", "\0", text)) for text in silent}
        self._built = list(_built())

    def _ask(self, text: str, relation: str, kind: str, swapped: bool) -> None:
        self._questions[_plain(text)].append(_Sense(relation, kind, swapped))

    def is_silent(self, skeleton: str) -> bool:
        """Return whether a sentence of the grammar claims nothing."""
        return _plain(skeleton) in self._silent or not skeleton.strip()

    def question(self, skeleton: str) -> list[_Sense]:
        """Return what a question asks for, or nothing where it is none of the grammar."""
        return self._questions.get(_plain(skeleton), [])

    def answers(self, senses: list[_Sense], asked: Slot, given: Sequence[Slot]) -> list[Claim]:
        """Return the claims that a list of answers makes."""
        claims = []
        for slot in given:
            holds = any(
                self._holds(s, (slot, asked) if s.swapped else (asked, slot)) for s in senses
            )
            claims.append(Claim(f"{asked.text} / {slot.text}", holds))
        return claims

    def read(self, skeleton: str, slots: Sequence[Slot]) -> list[Claim] | None:
        """Return the claims of a sentence, or None where it is none of the grammar."""
        return self._read(_plain(skeleton), list(slots))

    def _read(self, text: str, slots: list[Slot]) -> list[Claim] | None:
        found = self._simple(text, slots)
        if found is not None:
            return found
        for frame in self._frames:
            if text.startswith(frame):
                return self._read(text[len(frame) :], slots)
        for joint in self._joints:
            for at in _places(text, joint):
                left, right = text[:at], text[at + len(joint) :]
                cut = left.count("\0")
                one = self._read(left, slots[:cut])
                two = self._read(right, slots[cut:]) if one is not None else None
                if one is not None and two is not None:
                    return one + two
        return self._woven(text, slots)

    def _woven(self, text: str, slots: list[Slot]) -> list[Claim] | None:
        pieces = re.split(r", and |, ", text)
        if len(pieces) < 2 or len(pieces) != len(slots) - 1 or not text.startswith("\0 "):
            return None
        claims: list[Claim] = []
        for n, piece in enumerate(pieces):
            clause = piece if n == 0 else f"\0 {piece}"
            found = self._simple(clause, [slots[0], slots[n + 1]])
            if found is None:
                return None
            claims += found
        return claims

    def _simple(self, text: str, slots: list[Slot]) -> list[Claim] | None:
        if text.count("\0") != len(slots):
            return None
        notes: list[tuple[str, frozenset[str]]] = []
        noted = _NOTE.search(text)
        if noted is not None:
            first = text[: noted.start()].count("\0")
            roles = [role.removesuffix(": \0") for role in noted["roles"].split("; ")]
            notes = [(r, slots[first + n].keys) for n, r in enumerate(roles)]
            slots = slots[:first] + slots[first + len(roles) :]
            text = text[: noted.start()] + text[noted.end() :]
        senses = self._clauses.get(text)
        if senses is not None:
            pair = f"{slots[0].text} / {slots[1].text}"
            holds = any(self._stated(sense, slots, notes) for sense in senses)
            return [Claim(f"{pair}: {text.replace(chr(0), '_')}", holds)]
        for pattern, test in self._built:
            match = pattern.match(text)
            if match is not None:
                known = test(self._known, slots, match.groupdict())
                return [Claim(" / ".join(slot.text for slot in slots), known)]
        return None

    def _stated(
        self, sense: _Sense, slots: list[Slot], notes: list[tuple[str, frozenset[str]]]
    ) -> bool:
        one, other = slots
        head, tail = (other, one) if sense.swapped else (one, other)
        if not self._holds(sense, (head, tail)):
            return False
        return not notes or self._known.holds_with(head.keys, sense.relation, tail.keys, notes)

    def _holds(self, sense: _Sense, ends: tuple[Slot, Slot]) -> bool:
        head, tail = ends
        return self._known.holds(head.keys, sense.relation, sense.kind, tail.keys)


def _plain(text: str) -> str:
    return text.strip().rstrip(".").lower()


def _places(text: str, joint: str) -> Iterator[int]:
    at = text.find(joint)
    while at >= 0:
        yield at
        at = text.find(joint, at + 1)


_BuiltTest = Callable[[Known, Sequence[Slot], dict[str, str]], bool]


def _built() -> Iterator[tuple[re.Pattern[str], _BuiltTest]]:
    """Yield the patterns of sentences that say more than one fact, each with its test."""
    rules = grammar()
    tests: list[tuple[Sequence[str], _Rule]] = [
        (rules.links, _link),
        (rules.shared, _shared),
        (rules.ordered["earlier"], _less),
        (rules.ordered["smaller"], _less),
        (rules.ordered["later"], _more),
        (rules.ordered["larger"], _more),
        (rules.chains, _chained),
    ]
    for templates, rule in tests:
        for template in templates:
            names = re.findall(r"\{([abmxyht])\}", template)
            body = re.escape(re.sub(r"\{[abmxyht]\}", "\0", template).lower())
            for noun in ("noun", "inner", "outer"):
                gap = re.escape(f"{{{noun}}}")
                body = body.replace(gap, f"(?P<{noun}>[^\\0]+?)", 1).replace(gap, f"(?P={noun})")
            yield re.compile(f"{body}\\Z"), _placed(rule, names)


_Rule = Callable[[Known, dict[str, frozenset[str]], dict[str, str]], bool]


def _placed(rule: _Rule, names: list[str]) -> _BuiltTest:
    def test(known: Known, slots: Sequence[Slot], nouns: dict[str, str]) -> bool:
        if len(slots) != len(names):
            return False
        keys = {name: slot.keys for name, slot in zip(names, slots, strict=True)}
        return rule(known, keys, nouns)

    return test


def _link(known: Known, keys: dict[str, frozenset[str]], nouns: dict[str, str]) -> bool:
    return known.joins(keys["a"], keys["m"]) and known.joins(keys["m"], keys["b"])


def _shared(known: Known, keys: dict[str, frozenset[str]], nouns: dict[str, str]) -> bool:
    relations = known.nouns.get(nouns["noun"], set())
    both = known.tails(keys["a"], relations) & known.tails(keys["b"], relations)
    return bool(both & keys["t"])


def _values(known: Known, keys: dict[str, frozenset[str]], noun: str) -> tuple[set[str], set[str]]:
    relations = known.nouns.get(noun, set())
    ours = known.tails(keys["a"], relations) & keys["x"]
    return ours, known.tails(keys["b"], relations) & keys["y"]


def _less(known: Known, keys: dict[str, frozenset[str]], nouns: dict[str, str]) -> bool:
    ours, theirs = _values(known, keys, nouns["noun"])
    return known.before(ours, theirs)


def _more(known: Known, keys: dict[str, frozenset[str]], nouns: dict[str, str]) -> bool:
    ours, theirs = _values(known, keys, nouns["noun"])
    return known.before(theirs, ours)


def _chained(known: Known, keys: dict[str, frozenset[str]], nouns: dict[str, str]) -> bool:
    middle = known.tails(keys["h"], known.nouns.get(nouns["inner"], set()))
    return bool(known.tails(middle, known.nouns.get(nouns["outer"], set())) & keys["t"])
