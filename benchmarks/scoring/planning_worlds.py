"""Plans that are run: the share that gives the right answer over the facts of small worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.scoring.planning_ground import ground
from extractors.worlds.inquiries import Inquiries, Inquiry
from extractors.worlds.names import Split
from kgkit.errors import KgkitError
from kgkit.facts import Entity, Literal
from reasoning.answers.similar import Similar
from reasoning.logic.run import run
from reasoning.logic.source import MemoryFacts
from reasoning.logic.vocabulary import Vocabulary
from reasoning.planning.plan import Known, Plan, Planner

__all__ = ["Outcome", "executable", "outcomes"]

Outcome = tuple[Inquiry, Plan | None, tuple[str, ...], bool]


def executable(
    planner: Planner, similar: Similar, split: Split, worlds: int, each: int
) -> dict[str, float]:
    """Return the share in percent, over all kinds and of each, of questions whose first plan gives
    exactly the right answers."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for inquiry, _, _, good in outcomes(planner, similar, split, worlds, each):
        total[inquiry.kind] += 1
        right[inquiry.kind] += good
    figures = {"executable": round(100 * sum(right.values()) / max(1, sum(total.values())), 1)}
    for kind in sorted(total):
        figures[f"executable_{kind}"] = round(100 * right[kind] / total[kind], 1)
    return figures


def outcomes(
    planner: Planner, similar: Similar, split: Split, worlds: int, each: int
) -> Iterator[Outcome]:
    """Yield each question with its first plan, what that gives, and whether it is right."""
    for seed in range(worlds):
        made = Inquiries.make(seed, split, each)
        source = MemoryFacts(made.facts)
        vocabulary = Vocabulary.of_facts(made.facts)
        known = {e.name: e for f in made.facts for e in (f.head, f.tail) if isinstance(e, Entity)}
        for inquiry in made.asked:
            linked = tuple((n, (known[n],)) for n in sorted(known) if n in inquiry.text)
            plans = planner(inquiry.text, Known(vocabulary, linked))
            if not plans:
                yield inquiry, None, (), False
                continue
            types = {name: entity.type for name, entity in known.items()}
            given = _answers(plans[0], vocabulary, types, similar, source)
            yield inquiry, plans[0], given, set(given) == set(inquiry.answers)


def _answers(
    plan: Plan,
    vocabulary: Vocabulary,
    types: dict[str, str],
    similar: Similar,
    source: MemoryFacts,
) -> tuple[str, ...]:
    """Return what a plan gives; what it raises, for one that cannot be run."""
    grounded = ground(plan.program, vocabulary, types, similar)
    try:
        table = run(grounded, source, timeout=5.0).table
    except KgkitError as error:
        return (f"error: {error}",)
    return tuple(dict.fromkeys(_said(row.cells[0]) for row in table.rows if row.cells))


def _said(cell: Entity | Literal) -> str:
    if isinstance(cell, Entity):
        return cell.name
    if isinstance(cell.value, bool):
        return "yes" if cell.value else "no"
    return str(cell.value)
