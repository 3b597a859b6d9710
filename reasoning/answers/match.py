"""How well one step of a walk fits the words of a question."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.facts import Entity, Literal
from reasoning.answers.kinds import kind_of
from reasoning.answers.kinship import is_kin, kinship
from reasoning.answers.links import End, Link
from reasoning.answers.literals import is_date, is_number
from reasoning.answers.near import nearness, order, wording
from reasoning.answers.question import Question
from reasoning.answers.roles import is_agentive, turned
from reasoning.answers.similar import Similar
from reasoning.answers.words import Word, akin, fold, root, roots

__all__ = ["cover", "kind_asked", "suits"]

#: What is left of the fit of a step that does not say one of its words.
_MISSED = 0.4


def cover(
    question: Question, slot: Sequence[Word], link: Link, source: End, target: End, similar: Similar
) -> float:
    """Return how much of the slot's words the step from `source` to `target` says, in [0, 1]."""
    if not slot:
        return 0.5
    if question.kind in ("date", "place", "number") and _needs_a_stop(question, slot):
        return 0.0
    said = [_says(question, word, slot, link, source, target, similar) for word in slot]
    weights = [0.3 if _is_type(question, word) else 1.0 for word in slot]
    mean = sum(w * s for w, s in zip(weights, said, strict=True)) / sum(weights)
    missed = any(s < 0.25 for w, s in zip(weights, said, strict=True) if w == 1.0)
    return mean * (_MISSED if missed else 1.0)


def suits(kind: str, hint: str, target: End) -> float:
    """Return how well the end suits as something of this kind, in [0, 1].

    `hint` is the noun asked for, "film"; an end named so ("Nobel Peace Prize" for "prize") fits.
    """
    value = target.value
    if kind == "any":
        return 1.0
    if isinstance(value, Literal):
        if is_date(value):
            return {"date": 1.0, "thing": 0.4, "number": 0.1}.get(kind, 0.0)
        if is_number(value):
            return {"number": 1.0, "thing": 0.4, "date": 0.1}.get(kind, 0.0)
        return 0.7 if kind in ("thing", "number", "date") else 0.4
    if hint and root(hint) in roots(value.name):
        return 1.0
    table = {
        "person": {"Person": 1.0, "Organization": 0.5, "Misc": 0.6, "Location": 0.1, "Thing": 0.8},
        "place": {"Location": 1.0, "Organization": 0.6, "Misc": 0.6, "Thing": 0.8},
        "organization": {"Organization": 1.0, "Location": 0.5, "Misc": 0.6, "Thing": 0.8},
        "thing": {"Misc": 1.0, "Thing": 0.95, "Organization": 0.8, "Location": 0.7, "Person": 0.7},
    }.get(kind, {})
    fit = table.get(value.type, 0.3 if value.type in ("Concept", "Person") else 0.4)
    if kind in ("date", "number"):
        return 0.0
    if hint in ("nationality", "country", "nation") and value.type in ("Misc", "Concept"):
        return 0.8
    if kind == "thing" and value.type == "Concept":
        return 0.8
    return fit if value.type != "Person" or kind in ("person", "thing") else 0.05


def kind_asked(slot: Sequence[Word]) -> tuple[str, str]:
    """Return the kind of thing that relation words lead to, and the noun: discoverer, a person."""
    for word in slot:
        plain = fold(word.text)
        if kind_of(plain):
            return kind_of(plain), plain
        if is_kin(word) or is_agentive(plain):
            return "person", plain
    return "any", ""


def _says(
    question: Question,
    word: Word,
    slot: Sequence[Word],
    link: Link,
    source: End,
    target: End,
    similar: Similar,
) -> float:
    """Return how surely the step says the word, in [0, 1]."""
    if word in question.context:
        return _heard(word, link)
    kin = kinship(word, link, source, target)
    if kin is not None:
        return kin
    best = 0.0
    if link.fact is not None:
        if any(akin(word.root, stem) for stem in link.stems):
            best = turned(question, word, link, target)
        elif any(akin(word.root, root(part)) for part in _roles(source, target)):
            best = 0.9
        else:
            meant = " ".join(w.text for w in slot).lower()
            near = max(similar(meant, link.meaning), similar(fold(word.text), link.meaning))
            best = 0.85 * near
        if best < 0.7 and any(
            word.root in roots(end.name) for end in link.ends if isinstance(end.value, Entity)
        ):
            best = max(best, 0.6)
    if link.text is not None:
        best = max(best, wording(word, link, target))
        if best < 0.8:
            trust = order(word, link, source, target) * (0.75 if link.fact is None else 0.55)
            best = max(best, nearness(word, link, target) * trust)
    return best


def _needs_a_stop(question: Question, slot: Sequence[Word]) -> bool:
    """Return whether one step is asked to lead to a person and on to a date, place or number."""
    relations = [word for word in slot if not _is_type(question, word)]
    return len(relations) > 1 and any(kind_asked([word])[0] == "person" for word in relations)


def _heard(word: Word, link: Link) -> float:
    """Return how surely the link says the word anywhere: what goes with a name of the question."""
    if any(akin(word.root, r) for end in link.ends for r in roots(end.name)):
        return 1.0
    said = link.text is not None and any(akin(word.root, w.root) for w in link.text.words)
    return 0.9 if said else 0.0


def _is_type(question: Question, word: Word) -> bool:
    """Return whether the word only says of what kind the answer is: "place", "film"."""
    plain = fold(word.text)
    return plain.startswith(question.hint or "\0") or (
        kind_of(plain) == question.kind
        and plain
        in ("place", "date", "location", "year", "day", "time", "person", "number", "name")
    )


def _roles(source: End, target: End) -> list[str]:
    return [
        e.role for e in (source, target) if e.role not in ("head", "tail", "mention", "subject")
    ]
