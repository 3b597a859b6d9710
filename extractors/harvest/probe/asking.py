"""What all probes around a `Reader` have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe.base import Counted, Factor, Row
from extractors.harvest.probe.template import Template, compiled
from extractors.harvest.probe.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractors.harvest.probe.base import Pieces
    from extractors.harvest.probe.reading import Reader
    from extractors.harvest.prompt import Prompt

__all__ = ["ReadingProbe"]

#: Factors that are answered at once: their distributions are held meanwhile.
_HELD = 512


class ReadingProbe:
    """A network behind a `Reader` and the pieces of its tokenizer; kinds of models add `frame`."""

    def __init__(self, reader: Reader, tokenizer: Tokenizer) -> None:
        self.name = reader.name
        self.reader = reader
        self.vocabulary = Vocabulary(tokenizer)
        self._templates: dict[str, Template] = {}

    @property
    def counted(self) -> Counted:
        """Rows and passes so far."""
        return self.reader.counted

    def template(self, prompt: Prompt, *, special: bool, lead: Pieces = ()) -> Template:
        """Return the prompt's template; it is made once."""
        found = self._templates.get(prompt.text)
        if found is None:
            found = compiled(self.vocabulary, prompt, special=special, lead=lead)
            self._templates[prompt.text] = found
        return found

    def ask(
        self, rows: Sequence[Row], factors: Sequence[Factor]
    ) -> tuple[list[NDArray[np.float32]], NDArray[np.float64]]:
        """Return the distribution [vocabulary] at each row and the value [n] of each factor."""
        return self.reader.ask(rows, factors)

    def log_probabilities(self, rows: Sequence[Row]) -> list[NDArray[np.float32]]:
        """Return, for each question, the natural log-probabilities [vocabulary]."""
        return self.reader.ask(rows, ())[0]

    def chosen(self, factors: Sequence[Factor]) -> NDArray[np.float64]:
        """Return the log-probability [n] of each factor's target."""
        values = np.empty(len(factors))
        # Neighbours by length, so that the passes are well filled.
        order = sorted(range(len(factors)), key=lambda i: _size(factors[i].row))
        for first in range(0, len(order), _HELD):
            part = order[first : first + _HELD]
            values[part] = self.reader.ask((), [factors[i] for i in part])[1]
        return values


def _size(row: Row) -> tuple[int, int, tuple[int, ...]]:
    return len(row.ids), len(row.context), row.ids
