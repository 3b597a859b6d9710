"""Several processes that train one model together (`torchrun`): each takes a share of a batch.

All hold the same vectors: gradients are added up over the processes before each update, those of
touched rows by exchanging the rows.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor

__all__ = ["Workers"]


@dataclass(frozen=True, slots=True)
class Workers:
    """This process is number `rank` of `count`."""

    rank: int = 0
    count: int = 1

    @classmethod
    def joined(cls, device: str = "cpu") -> Workers:
        """Return the workers that torchrun started, joining them first; one without torchrun."""
        if int(os.environ.get("WORLD_SIZE", "1")) < 2 or not dist.is_available():
            return cls()
        if not dist.is_initialized():
            dist.init_process_group("nccl" if device.startswith("cuda") else "gloo")
        return cls(dist.get_rank(), dist.get_world_size())

    @property
    def is_first(self) -> bool:
        """Whether this process validates and keeps."""
        return self.rank == 0

    def share(self, items: Tensor) -> Tensor:
        """Return this worker's items of [n]: every `count`-th, as many for each worker (the first
        few twice where n is no multiple)."""
        if self.count == 1:
            return items
        missing = -len(items) % self.count
        padded = torch.cat([items, items.repeat(missing)[:missing]])
        return padded[self.rank :: self.count]

    def mean(self, values: Tensor) -> Tensor:
        """Return the mean over workers of a tensor, [n, w] or of any other shape, in place."""
        if self.count > 1:
            dist.all_reduce(values)
            values /= self.count
        return values

    def first(self, values: Tensor) -> Tensor:
        """Return the first worker's tensor, [n] or of any other shape, in place."""
        if self.count > 1:
            dist.broadcast(values, 0)
        return values

    def gathered(self, ids: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return the gradients [n, w] of rows `ids` [n] of all workers, each divided by their
        number: what the mean over workers is made of."""
        if self.count == 1:
            return ids, rows
        sizes = [torch.zeros(1, dtype=torch.int64, device=ids.device) for _ in range(self.count)]
        dist.all_gather(sizes, torch.tensor([len(ids)], device=ids.device))
        most = int(torch.cat(sizes).max())
        all_ids = [ids.new_zeros(most) for _ in range(self.count)]
        all_rows = [rows.new_zeros(most, rows.shape[1]) for _ in range(self.count)]
        missing = most - len(ids)
        dist.all_gather(all_ids, torch.cat([ids, ids.new_zeros(missing)]))
        dist.all_gather(all_rows, torch.cat([rows, rows.new_zeros(missing, rows.shape[1])]))
        return torch.cat(all_ids), torch.cat(all_rows) / self.count
