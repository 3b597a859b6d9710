"""From the signs on an answer to its confidence, and to a refusal where that is too low."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kgkit.errors import ModelError
from reasoning.answers.answer import Answer, Refusal
from reasoning.confidence.signs import SIGNS, Given, signs_of

__all__ = ["FILE", "Model", "confidence_of", "given_of", "load_model", "save_model", "settled"]

#: Where the weights lie; `MODEL_CARD.md` beside them says what they were learnt from.
FILE = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression over `SIGNS` and what support makes of some of them; an answer that is
    less probable than `refuse_below` is not given."""

    weights: tuple[float, ...]
    bias: float
    refuse_below: float

    def probability(self, signs: Sequence[float]) -> float:
        """Return the probability, to 4 decimals, that an answer with these signs is right."""
        total = math.fsum(w * x for w, x in zip(self.weights, signs, strict=True)) + self.bias
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def confidence_of(answer: Answer) -> float:
    """Return the probability in [0, 1], to 4 decimals, that an answer is right; 0.0 for none.

    Raises `ModelError` where the weights are missing or damaged.
    """
    if not answer:
        return 0.0
    return load_model().probability(signs_of(given_of(answer)))


def settled(answer: Answer, refuse_below: float | None = None) -> Answer:
    """Return the answer with its confidence, or as a refusal where that is below `refuse_below`,
    the model's own threshold when None.

    The refusal keeps citations and plan, and names the answer that was not given. Raises
    `ModelError` where the weights are missing or damaged.
    """
    if not answer or any(step.action == "defined" for step in answer.plan):
        # A sentence that defines is no answer of the kind that was learnt from.
        return answer
    confidence = confidence_of(answer)
    least = load_model().refuse_below if refuse_below is None else refuse_below
    if confidence >= least:
        return replace(answer, confidence=confidence)
    detail = (
        f"What was found for this is too unsure to be given: {answer.text!r}, with a probability "
        f"of {confidence:.2f} of being right."
    )
    return replace(answer, text="", confidence=confidence, missing=Refusal("low_support", detail))


def given_of(answer: Answer) -> Given:
    """Return an answer as `signs_of` looks at it."""
    return Given(
        answer.question,
        answer.text,
        answer.support,
        tuple(citation.quote for citation in answer.citations),
        tuple(citation.title for citation in answer.citations),
        answer.source,
        answer.program,
        tuple(step.action for step in answer.plan),
    )


@cache
def load_model(path: Path = FILE) -> Model:
    """Return the weights in a file. Raises `ModelError` where they are missing or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no weights can be read from {path}: {error}") from error
    if not isinstance(record, Mapping) or record.get("signs") != list(SIGNS):
        raise ModelError(f"{path} holds no weights of this version; install kgkit again")
    weights = tuple(map(float, record["weights"]))
    return Model(weights, float(record["bias"]), float(record["refuse_below"]))


def save_model(model: Model, path: Path = FILE) -> None:
    """Write weights to a file."""
    record = {
        "signs": list(SIGNS),
        "weights": list(model.weights),
        "bias": model.bias,
        "refuse_below": model.refuse_below,
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
