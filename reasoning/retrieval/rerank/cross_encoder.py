"""A cross-encoder as a reranker: question and text in one pass of a model (Nogueira and Cho 2019).

It needs sentence-transformers, and a model that is on this machine or can be fetched there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from extractors.adapters.loading import load_package
from kgkit.errors import ModelError

__all__ = ["CrossEncoderReranker"]

_BATCH = 16


class CrossEncoderReranker:
    """A model of sentence-transformers, a folder or an id, that is loaded when it is first asked.

    Its scores are rounded to 4 decimals, so that they do not depend on which texts share a pass.
    """

    def __init__(self, model: str) -> None:
        self._name = model

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the model's score of each text.

        Raises `MissingExtra` without sentence-transformers, and `ModelError` when the model
        cannot be loaded or gives more than one number a text.
        """
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        found: Any = self._model.predict(
            pairs, batch_size=_BATCH, show_progress_bar=False, activation_fn=_unchanged
        )
        if found.ndim != 1:
            raise ModelError(
                f"{self._name!r} gives {found.shape[-1]} numbers a text; a reranker gives one"
            )
        return [round(float(score), 4) for score in found]

    @cached_property
    def _model(self) -> Any:
        cross_encoder = load_package("sentence_transformers", "'kgkit[rerank]'").CrossEncoder
        try:
            return cross_encoder(self._name, device="cpu")
        except Exception as error:  # whatever files and hubs raise
            raise ModelError(
                f"the cross-encoder {self._name!r} cannot be loaded: {error}; give a folder of "
                "sentence-transformers or the id of a model that can be fetched"
            ) from error


def _unchanged(scores: Any) -> Any:
    """Keep the model's own numbers: squeezed into [0, 1], the best of them would tie."""
    return scores
