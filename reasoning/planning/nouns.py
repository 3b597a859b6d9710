"""The core of a noun phrase: a noun, what stands before it, and the names that it ends in."""

from __future__ import annotations

import re
from dataclasses import replace

from reasoning.logic.expressions import Constant
from reasoning.planning.lexicon import (
    ATTRIBUTES,
    kind_of,
    listed,
    singular,
)
from reasoning.planning.reading import DETERMINERS, RELATIVE, Reading, in_place
from reasoning.planning.sketch import Best
from reasoning.planning.tokens import Token

__all__ = ["ORIGIN", "NounPhrase"]

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_MORE = {"more": ">", "over": ">", "above": ">", "greater": ">", "less": "<", "fewer": "<"}
_MORE |= {"under": "<", "below": "<"}
#: Nouns that go on with a name: "the Oberoi family"; those that only say what it names: "the
#: Purepecha language"; and how names of what comes from a country end.
_GROUPS = listed("family dynasty brothers sisters empire clan tribe people peoples twins")
_SORTS = listed(
    """
    language breed river mountain festival currency religion alphabet award prize location
    franchise trilogy county province airport station museum bridge war treaty
    """
)
ORIGIN = re.compile(r"[A-Z]\w+(?:an|ish|ese|ch|ic|ek|i)(?:-[A-Z]\w+(?:an|ish|ese|ch|ic))?")


