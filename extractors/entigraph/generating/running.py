"""Jobs given to a model, several at once, their replies in the order of the jobs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from extractors.entigraph.generating.jobs import Job
from kgkit.models.lm.base import Completion
from kgkit.models.lm.failures import BudgetError, CallError
from kgkit.models.lm.metered import MeteredLM

__all__ = ["Replies", "ask_all"]

#: The reply to each job: None where the budget held it back, the error where none could be had.
Replies = list[Completion | CallError | None]


def ask_all(model: MeteredLM, jobs: Sequence[Job]) -> Replies:
    """Return the reply to each job, in order.

    Jobs go in batches as the model takes them, as many at once as it gains from. Replies are kept
    by the model as they come, so that a run that was killed asks none of them again. Once the
    budget holds a batch back, no further one is begun.
    """
    size = max(1, model.batch)
    groups = [jobs[i : i + size] for i in range(0, len(jobs), size)]
    spent: list[BudgetError] = []

    def ask(group: Sequence[Job]) -> Replies:
        if spent:
            return [None] * len(group)
        try:
            return [*model.complete([job.request for job in group])]
        except BudgetError as error:
            spent.append(error)
            return [None] * len(group)
        except CallError as error:
            return [error] * len(group)

    with ThreadPoolExecutor(max(1, model.concurrency), "kgkit-synthesis") as pool:
        return [reply for replies in pool.map(ask, groups) for reply in replies]
