"""Finding the names of the graph in a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kgkit.facts import Entity
from kgkit.ids import normalise_name
from reasoning.answers.view import FactView
from reasoning.answers.words import LIGHT, Word, fold, listed, words

__all__ = ["Name", "link", "wholes"]

_LONGEST = 14
_OPENERS = listed(
    "who whom whose where when what which how is are was were did does do has have had "
    "in on at by for from to name list give tell show can could will would"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at characters [start, end) of the question, and the entities that bear it."""

    start: int
    end: int
    text: str
    entities: tuple[Entity, ...]


def wholes(question: str, names: Sequence[Name]) -> list[Name]:
    """Return the capitalised phrases of which the names are only parts: they may be names too."""
    found = []
    for start, end in _capitalised(question, words(question), ()):
        parts = [n for n in names if start <= n.start and n.end <= end]
        if " and " in question[start:end].lower():
            continue
        if parts and all((n.start, n.end) != (start, end) for n in parts):
            found.append(Name(start, end, question[start:end], ()))
    return found


def link(question: str, view: FactView) -> tuple[list[Name], list[Name]]:
    """Return the names of the graph that the question holds, in order, and its unknown names.

    The longest match wins; words without a capital count only where no capitalised name is found,
    concepts only where nothing else is. A capitalised phrase that nothing bears
    is linked to a name spelt nearly so (ratio >= 0.88), and is unknown otherwise.
    """
    tokens = words(question)
    spans = list(_spans(question, tokens))
    texts = {question[start:end] for start, end, _ in spans}
    found = view.named(sorted({form for text in texts for form in _forms(text)}))
    names: list[Name] = []
    plain: list[Name] = []
    for start, end, capital in sorted(spans, key=lambda s: (not s[2], s[0] - s[1], s[0])):
        text = question[start:end]
        bearers = {entity.id: entity for form in _forms(text) for entity in found.get(form, ())}
        name = Name(start, end, text, tuple(bearers.values()))
        if not name.entities or any(start < n.end and n.start < end for n in (*names, *plain)):
            continue
        if capital:
            names.append(name)
        elif not _is_relational(question, start, end):
            plain.append(name)
    strangers: list[Name] = []
    for start, end in _capitalised(question, tokens, names):
        near = _nearly(question[start:end], view)
        (names if near else strangers).append(Name(start, end, question[start:end], near))
    if not names:
        things = [n for n in plain if any(e.type != "Concept" for e in n.entities)]
        names = things or plain
    return sorted(names, key=lambda n: n.start), strangers


def _forms(text: str) -> tuple[str, str]:
    """Return the name as it stands, and with its article taken off or put on."""
    bare = re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    return (text, bare) if bare != text else (text, f"the {text}")


def _spans(question: str, tokens: Sequence[Word]) -> list[tuple[int, int, bool]]:
    """Return the runs of words that may be names, with whether they hold a capital or digit."""
    found = []
    for i, first in enumerate(tokens):
        for last in tokens[i : i + _LONGEST]:
            start, end = first.start, last.end
            inside = question[start:end]
            if inside.count("(") > inside.count(")") and question[end : end + 1] == ")":
                end += 1
            plain = fold(question[start:end])
            if first is last and (
                plain in LIGHT or len(plain) < 2 or (i == 0 and plain in _OPENERS)
            ):
                continue
            if i == 0 and plain.split()[0] in _OPENERS and last is not first:
                continue
            body = [w for w in tokens[i : i + _LONGEST] if w.end <= end]
            capital = all(
                w.text[0].isupper() or w.text[0].isdigit() for w in (body[0], body[-1])
            ) and any(w.text[0].isupper() for w in body)
            found.append((start, end, capital))
    return found


def _is_relational(question: str, start: int, end: int) -> bool:
    """Return whether the word relates to what follows or precedes: "wife of", "X's wife"."""
    return bool(
        re.match(r"\s+(of|by)\b", question[end:]) or re.search(r"[’']s?\s+$", question[:start])
    )


def _capitalised(
    question: str, tokens: Sequence[Word], names: Sequence[Name]
) -> list[tuple[int, int]]:
    """Return the capitalised phrases outside the names; small words may stand inside them."""
    free = [
        w
        for i, w in enumerate(tokens)
        if not any(n.start < w.end and w.start < n.end for n in names)
        and not (i == 0 and fold(w.text) in _OPENERS | LIGHT)
    ]
    phrases: list[list[Word]] = []
    for word in free:
        if not word.text[0].isupper():
            continue
        if phrases and _joins(question[phrases[-1][-1].end : word.start]):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return [
        (p[0].start, p[-1].end) for p in phrases if not (len(p) == 1 and fold(p[0].text) in LIGHT)
    ]


def _joins(between: str) -> bool:
    return bool(re.fullmatch(r"[\s\-’'.&]*(?:(?:of|the|de|von|van|and|la|du)\s+)*", between))


def _nearly(name: str, view: FactView) -> tuple[Entity, ...]:
    plain = normalise_name(name)
    for candidate in view.similar_names(name, 3):
        if (
            len(plain) > 3
            and SequenceMatcher(None, plain, normalise_name(candidate)).ratio() >= 0.88
        ):
            return tuple(view.named([candidate]).get(candidate, ()))
    return ()
