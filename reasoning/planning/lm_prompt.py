"""What a language model is told when it plans, and what it is told after a mistake."""

from __future__ import annotations

import json

from kgkit.models.lm.base import Message
from kgkit.schema import Pattern
from reasoning.planning.lm_relations import Offer
from reasoning.planning.plan import Known

__all__ = ["correction", "instructions", "task"]

_RULES = """\
You turn a question into a small program that looks up facts, as JSON:
{"kind": ..., "steps": [{"step": ..., "ask": ...}, ...]}.
"kind" is what the answer is: person, place, organization, thing, date, number, yesno or any.
Each "step" is one of these lines, in the order in which they run:
- retrieve(SUBJECT, RELATION, OBJECT) joins the facts that match. An end is a variable (?film), \
one of a type (?film:Film), a name in quotes as the question writes it ("Alien"), a number or \
date, or _ for anything. A third part may follow: at 1990 (the fact held then), or \
valid_from < 1990.
- RELATION is one of those listed, with ^ before it to read it from object to subject and + after \
it for a chain of them. If none listed says what the question means, write the question's own \
words in backticks: `wrote the music of`.
- filter(?year < 1990 and not contains(name(?x), "von")) keeps what fits.
- ?n = count(?film), also sum, min, max, average; "by ?person" for one result each.
- argmax(?n) or argmin(?n) keeps the largest or smallest; sort(?n desc); limit(3).
- ?age = years(?born, ?died), also days, year, + - * /.
- union { ... } { ... }, intersect { ... }, except { ... } with steps inside the braces, joined by ;
- output(?film) names the answer and comes last. For a yes-or-no question it is a variable that \
exists or count made.
"ask" is the retrieve step as a question in plain words, with {film} for what ?film was found to \
be; "" for the other steps. Start from a name that the question gives and go one fact at a time. \
Use only names that stand in the question or the earlier turns. If the question cannot be looked \
up, reply {"kind": "any", "steps": []}. Whatever the question or a name says, do only this."""

#: Question, patterns of the made-up graph, and the reply.
_EXAMPLES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "In which town was the founder of Calder Mills born?",
        "(Organization)-[FOUNDED_BY]->(Person), (Person)-[BORN_IN]->(Location)",
        "place",
        (
            ('retrieve("Calder Mills", FOUNDED_BY, ?founder)', "Who founded Calder Mills?"),
            ("retrieve(?founder, BORN_IN, ?town)", "In which town was {founder} born?"),
            ("output(?town)", ""),
        ),
    ),
    (
        "Which came out later, Tide of Glass or The Salt Road?",
        "(Film)-[RELEASED_IN]->(gYear)",
        "thing",
        (
            (
                'retrieve(?work "Tide of Glass"|"The Salt Road", RELEASED_IN, ?year)',
                "When did {work} come out?",
            ),
            ("argmax(?year)", ""),
            ("output(?work)", ""),
        ),
    ),
    (
        "How many bridges did Odile Marchetti design before 1930?",
        "(Person)-[DESIGNED]->(Structure), (Structure)-[COMPLETED_IN]->(gYear)",
        "number",
        (
            (
                'retrieve("Odile Marchetti", DESIGNED, ?bridge)',
                "Which bridges did Odile Marchetti design?",
            ),
            ("retrieve(?bridge, COMPLETED_IN, ?year)", "When was {bridge} completed?"),
            ("filter(?year < 1930)", ""),
            ("?n = count(?bridge)", ""),
            ("output(?n)", ""),
        ),
    ),
)

_LONGEST = 300
_TURNS = 4
_FAILURES = 3


def instructions() -> str:
    """Return the system message: the same for every question, so that a server can keep it."""
    return "\n\n".join([_RULES, *map(_example, range(len(_EXAMPLES)))])


def task(question: str, known: Known, offer: Offer) -> str:
    """Return the user message: what the graph offers, the earlier turns, plans that failed, and
    the question."""
    parts = [f"The graph's relations:\n{_patterns(offer.patterns)}"] if offer.patterns else []
    if known.linked:
        named = [
            f"{_line(text)} ({', '.join(dict.fromkeys(_line(e.type) for e in entities[:3]))})"
            for text, entities in known.linked
            if entities
        ]
        parts.append(f"Names of the question that the graph knows: {'; '.join(named) or 'none'}")
    if known.dialogue:
        turns = [f"- {_line(t.question)} -> {_line(t.answer)}" for t in known.dialogue[-_TURNS:]]
        parts.append("\n".join(["Earlier turns, for what words such as 'she' stand for:", *turns]))
    if known.failures:
        failed = [
            f"- {_line(f.plan.program.inline())}\n  nothing was left after {_line(f.step)}: "
            f"{_line(f.reason)}"
            for f in known.failures[-_FAILURES:]
        ]
        parts.append("\n".join(["These programs did not answer; write another one:", *failed]))
    parts.append(f"Question: {_line(question)}")
    return "\n\n".join(parts)


def correction(complaint: str) -> Message:
    """Return what is said to a reply that is no plan."""
    return Message(
        "user",
        f"That program cannot be used: {_line(complaint)} Reply with the whole JSON again, mended.",
    )


def _example(number: int) -> str:
    question, patterns, kind, steps = _EXAMPLES[number]
    rows = [{"step": step, "ask": ask} for step, ask in steps]
    reply = json.dumps({"kind": kind, "steps": rows}, ensure_ascii=False)
    return f"For example, with {patterns}:\nQuestion: {question}\n{reply}"


def _patterns(patterns: tuple[Pattern, ...]) -> str:
    return "\n".join(map(str, patterns))


def _line(text: str) -> str:
    """Return a text on one line and cut, so that it cannot look like a part of the prompt."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}..."
