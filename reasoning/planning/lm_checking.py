"""Holding a written plan against the graph and the question before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kgkit.errors import QueryError
from kgkit.ids import normalise_name
from reasoning.logic.checking import check
from reasoning.logic.forms import Combine, Link, Mode, Path, Program, Retrieve, Step, Term
from reasoning.logic.vocabulary import Vocabulary
from reasoning.planning.plan import Known, Plan
from stores.property_graph.naming import relationship_type

__all__ = ["complaint", "in_own_relations"]


def in_own_relations(program: Program, vocabulary: Vocabulary) -> Program:
    """Return the program with relations written as the graph writes them, where it has them.

    >>> from kgkit.schema import Schema
    >>> from reasoning.logic.reading import parse
    >>> films = Vocabulary.of_schema(Schema.parse("(Person)-[DIRECTED]->(Film)"))
    >>> print(in_own_relations(parse('retrieve(?p, directed, "Alien")'), films))
    retrieve(?p, DIRECTED, "Alien")
    """
    known = set(vocabulary.relations)

    def own(step: Retrieve) -> Retrieve:
        links = tuple(
            replace(link, relation=name)
            if (name := relationship_type(link.relation)) in known
            else link
            for link in step.path.links
        )
        return replace(step, path=replace(step.path, links=links))

    return Program(tuple(_mapped(program, own)))


def complaint(plan: Plan, known: Known) -> str | None:
    """Return one sentence on why a plan cannot be run, None where it can.

    A relation in capitals must be the graph's, one in small letters is taken for words of the
    question and is not held against the graph. A name must stand in the question, in an earlier
    turn, or be that of an entity linked to either; and a plan that failed already is no answer.
    """
    if any(str(plan.program) == str(failure.plan.program) for failure in known.failures):
        return "this program was run and did not answer; write another one."
    for name in _names(plan.program):
        if not _is_said(name, plan.question, known):
            return (
                f"the name {name!r} stands neither in the question nor in an earlier turn; copy "
                "names from there, letter by letter."
            )
    if not known.vocabulary.patterns:
        return None
    try:
        check(Program(tuple(_mapped(plan.program, _open))), known.vocabulary)
    except QueryError as error:
        return str(error)
    return None


def _open(step: Retrieve) -> Retrieve:
    """Return the step with any relation in the place of words, which are matched when it runs."""
    if step.mode is not Mode.DEDUCE and not any(_is_words(link) for link in step.path.links):
        return step
    return replace(step, path=Path(variable="any relation"))


def _is_words(link: Link) -> bool:
    return link.relation != link.relation.upper()


def _mapped(program: Program, change: Callable[[Retrieve], Retrieve]) -> Iterator[Step]:
    """Yield the steps with every retrieve step changed, inside of blocks too."""
    for step in program.steps:
        match step:
            case Retrieve():
                yield change(step)
            case Combine(operation, left, right):
                first = None if left is None else Program(tuple(_mapped(left, change)))
                yield Combine(operation, first, Program(tuple(_mapped(right, change))))
            case _:
                yield step


def _names(program: Program) -> list[str]:
    steps = Plan("", program).steps
    ends = [end for step in steps for end in (step.head, step.tail) if isinstance(end, Term)]
    return list(dict.fromkeys(name for end in ends for name in end.names))


def _is_said(name: str, question: str, known: Known) -> bool:
    plain = normalise_name(name)
    turns = [text for turn in known.dialogue for text in (turn.question, turn.answer)]
    if any(plain in normalise_name(text) for text in (question, *turns)):
        return True
    entities = [e for _, linked in known.linked for e in linked]
    entities += [e for turn in known.dialogue for e in turn.entities]
    return any(plain == normalise_name(form) for e in entities for form in (e.name, *e.aliases))
