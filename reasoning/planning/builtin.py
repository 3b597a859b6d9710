"""The built-in planner: rules over the parsed question, and a small trained head.

Call `plan(question, known)`; it is a `Planner`. `known` may be left out; the linked names in it
decide where names begin and end, and plans that failed are not given again. Rules read the parse
of the question into a sketch (`reasoning.planning.asking`), which is written as a program
(`reasoning.planning.writing`); the head lowers the scores of plans of a type that it does not
expect, and makes a chain where the rules have none. A yes or no comes from `exists`: where a
`retrieve` finds nothing the answer is unknown, where a `filter` leaves nothing it is no.

>>> for step in plan("Where was the director of film Alien born?")[0].program.steps:
...     print(step)
retrieve("Alien", director|`directed by`, ?director)
retrieve(?director, `born in`|`place of birth`, ?where)
output(?where)
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from reasoning.logic.forms import Link, Output, Path, Program, Retrieve, Term
from reasoning.planning.asking import Asked, understand
from reasoning.planning.hinted import chained, weighed
from reasoning.planning.lexicon import KIN, ROUNDABOUT, kind_of
from reasoning.planning.plan import Known, Plan
from reasoning.planning.sketch import Joint, Sketch
from reasoning.planning.tokens import LONGEST, Token, tokens_of
from reasoning.planning.writing import write

__all__ = ["plan"]

#: How many plans are given, and the kinds of answers.
_MOST = 5
_KINDS = frozenset(["person", "place", "organization", "thing", "date", "number"])


def plan(question: str, known: Known | None = None) -> list[Plan]:
    """Return plans for an English question, the likeliest first; none for what is no question.

    Raises `ModelError` when the parser is missing or damaged.
    """
    text = " ".join(question.split())
    if not text or len(text) > LONGEST or not any(c.isalnum() for c in text):
        return []
    from extractors.mini.planning.reader import load_question_reader

    linked = [name for name, _ in known.linked] if known is not None else []
    tokens = tokens_of(text, linked)
    found: list[Plan] = []
    asked = understand(text, tokens)
    if asked is not None:
        _name_leaves(asked)
        found += _plans(question, asked)
    kind = _kind(asked) if asked is not None else _by_word(tokens)
    reading = load_question_reader().read(text)
    found += chained(question, tokens, reading, kind)
    found += _plain(question, tokens, kind)
    failed = {str(failure.plan.program) for failure in known.failures} if known else set()
    unique: dict[str, Plan] = {}
    for each in weighed(found, reading):
        if str(each.program) not in failed:
            unique.setdefault(str(each.program), each)
    return sorted(unique.values(), key=lambda p: -p.score)[:_MOST]


def _name_leaves(asked: Asked) -> None:
    """Take as names what a question without capitals starts from: "population of india"."""
    sketch = asked.sketch
    if any(thing.given for thing in sketch.things) or any(c.isupper() for c in sketch.text[1:]):
        return
    for thing in sketch.things:
        leaf = len(list(sketch.of(thing.id))) == 1 and thing.id != asked.target
        if leaf and thing.noun and thing.best is None and not thing.plural:
            thing.names = (sketch.text[thing.start : thing.end],)


def _plans(question: str, asked: Asked) -> list[Plan]:
    kind = _kind(asked)
    names = {token.name for token in asked.tokens if token.name}
    tried = [(score, sketch, True) for score, sketch in _variants(asked.sketch)]
    if any(joint.extra for joint in asked.sketch.joints):
        tried.append((0.9, asked.sketch, False))
    if any(thing.best is not None for thing in asked.sketch.things):
        tried.append((0.7, _without_best(asked.sketch), True))
    found = []
    for score, sketch, extras in tried:
        # Writing adds to a sketch: each plan has one of its own.
        made = write(deepcopy(sketch), asked.target, asked.form, extras=extras)
        if made is None:
            continue
        used = {name for step in _steps(made[0]) for name in _names(step)}
        missed = len(names - used) / len(names) if names else 0.3
        sure = round(score * (1.0 - 0.5 * missed), 4)
        found.append(Plan(question, made[0], made[1], kind, "builtin", sure))
    return found


def _without_best(sketch: Sketch) -> Sketch:
    """Return a sketch that leaves "the highest" to the words of the question."""
    things = [replace(thing, best=None) for thing in sketch.things]
    return Sketch(sketch.text, things, list(sketch.joints), sketch.order, sketch.same)


def _steps(program: Program) -> tuple[Retrieve, ...]:
    return Plan("", program).steps


def _names(step: Retrieve) -> tuple[str, ...]:
    tail = step.tail.names if isinstance(step.tail, Term) else ()
    return (*step.head.names, *tail)


def _variants(sketch: Sketch) -> list[tuple[float, Sketch]]:
    """Return the sketch with kinship composed ("grandfather"), and as it stands."""
    composed, changed = sketch, False
    for joint in sketch.joints:
        steps = KIN.get(joint.words[0].lower())
        if steps is not None:
            changed = True
            composed = _through(composed, joint, steps)
    found = [(1.0, composed), (0.7, sketch)] if changed else [(1.0, sketch)]
    for joint in [] if changed else sketch.joints:
        for n, steps in enumerate(ROUNDABOUT.get(joint.words[0].lower(), ())):
            found.append((0.45 - 0.05 * n, _through(sketch, joint, steps)))
    return found[:3]


def _through(sketch: Sketch, joint: Joint, steps: tuple[str, ...]) -> Sketch:
    """Return the sketch with several steps in the place of one."""
    made = Sketch(sketch.text, list(sketch.things), [], sketch.order, sketch.same)
    for each in sketch.joints:
        if each is not joint:
            made.joints.append(each)
            continue
        at = joint.source
        for n, word in enumerate(steps):
            last = n == len(steps) - 1
            to = joint.target if last else made.add(-1, -1, word, "person").id
            made.joints.append(Joint(at, (word,), to, joint.main and last))
            at = to
    return made


def _plain(question: str, tokens: tuple[Token, ...], kind: str) -> list[Plan]:
    """Return one step from each of the first two names, by the other words of the question."""
    names = [t for t in tokens if t.name]
    if not names:
        return []
    said = [
        t.low
        for t in tokens
        if not t.name and t.upos in ("NOUN", "VERB", "ADJ", "NUM") and t.low not in ("name",)
    ]
    words = " ".join(said[:6]) or "is"
    link = Path((Link(words),))
    found = []
    for n, token in enumerate(names[:2]):
        steps = (Retrieve(Term(names=(token.name,)), link, Term("answer")), Output(("answer",)))
        ask = question.replace("{", "(").replace("}", ")").strip()
        found.append(Plan(question, Program(steps), (ask,), kind, "builtin", 0.3 - 0.05 * n))
    return found


def _by_word(tokens: tuple[Token, ...]) -> str:
    for token in tokens:
        if token.low in ("who", "whom", "where", "when"):
            return kind_of(token.low)
    return "any"


def _kind(asked: Asked) -> str:
    if asked.form in ("yesno", "same"):
        return "yesno"
    if asked.form == "count":
        return "number"
    kind = asked.asked.kind
    return kind if kind in _KINDS and (kind != "thing" or asked.asked.noun) else "any"
