"""Closed book, in the model's own words: what it writes after the prompt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError
from reasoning.teach.probing.probe import Answer, Probe

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["answer"]


def answer(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    probes: Iterable[Probe],
    *,
    most: int = 16,
) -> list[Answer]:
    """Return what the model writes after each prompt, always the likeliest next token, up to the
    probe's ending, the end of a line or `most` tokens.

    Raises `InputError` for `most` below 1.
    """
    import torch

    if most < 1:
        raise InputError(f"most={most} leaves no room for an answer; give 1 or more")
    asked = list(probes)
    begin = tokenizer.bos_token_id
    prompts: dict[int, list[tuple[int, list[int]]]] = {}
    for place, probe in enumerate(asked):
        ids = list(tokenizer(probe.prompt, add_special_tokens=False)["input_ids"])
        ids = ids if begin is None else [begin, *ids]
        prompts.setdefault(len(ids), []).append((place, ids))
    said: dict[int, str] = {}
    writer: Any = model.train(False)
    end = tokenizer.eos_token_id
    with torch.inference_mode():
        for _, rows in sorted(prompts.items()):  # of one length: nothing is padded
            batch = torch.tensor([row for _, row in rows], device=model.device)
            written = writer.generate(
                batch,
                attention_mask=torch.ones_like(batch),
                do_sample=False,
                max_new_tokens=most,
                pad_token_id=end,
            )
            for (place, row), line in zip(rows, written.tolist(), strict=True):
                text = str(tokenizer.decode(line[len(row) :], skip_special_tokens=True))
                said[place] = _cut(text, asked[place].ending)
    return [Answer(probe, said[place]) for place, probe in enumerate(asked)]


def _cut(text: str, ending: str) -> str:
    line = text.strip().partition("\n")[0]
    return (line.partition(ending)[0] if ending else line).strip()
