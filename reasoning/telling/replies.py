"""A model's reply as claims with the numbers that they cite."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.llm.replies import LONGEST, json_values, visible
from extractors.sentences import sentences

__all__ = ["Claim", "Told", "read_reply"]

_MOST = 12
_MARK = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_ANSWER = re.compile(
    r"(?:^|(?<=[.\]!?])[ \t]+)[*_#\s]*(?:final\s+|short\s+)?answer[*_\s]*:[\s*_]*(.+?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a reply and the numbers of the evidence that it cites."""

    text: str
    cites: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} {''.join(f'[{number}]' for number in self.cites)}".strip()


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply says: claims, and the short answer or ""."""

    claims: tuple[Claim, ...] = ()
    answer: str = ""


def read_reply(reply: str) -> Told:
    """Return what a reply says: JSON of the asked form, else sentences with numbers in brackets.

    >>> read_reply("Polonium was found in Paris [1][2].\\nAnswer: Paris")
    Told(claims=(Claim(text='Polonium was found in Paris.', cites=(1, 2)),), answer='Paris')
    """
    text = visible(reply[:LONGEST])
    values = [value for value in json_values(text) if isinstance(value, dict)]
    found = [value for value in values if "claims" in value]
    if not found:  # cut off within the JSON: what is whole in it counts
        whole = [claim for value in values if (claim := _claim(value))]
        return Told(tuple(whole[:_MOST])) if whole or '"claims"' in text else _written(text)
    rows = found[-1]["claims"]
    claims = [claim for row in rows if (claim := _claim(row))] if isinstance(rows, list) else []
    answer = found[-1].get("short_answer", found[-1].get("answer"))
    return Told(tuple(claims[:_MOST]), _line(answer) if isinstance(answer, str | int) else "")


def _claim(row: object) -> Claim | None:
    match row:
        case {"text": str(text), **rest}:
            cited = rest.get("cites", ())
            numbers = cited if isinstance(cited, list) else [cited]
            own = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
            return Claim(_line(_MARK.sub("", text)), tuple(dict.fromkeys([*own, *_marks(text)])))
        case str(text):
            return Claim(_line(_MARK.sub("", text)), _marks(text))
    return None


def _written(text: str) -> Told:
    answer = _ANSWER.search(text)
    body = _ANSWER.sub("", text)
    # A mark after the full stop belongs to the sentence before it.
    body = re.sub(r"([.!?])((?:\s*\[[\d,; ]+\])+)", r"\2\1", body)
    claims = []
    for start, end in sentences(body):
        said = body[start:end]
        plain = re.sub(r"\s+([.!?,;])", r"\1", _line(_MARK.sub("", said)))
        if re.search(r"\w", plain):
            claims.append(Claim(plain, _marks(said)))
    return Told(tuple(claims[:_MOST]), _line(_MARK.sub("", answer[1])) if answer else "")


def _marks(text: str) -> tuple[int, ...]:
    numbers = [int(n) for group in _MARK.findall(text) for n in re.findall(r"\d+", group)]
    return tuple(dict.fromkeys(numbers))


def _line(text: object) -> str:
    return " ".join(str(text).split())
