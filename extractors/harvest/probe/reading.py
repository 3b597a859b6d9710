"""Rows through a network: each computed once, in batches that do not change the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.harvest.probe.base import Counted, Factor, Row
from extractors.harvest.probe.memo import Memo
from kgkit.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor

    from extractors.harvest.probe.base import Pieces

__all__ = ["DECIMALS", "Reader"]

#: Log-probabilities are rounded to so many decimals: what is left of rounding errors goes.
DECIMALS = 4

#: Sequences of a pass are filled up to a multiple of this. From four rows on, matrix products
#: give a row the same bits whatever stands beside it; below, other kernels are used.
_MULTIPLE = 4

_Key = tuple["Pieces", "Pieces"]
#: What is asked of one place of a sequence: these targets; None stands for the distribution.
_Wanted = dict[int, set[int | None]]


class Reader:
    """Asks a network for log-probabilities; probes are made around one.

    `network(ids, sequences, places)` gives logits as `Network` says; for an encoder-decoder model
    it is also given `contexts` [n, length], what the encoder reads. Sequences are bucketed by
    exact length, so nothing is padded, and at most `batch` are read in a pass. Equal sequences
    are read once however many places are asked for, and what `memo` holds is not computed again.
    """

    def __init__(
        self,
        name: str,
        network: Callable[..., Tensor],
        *,
        memo: Memo | None = None,
        device: str = "cpu",
        batch: int = 32,
    ) -> None:
        self.name = name
        self.counted = Counted()
        self.memo = Memo() if memo is None else memo
        self._network = network
        self._device = device
        self._batch = batch

    @property
    def network(self) -> Callable[..., Tensor]:
        """The network behind it, for whoever wants logits [m, vocabulary] that nothing rounds."""
        return self._network

    @property
    def device(self) -> str:
        """Where the network lies: "cpu" or "cuda:0"."""
        return self._device

    def ask(
        self, rows: Sequence[Row], factors: Sequence[Factor]
    ) -> tuple[list[NDArray[np.float32]], NDArray[np.float64]]:
        """Return the distribution [vocabulary] at each row and the value [n] of each factor.

        Asking together lets them share passes. Raises `ModelError` when the network gives no
        numbers (NaN or only infinities).
        """
        self.counted.asked += len(rows) + len(factors)
        tables: dict[Row, NDArray[np.float32]] = {}
        values: dict[tuple[Row, int], float] = {}
        missing: dict[_Key, _Wanted] = {}
        for row in rows:
            self._look_up(row, None, tables, values, missing)
        for factor in factors:
            self._look_up(factor.row, factor.target, tables, values, missing)
        for bucket in _buckets(missing):
            for first in range(0, len(bucket), self._batch):
                self._read(bucket[first : first + self._batch], missing, tables, values)
        chosen = [values[factor.row, factor.target] for factor in factors]
        return [tables[row] for row in rows], np.array(chosen, dtype=np.float64)

    def _look_up(
        self,
        row: Row,
        target: int | None,
        tables: dict[Row, NDArray[np.float32]],
        values: dict[tuple[Row, int], float],
        missing: dict[_Key, _Wanted],
    ) -> None:
        """Answer from memory, or note what is to be computed."""
        known = tables.get(row)
        if known is None:
            known = self.memo.table(row)
        if known is not None:
            if target is None:
                tables[row] = known
            else:
                values[row, target] = float(known[target])
            return
        if target is not None and (value := self.memo.value(row, target)) is not None:
            values[row, target] = value
            return
        wanted = missing.setdefault((row.ids, row.context), {})
        wanted.setdefault(row.position, set()).add(target)

    def _read(
        self,
        keys: Sequence[_Key],
        missing: dict[_Key, _Wanted],
        tables: dict[Row, NDArray[np.float32]],
        values: dict[tuple[Row, int], float],
    ) -> None:
        asked = [(number, place) for number, key in enumerate(keys) for place in missing[key]]
        logs = self._logs(keys, asked).numpy()
        self.counted.passes += 1
        self.counted.rows += len(keys)
        for (number, place), found in zip(asked, logs, strict=True):
            key = keys[number]
            row = Row(key[0], place, key[1])
            for target in missing[key][place]:
                if target is None:
                    tables[row] = found.copy()
                    self.memo.put_table(row, tables[row])
                else:
                    values[row, target] = float(found[target])
                    self.memo.put_value(row, target, values[row, target])

    def _logs(self, keys: Sequence[_Key], asked: Sequence[tuple[int, int]]) -> Tensor:
        """Return the log-probabilities [places, vocabulary] at these places of these sequences."""
        filler = -len(keys) % _MULTIPLE
        spare = [asked[0]] * (-len(asked) % _MULTIPLE)
        chosen = self._tensor([*asked, *spare])
        ids = self._tensor([key[0] for key in keys] + [keys[0][0]] * filler)
        arguments = [ids, chosen[:, 0], chosen[:, 1]]
        if keys[0][1]:
            arguments.append(self._tensor([key[1] for key in keys] + [keys[0][1]] * filler))
        with torch.inference_mode():
            logits = self._network(*arguments)[: len(asked)]
            logs = torch.log_softmax(logits.float(), dim=-1)
            if not bool(torch.isfinite(logs.amax(dim=-1)).all()):
                raise ModelError(
                    f"the model {self.name!r} gives no numbers (NaN) for {list(keys[0][0])}; its "
                    "weights may be damaged, or the number type too small for it: try float32"
                )
            return torch.round(logs, decimals=DECIMALS).cpu()

    def _tensor(self, values: Sequence[Sequence[int]]) -> Tensor:
        return torch.tensor(values, dtype=torch.long, device=self._device)


def _buckets(missing: dict[_Key, _Wanted]) -> list[list[_Key]]:
    """Group sequences of one length, shortest first, in the order asked for."""
    buckets: dict[tuple[int, int], list[_Key]] = {}
    for key in missing:
        buckets.setdefault((len(key[0]), len(key[1])), []).append(key)
    return [buckets[lengths] for lengths in sorted(buckets)]