class NounPhrase:
    """A noun with what stands before it, and the names that it ends in."""

    def __init__(self, reading: Reading, i: int) -> None:
        self.reading, self.begin, self.i = reading, i, i
        self.owner = -1
        self.nouns: list[str] = []
        self.first = i
        self.best: Best | None = None
        self.described: list[str] = []
        self.quantity: tuple[str, Constant] | None = None
        self.by: list[tuple[str, str, Token]] = []
        self.asks = self.many = False

    def read(self) -> tuple[int, int]:
        """Return the thing that was read, -1 for none, and the index behind it."""
        reading = self.reading
        if reading.low(self.i) == "how" and in_place(reading, self.i):
            self.asks, self.many = True, True
            self.i += 2
        while (token := reading.at(self.i)) is not None:
            if token.low in DETERMINERS and not self.nouns:
                self.asks = self.asks or token.low in ("which", "what", "whose")
                self.i += 1
            elif token.name:
                if self.asks and self.nouns:
                    break
                found = self._name(token)
                if found >= 0:
                    return found, self.i
            elif token.low in ("'s", "’s", "'", "’") and self.nouns:
                self._own(self._made())
                self.i += 1
            elif not self._word(token):
                break
        if not self.nouns:
            return self._bare()
        return self._made(), self.i

    def _word(self, token: Token) -> bool:
        """Take a word before or in the noun; return False where the core ends."""
        i, reading = self.i, self.reading
        if self._counted(token):
            return True
        superlative = token.xpos in ("JJS", "RBS") or token.low in (*_ORDINALS, "last")
        superlative = superlative and reading.low(i + 1) not in ("name", "names", "lady", "season")
        if (
            superlative
            and not self.nouns
            and (reading.is_noun(i + 1) or not reading.is_verb(i + 1))
        ):
            self._superlative(token)
            self.i += 1
            return True
        if reading.is_noun(i) or (
            token.low in ("-", "–") and self.nouns and reading.is_noun(i + 1)
        ):
            self.nouns.append(token.text)
            self.i += 1
            return True
        before = token.upos in ("ADJ", "NUM", "ADV") or token.xpos in ("VBN", "VBG", "CD")
        if before and not self.nouns and self._leads_to_noun(i + 1):
            if token.value is None or token.upos == "ADJ":
                self.described.append(token.text)
            self.i += 1
            return True
        return False

    def _leads_to_noun(self, i: int) -> bool:
        for k in range(i, i + 4):
            token = self.reading.at(k)
            if token is None:
                return False
            if self.reading.is_noun(k):
                return True
            if token.upos not in ("ADJ", "ADV", "NUM") and token.xpos not in ("VBN", "VBG", "CD"):
                return token.low == "-" or bool(token.name)
        return False

    def _counted(self, token: Token) -> bool:
        """Take "more than 3", "at least 3", "3"."""
        reading, i = self.reading, self.i
        sign, at = "", i
        if token.low in _MORE and reading.low(i + 1) == "than":
            sign, at = _MORE[token.low], i + 2
        elif token.low in ("over", "under", "above", "below"):
            sign, at = _MORE[token.low], i + 1
        elif token.low == "at" and reading.low(i + 1) in ("least", "most"):
            sign, at = (">=" if reading.low(i + 1) == "least" else "<="), i + 2
        elif token.low == "exactly":
            sign, at = "=", i + 1
        number = reading.at(at)
        if not sign or number is None or number.value is None or self.nouns:
            return False
        self.quantity = sign, number.value
        self.i = at + 1
        return True

    def _superlative(self, token: Token) -> None:
        if token.low in _ORDINALS and token.low != "first":
            following = self.reading.low(self.i + 1)
            if following in ATTRIBUTES:
                self.best = Best(*ATTRIBUTES[following], _ORDINALS[token.low])
                self.i += 1
                return
            self.described.append(token.text)
            return
        attribute, most = ATTRIBUTES.get(token.low, (token.low, True))
        rank = 1
        if token.low == "most" and self.reading.low(self.i + 1) in ATTRIBUTES:
            attribute = ATTRIBUTES[self.reading.low(self.i + 1)][0]
            self.i += 1
        elif token.low in ("most", "least"):
            attribute, most = "", token.low == "most"
            adjective = self.reading.at(self.i + 1)
            if adjective is not None and adjective.upos == "ADJ":
                attribute = adjective.low
                self.i += 1
        elif token.low in ("fewest", "least"):
            attribute, most = "", False
        elif attribute == token.low:
            self.described.append(token.text)
            return
        self.best = Best(attribute, most, rank)

    def _name(self, token: Token) -> int:
        """Take a name: an owner, what describes the noun to come, or the thing itself."""
        reading, i = self.reading, self.i
        if reading.low(i + 1) in ("'s", "’s", "'", "’") and not (
            reading.role and kind_of(reading.low(i + 2)) in ("person", "place")
        ):
            self._own(self._named(token, i + 1))
            self.i = i + 2
            return -1
        if reading.low(i + 1) == "-" and reading.at(i + 2) is not None:
            said = reading.low(i + 2)
            preposition = "by" if said in ("owned", "founded", "directed", "produced") else "in"
            self.by.append((said, preposition, token))
            self.i = i + 3
            return -1
        if reading.is_noun(i + 1) and reading.low(i + 1) in _GROUPS and not self.nouns:
            last = reading.tokens[i + 1]
            named = replace(token, name=f"{token.name} {last.text}", end=last.end)
            self.i = i + 2
            return self._named(named, i + 2)
        sort = reading.low(i + 1) in _SORTS and not reading.is_noun(i + 2)
        if sort and not self.nouns and not self.asks:
            self.nouns.append(reading.low(i + 1))
            self.i = i + 2
            return self._named(token, i + 2)
        if reading.is_noun(i + 1) and not self.nouns:
            self.by.append(("", "", token))
            self.i = i + 1
            return -1
        thing = self._named(token, i + 1)
        self.i = i + 1
        return thing

    def _named(self, token: Token, end: int) -> int:
        thing = self.reading.sketch.add(
            self.reading.tokens[self.first].start, token.end, " ".join(self.nouns).lower()
        )
        thing.names = (token.name,)
        thing.kind = kind_of(thing.noun) if thing.noun else "thing"
        if self.nouns and self.owner >= 0:
            self.reading.sketch.join(self.owner, thing.noun, thing.id)
        self._restart(end)
        return thing.id

    def _own(self, thing: int) -> None:
        self.owner = thing

    def _restart(self, i: int) -> None:
        self.nouns, self.described, self.best, self.quantity = [], [], None, None
        self.first = self.begin

    def _made(self) -> int:
        """Make the thing of the nouns read so far."""
        reading = self.reading
        noun = " ".join(self.nouns).replace(" - ", "-")
        last = reading.tokens[self.i - 1]
        thing = reading.sketch.add(reading.tokens[self.first].start, last.end, noun)
        described = " ".join([*self.described, noun]).lower()
        thing.kind = kind_of(noun)
        thing.noun = described
        thing.plural = singular(self.nouns[-1]) != self.nouns[-1].lower()
        thing.best, thing.quantity = self.best, self.quantity
        if self.best is not None and self.best.attribute == "date" and thing.kind == "person":
            # Nobody's own date says who was the first king.
            thing.best = None
        thing.counted = self.many
        if self.asks and reading.wanted < 0:
            reading.wanted = thing.id
        for said, preposition, token in self.by:
            other = reading.sketch.add(token.start, token.end)
            other.names = (token.name,)
            if said:
                words = f"{said} {preposition}"
                reading.sketch.join(thing.id, words, other.id)
            elif ORIGIN.fullmatch(token.name):
                origin = ("nationality", "country of citizenship", "country of origin", "from")
                reading.sketch.join(thing.id, origin, other.id, extra=True)
            else:
                reading.sketch.join(other.id, described, thing.id)
        self.by = []
        if self.owner >= 0:
            reading.sketch.join(self.owner, described, thing.id)
            self.owner = -1
        self._restart(self.i)
        return thing.id

    def _bare(self) -> tuple[int, int]:
        """Return what has no noun: a value, a pronoun, adjectives alone."""
        reading = self.reading
        if in_place(reading, self.i):
            word = reading.tokens[self.i]
            thing = reading.sketch.add(word.start, word.end, kind=kind_of(word.low))
            thing.kind = "any" if word.low == "what" else thing.kind
            reading.wanted = thing.id
            return thing.id, self.i + 1
        if self.owner >= 0:
            return self.owner, self.i
        if self.quantity is not None:
            thing = reading.sketch.add(
                reading.tokens[self.first].start, reading.tokens[self.i - 1].end
            )
            thing.value = self.quantity[1]
            thing.quantity = self.quantity
            return thing.id, self.i
        token = reading.at(self.i)
        if token is not None and token.value is not None:
            thing = reading.sketch.add(token.start, token.end)
            thing.value = token.value
            return thing.id, self.i + 1
        if token is not None and token.upos == "PRON" and token.low not in RELATIVE:
            thing = reading.sketch.add(token.start, token.end, kind=kind_of(token.low))
            return thing.id, self.i + 1
        if self.best is not None or self.described or self.by:
            last = reading.tokens[self.i - 1]
            thing = reading.sketch.add(reading.tokens[self.first].start, last.end)
            thing.noun, thing.best = " ".join(self.described).lower(), self.best
            return thing.id, self.i
        if token is not None and token.upos == "ADJ" and self.i > self.begin - 1:
            thing = reading.sketch.add(token.start, token.end, token.low)
            return thing.id, self.i + 1
        return -1, self.begin
