"""Adapters: a large model learns in a few added parameters (LoRA, arXiv 2106.09685)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, cast

from kgkit.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from transformers import PreTrainedModel

__all__ = ["adapt", "merge"]


def adapt(model: PreTrainedModel, rank: int = 16, *, scale: float = 2.0) -> PreTrainedModel:
    """Return the model with LoRA on all its linear layers, and everything else frozen.

    `scale` is alpha over rank. Raises `InputError` for a rank below 1, and `MissingExtra`
    without peft.
    """
    if rank < 1:
        raise InputError(f"rank={rank} adds nothing; give 1 or more")
    try:
        import peft
    except ImportError as error:
        raise MissingExtra("adapters need: pip install 'kgkit[train]'") from error
    from transformers.pytorch_utils import Conv1D

    config = peft.LoraConfig(
        r=rank,
        lora_alpha=round(scale * rank),
        target_modules="all-linear",
        fan_in_fan_out=any(isinstance(part, Conv1D) for part in model.modules()),
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        # peft asks transformers for an attribute by a name that is going out of use.
        warnings.simplefilter("ignore", FutureWarning)
        return cast("PreTrainedModel", peft.get_peft_model(model, config))


def merge(model: PreTrainedModel) -> PreTrainedModel:
    """Return the model with what its adapters learnt added to its own weights.

    Raises `InputError` for a model without adapters.
    """
    join = getattr(model, "merge_and_unload", None)
    if join is None:
        raise InputError("the model has no adapters to merge; give one that `adapt` returned")
    return cast("PreTrainedModel", join())
