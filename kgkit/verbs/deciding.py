"""The verbs of people: what they decide stands, whatever is read or built later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.align.proposals import Proposal
    from kgkit.aligning import AlignReport
    from kgkit.facts import Fact
    from kgkit.graph import KnowledgeGraph
    from stores.ledger import LogEntry

__all__ = [
    "align",
    "assert_fact",
    "decisions",
    "forbid_merge",
    "merge",
    "proposals",
    "reject_fact",
    "split",
    "unmerge",
    "withdraw",
]


def align(kg: KnowledgeGraph) -> AlignReport:
    """Join the names of one entity and part namesakes, as decisions by "align".

    They are made anew each time from what the graph holds, and stand below what people
    decide. What is unsure waits among the `proposals`.
    """
    from kgkit.aligning import align

    report = align(kg.ledger, encode=kg.projections.encoder.encode)
    kg.projections.follow()
    return report


def proposals(kg: KnowledgeGraph) -> list[Proposal]:
    """Return what the last `align` proposed to merge and became of it, surest first."""
    from kgkit.aligning import proposals

    return proposals(kg.ledger)


def merge(kg: KnowledgeGraph, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
    """Decide that two entities are one; return the id of the decision. `unmerge` undoes it.

    Raises `InputError` when one is not there, or a decision forbids it.
    """
    return kg.ledger.merge(a_id, b_id, who=who, when=when)


def unmerge(kg: KnowledgeGraph, a_id: str, b_id: str, *, who: str = "", when: str = "") -> bool:
    """Withdraw the merge of two entities; return whether there was one."""
    return kg.ledger.unmerge((a_id, b_id), who=who, when=when)


def forbid_merge(kg: KnowledgeGraph, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
    """Decide that two entities are never one; return the id of the decision."""
    return kg.ledger.forbid_merge(a_id, b_id, who=who, when=when)


def split(
    kg: KnowledgeGraph, entity_id: str, documents: Iterable[str], *, who: str = "", when: str = ""
) -> str:
    """Decide that what these documents (addresses or ids) name so is another entity.

    Returns the id of the decision, which also holds for what is read from there later.
    """
    return kg.ledger.split(entity_id, documents, who=who, when=when)


def assert_fact(kg: KnowledgeGraph, fact: Fact, *, who: str = "", when: str = "") -> str:
    """Add a fact on a person's word; return the id of the decision."""
    return kg.ledger.assert_fact(fact, who=who, when=when)


def reject_fact(kg: KnowledgeGraph, fact_id: str, *, who: str = "", when: str = "") -> str:
    """Withhold a fact, whatever evidence it has or gets; return the id of the decision."""
    return kg.ledger.reject_fact(fact_id, who=who, when=when)


def withdraw(kg: KnowledgeGraph, decision_id: str, *, who: str = "", when: str = "") -> bool:
    """Take back a decision of any kind; return whether it was in force."""
    return kg.ledger.withdraw(decision_id, who=who, when=when)


def decisions(kg: KnowledgeGraph) -> list[LogEntry]:
    """Return every decision that was made or withdrawn, in order."""
    return kg.ledger.decision_log()
