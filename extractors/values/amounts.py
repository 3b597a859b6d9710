"""Numbers as they are written, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.values.lexicon import FRACTIONS, MAGNITUDES, ONES, TENS, VULGAR

__all__ = ["Amount", "read_amount"]

_SIGN = r"(?P<sign>(?:(?<![\w)])[-−–]|minus\s+)?)"
_VULGAR = "[" + "".join(VULGAR) + "]"
_DIGITS = re.compile(
    rf"""{_SIGN}(?:
        (?P<top>\d{{1,4}})/(?P<bottom>\d{{1,4}})(?![\d/])
      | (?P<whole>\d{{1,3}}(?:,\d{{3}})++(?:\.\d++)?          # 1,234.5
          | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d)              # 12,34,567
          | \d{{1,3}}(?:[\u00a0\u2009\u202f]\d{{3}})++(?!\d)  # thin blanks
          | \d{{1,3}}(?:\ \d{{3}}){{2,}}+(?!\d)               # 1 234 567
          | \d{{1,3}}(?:\.\d{{3}}){{2,}}+                     # 1.234.567
          | \d++(?:\.\d++)?
        )(?!\.?\d)
        (?:\s?[×x]\s?10(?:\s?\^?(?P<power>[-−]?\d{{1,3}})|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}))|[eE](?P<tens>[+-]?\d{{1,3}})(?!\w))?
        (?:\s?(?P<part>{_VULGAR})|\s(?P<upper>\d)/(?P<lower>\d{{1,2}})(?![\d/]))?
      | (?P<only>{_VULGAR})
    )(?:\s?±\s?\d++(?:[.,]\d++)?)?+                            # how exact it is""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]++")
_GAP = re.compile(r"[\s-](?=[^\W\d_])")
_MAGNITUDE = re.compile(
    rf"(?:\s|-)?(?P<name>{'|'.join(sorted(MAGNITUDES, key=len, reverse=True))})s?\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"k\b")
_AND_PART = re.compile(
    r"\s+and\s+(?:an?\s+(?:half|(?P<quarter>quarter))|(?P<three>three)[\s-]quarters)\b",
    re.IGNORECASE,
)
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_HALF = re.compile(r"half\s+(?:a|an)\s+(?=[^\W\d_])", re.IGNORECASE)
#: The words that numbers are made of; what follows the last of them may name a fraction.
_PARTS = frozenset([*ONES, *TENS, *MAGNITUDES, "a", "an", "and", "minus"])
#: No number in words is longer; what has more digits or powers of ten is a code.
_LONGEST = 24
_MOST_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that ends at `end`; `scale` is the magnitude named, `digits` whether it is written
    in digits alone, without sign, separator or fraction."""

    value: Decimal
    end: int
    scale: int = 1
    digits: bool = False


def read_amount(text: str, start: int) -> Amount | None:
    """Return the number that is written from `start` on, or None.

    >>> [read_amount(t, 0).value for t in ("1,250.5", "three dozen", "two and a half million")]
    [Decimal('1250.5'), Decimal('36'), Decimal('2500000.0')]
    """
    match = _DIGITS.match(text, start)
    if match is None:
        return _in_words(text, start)
    value = _in_digits(match)
    if value is None:
        return None
    plain = match.group().isdecimal()
    scaled = _MAGNITUDE.match(text, match.end())
    if scaled:
        scale = MAGNITUDES[scaled["name"].lower()]
        return Amount(value * scale, scaled.end(), scale)
    thousands = _THOUSANDS.match(text, match.end())
    if thousands:
        return Amount(value * 1000, thousands.end(), 1000)
    return Amount(value, match.end(), digits=plain)


def _in_digits(match: re.Match[str]) -> Decimal | None:
    if match["top"]:
        if int(match["bottom"]) == 0:
            return None
        value = Decimal(match["top"]) / Decimal(match["bottom"])
    elif match["only"]:
        value = VULGAR[match["only"]]
    else:
        digits = re.sub(r"[,\s]", "", match["whole"])
        if len(digits) > _MOST_DIGITS:
            return None
        value = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
        raised = (match["raised"] or "0").translate(_RAISED)
        power = int((match["power"] or match["tens"] or raised).replace("−", "-"))
        if abs(power) > _MOST_DIGITS:
            return None
        value *= Decimal(10) ** power
        if match["part"]:
            value += VULGAR[match["part"]]
        elif match["upper"]:
            if int(match["lower"]) == 0:
                return None
            value += Decimal(match["upper"]) / Decimal(match["lower"])
    return -value if match["sign"] else value


def _in_words(text: str, start: int) -> Amount | None:
    halved = _HALF.match(text, start)
    if halved:
        scaled = _MAGNITUDE.match(text, halved.end() - 1)
        if scaled is None:
            return Amount(Decimal("0.5"), halved.end() - 1)  # "half a litre"
        scale = MAGNITUDES[scaled["name"].lower()]
        return Amount(Decimal(scale) / 2, scaled.end(), scale)
    words, ends = _words(text, start)
    if not words:
        return None
    if words[0] == "minus":
        below = _in_words(text, ends[0] + 1)
        return below and Amount(-below.value, below.end, below.scale)
    value, used, scale = _sum(words)
    if not used:
        return None
    rest = words[used] if used < len(words) else ""
    part = FRACTIONS.get(rest.removesuffix("s"))
    if part is not None and value < 100 and (rest.endswith("s") or value == 1):
        return Amount(value * part, ends[used])
    more = _AND_PART.match(text, ends[used - 1])
    if more and scale == 1:
        scaled = _MAGNITUDE.match(text, more.end())
        scale = MAGNITUDES[scaled["name"].lower()] if scaled else 1
        end = scaled.end() if scaled else more.end()
        added = "0.25" if more["quarter"] else "0.75" if more["three"] else "0.5"
        return Amount((value + Decimal(added)) * scale, end, scale)
    return Amount(value, ends[used - 1], scale)


def _words(text: str, start: int) -> tuple[list[str], list[int]]:
    words: list[str] = []
    ends: list[int] = []
    match = _WORD.match(text, start)
    while match and len(words) < _LONGEST:
        words.append(match.group().lower())
        ends.append(match.end())
        if words[-1] not in _PARTS:
            break  # No number goes on beyond it: for most texts that is the first word.
        gap = _GAP.match(text, match.end())
        match = _WORD.match(text, gap.end()) if gap else None
    return words, ends


def _sum(words: list[str]) -> tuple[Decimal, int, int]:
    """Return the number that the first words say, how many they are, and its last magnitude.

    A number is groups below a thousand, each with a smaller magnitude than the one before.
    """
    total = group = used = 0
    scale, largest = 1, 10**18
    room = largest  # what is added next is less than this
    for i, word in enumerate(words):
        if word == "and" and used == i and i and room >= 100:
            continue
        small = ONES.get(word, TENS.get(word, -1))
        if word in ("a", "an") and i == 0 and words[1:2] and words[1] in MAGNITUDES:
            small = 1
        magnitude = MAGNITUDES.get(word, 0) if used == i and group else 0
        if 0 <= small < room:
            group += small
            room = 10 if word in TENS else 1
        elif 1000 <= magnitude < largest:
            total, group = total + group * magnitude, 0
            scale = largest = room = magnitude
        elif 0 < magnitude < 1000 and group < 100:
            group *= magnitude
            scale = room = magnitude
        else:
            break
        used = i + 1
    return Decimal(total + group), used, scale
