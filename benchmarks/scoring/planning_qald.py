"""The forms of plans against the SPARQL queries of QALD."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reasoning.logic.forms import Aggregate, Arg, Combine, Filter, Limit, Program, Retrieve
from reasoning.planning.plan import Known, Plan, Planner

__all__ = ["Form", "form_of_plan", "form_of_query", "qald_figures", "qald_questions"]

_PREFIX = re.compile(r"PREFIX\s+\S*\s*<[^>]*>", re.IGNORECASE)
_TYPE = re.compile(r"\s(?:a|rdf:type|<[^>]*#type>)\s", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Form:
    """What a query does: "select", "ask" or "count"; whether it takes the best, whether it tests
    a value, and how many facts it joins, not counting what something is ("a film")."""

    asks: str
    best: bool
    tests: bool
    facts: int


def qald_questions(folder: Path, *, held_out: bool) -> Iterator[tuple[str, Form]]:
    """Yield the questions of qald9_train_en with the form of their query: the half that is
    measured on, or the half that rules may be written by, told apart by a hash."""
    with gzip.open(folder / "qald9_train_en.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            digest = hashlib.sha256(row["question"].encode()).hexdigest()
            if (int(digest, 16) % 2 == 0) == held_out:
                yield row["question"], form_of_query(row["sparql"])


def form_of_query(sparql: str) -> Form:
    """Return the form of a SPARQL query.

    >>> form_of_query("SELECT ?f WHERE { ?f a dbo:Film ; dbo:director dbr:X . ?f dbo:year ?y }")
    Form(asks='select', best=False, tests=False, facts=2)
    """
    body = _PREFIX.sub(" ", sparql)
    head = body.split("{", 1)[0].upper()
    asks = "ask" if "ASK" in head.split() else "count" if "COUNT" in head else "select"
    low = body.lower()
    tests = bool(re.search(r"filter\s*\((?!.*lang)", low)) or " having" in low
    return Form(asks, "order by" in low, tests, _facts(body))


def _facts(body: str) -> int:
    """Return the number of triple patterns that do not just give a type."""
    inside = _ADDRESS.sub("<x>", body[body.find("{") :]) if "{" in body else ""
    types = len(_TYPE.findall(inside.replace("{", " { ")))
    types += len(re.findall(r"<x>\s+(?:yago|dbo):[A-Z]", inside)) * 0
    inside = re.sub(r"(?:filter|bind)\s*\(.*?\)(?=\s*[.}])", " ", inside, flags=re.I | re.S)
    inside = re.sub(r"\d\.\d", "0", inside)
    parts = [p for p in re.split(r"\s[.;]|[.;]\s|[{}]|\bUNION\b|\bOPTIONAL\b", inside) if p.strip()]
    triples = [
        p for p in parts if len(p.split()) >= 2 and not p.strip().lower().startswith("order")
    ]
    triples = [p for p in triples if not re.match(r"\s*(?:group|limit|having|offset)\b", p, re.I)]
    return max(0, len(triples) - types)


def form_of_plan(plan: Plan) -> Form:
    """Return the form of a plan's program."""
    steps = list(_flat(plan.program))
    counts = [s for s in steps if isinstance(s, Aggregate)]
    ends = counts[-1].function if counts and not counts[-1].by else ""
    asks = {"exists": "ask", "count": "count"}.get(ends, "select")
    best = any(isinstance(s, Arg | Limit) for s in steps)
    tests = asks != "ask" and any(isinstance(s, Filter) for s in steps)
    return Form(asks, best, tests, sum(isinstance(s, Retrieve) for s in steps))


def _flat(program: Program) -> Iterator[object]:
    for step in program.steps:
        yield step
        if isinstance(step, Combine):
            yield from _flat(step.right)
            if step.left is not None:
                yield from _flat(step.left)


def qald_figures(planner: Planner, folder: Path, most: int | None = None) -> dict[str, float]:
    """Return the figures on the half of QALD-9 that no rule was written by, in percent.

    `qald_form` is the share of questions whose first plan selects, asks or counts, takes the best
    and tests a value exactly where the query does; `qald_asks`, `qald_best` and `qald_tests` are
    these one by one; `qald_facts` is the share that joins as many facts.
    """
    asked = list(qald_questions(folder, held_out=True))[:most]
    rows: list[tuple[bool, bool, bool, bool]] = []
    for question, gold in asked:
        plans: Sequence[Plan] = planner(question, Known())
        found = form_of_plan(plans[0]) if plans else Form("none", False, False, 0)
        rows.append(
            (
                found.asks == gold.asks,
                found.best == gold.best,
                found.tests == gold.tests,
                found.facts == gold.facts,
            )
        )
    count = max(1, len(rows))
    names = ("qald_asks", "qald_best", "qald_tests", "qald_facts")
    figures = {
        name: round(100 * sum(r[i] for r in rows) / count, 1) for i, name in enumerate(names)
    }
    form = round(100 * sum(all(r[:3]) for r in rows) / count, 1)
    return {"qald_form": form, **figures, "qald_questions": float(len(rows))}
