"""Questions that set two things side by side: which came first, are both from one country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kgkit.facts import Entity, Literal
from reasoning.answers.literals import year
from reasoning.answers.names import Name
from reasoning.answers.paths import Path, walk
from reasoning.answers.pool import Pool
from reasoning.answers.question import Question
from reasoning.answers.similar import Similar
from reasoning.answers.words import Word, fold, listed, root, words

__all__ = ["Comparison", "compare"]

#: Comparatives with the direction they ask for, and the attribute that some of them mean.
_LEAST = listed(
    "earlier first older elder oldest earliest before sooner smaller lower fewer less shorter"
)
_MOST = listed(
    "later last younger youngest latest recently recent after larger higher bigger "
    "taller longer more greater most"
)
_MEANS = {"older": "born", "elder": "born", "younger": "born", "oldest": "born", "youngest": "born"}
_IDLE = listed("share same both have than out come came come country's common recently")
_SIZE = listed("smaller lower fewer less shorter larger higher bigger taller greater")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing: the answer, the paths it rests on and how sure, in [0, 1]."""

    text: str
    paths: tuple[Path, ...]
    score: float
    note: str


def compare(question: Question, pool: Pool, similar: Similar) -> Comparison | None:
    """Return what comparing the question's two choices gives.

    None when it compares nothing, or what is compared is not found for both.
    """
    if len(question.choice) != 2:
        return None
    plain = [fold(w.text) for w in words(question.text)]
    if question.kind == "yesno":
        return _same(question, pool, similar) if "same" in plain or "both" in plain else None
    if "lived" in plain and "longer" in plain:
        return _lifetimes(question, pool, similar)
    direction = next((w for w in plain if w in _LEAST | _MOST), None)
    if direction is None:
        return None
    kind = "number" if direction in _SIZE else "date"
    asked = replace(question, kind=kind, hint="")
    content = [w for w in question.content if fold(w.text) not in _LEAST | _MOST | _IDLE]
    content = [w for w in content if root(w.text) != root(question.hint or "\0")]
    content = _once(content)
    meant = _MEANS.get(direction)
    if meant:
        at = next(w for w in words(question.text) if fold(w.text) == direction)
        content.append(Word(at.start, at.end, meant, root(meant)))
    elif {"came", "come"} & set(plain):
        at = next(w for w in words(question.text) if fold(w.text) in ("came", "come"))
        content.append(Word(at.start, at.end, "released", root("released")))
    found = [_best(asked, name, content, pool, similar) for name in question.choice]
    if found[0] is None or found[1] is None:
        return None
    values = [_order(path.target.value) for path in found if path is not None]
    if values[0] is None or values[1] is None or values[0] == values[1]:
        return None
    first = values[0] < values[1]
    chosen = question.choice[0 if first == (direction in _LEAST) else 1]
    note = " and ".join(
        f"{name.text}: {path.target.name}"
        for name, path in zip(question.choice, found, strict=True)
        if path is not None
    )
    return Comparison(chosen.text, (found[0], found[1]), min(found[0].score, found[1].score), note)


def _same(question: Question, pool: Pool, similar: Similar) -> Comparison | None:
    content = _once(w for w in question.content if fold(w.text) not in _IDLE)
    asked = replace(question, kind="place", hint="country")
    if not any(w.root in (root("country"), "nation") for w in content):
        asked = replace(question, kind="thing", hint="")
    found = [_best(asked, name, content, pool, similar) for name in question.choice]
    if found[0] is None or found[1] is None:
        return None
    one, other = fold(found[0].target.name), fold(found[1].target.name)
    same = one == other or _demonym(one, other)
    note = " and ".join(
        f"{name.text}: {path.target.name}"
        for name, path in zip(question.choice, found, strict=True)
        if path is not None
    )
    text = "Yes" if same else "No"
    return Comparison(text, (found[0], found[1]), min(found[0].score, found[1].score), note)


def _best(
    question: Question, name: Name, content: Sequence[Word], pool: Pool, similar: Similar
) -> Path | None:
    """Return the best path for one of the names, over all ways to cut the words into steps."""
    best: Path | None = None
    for slots in _cuts(sorted(content, key=lambda w: w.start)):
        for path in walk(replace(question.about(name), slots=slots), pool, similar):
            if isinstance(path.target.value, Literal) != (question.kind in ("date", "number")):
                continue
            if best is None or path.score > best.score:
                best = path
    return best


def _once(content: Iterable[Word]) -> list[Word]:
    """Return the words without repetitions: "director of A and director of B"."""
    return list({word.root: word for word in content}.values())


def _lifetimes(question: Question, pool: Pool, similar: Similar) -> Comparison | None:
    """Return who of two lived longer, from their dates of birth and death."""
    asked = replace(question, kind="date", hint="")
    paths: list[Path] = []
    ages: list[float] = []
    for name in question.choice:
        ends = [_best(asked, name, [_said(verb)], pool, similar) for verb in ("born", "died")]
        if ends[0] is None or ends[1] is None:
            return None
        born, died = _order(ends[0].target.value), _order(ends[1].target.value)
        if born is None or died is None:
            return None
        paths += [ends[0], ends[1]]
        ages.append(_years(died) - _years(born))
    if ages[0] == ages[1]:
        return None
    chosen = question.choice[0 if ages[0] > ages[1] else 1]
    note = " and ".join(
        f"{name.text}: {age:.0f} years" for name, age in zip(question.choice, ages, strict=True)
    )
    return Comparison(chosen.text, tuple(paths), min(path.score for path in paths), note)


def _said(verb: str) -> Word:
    return Word(0, 0, verb, root(verb))


def _years(parts: tuple[float, ...]) -> float:
    year, month, day = (*parts, *(6.0, 15.0)[len(parts) - 1 :])[:3]
    return year + month / 12 + day / 365


def _cuts(content: Sequence[Word]) -> Iterator[tuple[tuple[Word, ...], ...]]:
    """Yield the ways to cut the words, in their order, into one, two or three groups."""
    kept = tuple(content)
    if not kept:
        return
    yield (kept,)
    for i in range(1, len(kept)):
        yield kept[:i], kept[i:]
        for j in range(i + 1, len(kept)):
            yield kept[:i], kept[i:j], kept[j:]


def _order(value: Entity | Literal) -> tuple[float, ...] | None:
    """Return what the value is ordered by: a date's parts or a number."""
    if isinstance(value, Entity):
        return None
    if isinstance(value.value, date):
        return (value.value.year, value.value.month, value.value.day)
    if isinstance(value.value, (int, float)) and value.datatype in ("integer", "decimal"):
        return (float(value.value),)
    found = year(value)
    parts = re.findall(r"\d+", str(value.value))
    return (found, *(int(p) for p in parts[1:])) if found is not None else None


def _demonym(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)])
