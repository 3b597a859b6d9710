"""How a relation is said: clauses and questions with a place for head and tail.

Common relations are worded in `relations.txt`; any other is worded from its own name, and from
the words it was read from where a text gave them.

>>> said = word(Relation("FLOWS_INTO", "entity"))
>>> said.clauses[0], said.gaps[0]
('{h} flows into {t}', 'Fill the gap: {h} flows into ___.')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.entigraph.wording.deriving import derive

__all__ = ["Relation", "Saying", "word"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as it is to be said.

    `kind` of its tails is "entity", "day", "period" (a month or year) or "value"; `predicate` the
    surface form that most of its facts came from, `tail_type` the type of most tails; `single`
    whether no head has two tails.
    """

    name: str
    kind: str
    predicate: str = ""
    tail_type: str = ""
    single: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """Clauses with {h} and {t}; questions on the tail with {h}, on the head with {t}.

    `noun` names the tail's part, "birthplace", or is empty. `gaps` and `reverse_gaps` ask by a
    clause with a gap; every relation has them, but perhaps no question.
    """

    noun: str
    clauses: tuple[str, ...]
    questions: tuple[str, ...]
    reverse: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    reverse_gaps: tuple[str, ...] = ()


def word(relation: Relation) -> Saying:
    """Return how a relation is said."""
    words = " ".join(relation.name.lower().split("_"))
    listed = _listed(words, relation.kind)
    if listed is None:
        listed = Saying(*derive(words, relation.predicate, relation.kind), (), ())
    noun = listed.noun
    on = "on {t}" if relation.kind == "day" else "in {t}"
    clauses = [clause.replace("{on}", on) for clause in listed.clauses]
    questions = list(listed.questions)
    reverse = [question.replace("{on}", on) for question in listed.reverse]
    if noun:
        clauses += _nominal(noun, single=relation.single)
        questions += _asking(noun, single=relation.single)
    if relation.single and relation.kind == "entity":
        clauses += _clefts(clauses[:2])
    first = clauses[: max(2, len(clauses) // 2)]
    return Saying(
        noun,
        tuple(clauses),
        tuple(questions),
        tuple(reverse),
        tuple(f"Fill the gap: {clause.replace('{t}', '___')}." for clause in first),
        tuple(f"Fill the gap: {clause.replace('{h}', '___')}." for clause in first),
    )


def _nominal(noun: str, *, single: bool) -> list[str]:
    if single:
        return [f"the {noun} of {{h}} is {{t}}", f"{{h}} has {{t}} as {noun}"]
    return [f"one {noun} of {{h}} is {{t}}", f"{{t}} is one {noun} of {{h}}"]


def _asking(noun: str, *, single: bool) -> list[str]:
    if single:
        return [f"What is the {noun} of {{h}}?"]
    return [f"What is known as {noun} of {{h}}?"]


def _clefts(clauses: list[str]) -> list[str]:
    """Return "it is {t} that {h} ..." for clauses that run from head to tail."""
    other = (" and ", " has ", " had ")
    plain = [c for c in clauses if c.startswith("{h} ") and c.endswith(" {t}")]
    plain = [clause for clause in plain if not any(word in clause for word in other)]
    return [f"it is {{t}} that {clause.removesuffix(' {t}')}" for clause in plain]


def _listed(words: str, kind: str) -> Saying | None:
    wanted = {"entity": ("any",), "value": ("value", "any")}.get(kind, ("date", "any"))
    for place in wanted:
        found = _wordings().get((words, place))
        if found is not None:
            return found
    return None


@cache
def _wordings() -> dict[tuple[str, str], Saying]:
    text = files("extractors.entigraph.wording").joinpath("relations.txt").read_text("utf-8")
    found: dict[tuple[str, str], Saying] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        names, kind, noun, *fields = line.split(" | ")
        clauses, questions, reverse = (tuple(field.split("; ")) for field in fields)
        said = Saying("" if noun == "-" else noun, clauses, questions, reverse)
        for name in names.split(", "):
            found.setdefault((name, kind), said)
    return found
