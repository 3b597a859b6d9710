"""Closed book, by likelihood: which candidate a model finds likeliest after the prompt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgkit.errors import InputError
from reasoning.teach.probing.probe import Answer, Probe
from reasoning.teach.rows import log_probabilities, next_log_probabilities

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["choose"]

#: How many candidates of a probe are scored in one round, decimals kept before comparing, and how
#: far off a bound may be, since bound and sum are rounded apart.
_AT_ONCE, _DECIMALS, _SLACK = 2, 4, 1e-3


@dataclass(slots=True)
class _Contest:
    """The candidates of one probe, by the most that each can still reach."""

    probe: Probe
    prompt: list[int]
    open: list[tuple[float, int, list[int]]]
    best: tuple[float, int] = field(default=(float("-inf"), 0))

    def contenders(self) -> list[tuple[float, int, list[int]]]:
        """Return the next candidates that could still win."""
        return [one for one in self.open[:_AT_ONCE] if one[0] + _SLACK >= self.best[0]]


def choose(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, probes: Iterable[Probe]
) -> list[Answer]:
    """Return the likeliest candidate of each probe: the highest summed log-probability of its
    tokens and the ending's, after the prompt. Of equals (to 4 decimals) the first is taken.

    Exact without scoring all: the log-probability of a candidate's first token bounds its sum, so
    candidates are scored best bound first until none can win. Raises `InputError` for a probe
    without candidates, or a prompt whose tokens change with what follows it.
    """
    asked = list(probes)
    prompts = [_ids(tokenizer, probe.prompt) for probe in asked]
    first = next_log_probabilities(model, prompts)
    contests = []
    for probe, prompt, row in zip(asked, prompts, first, strict=True):
        tails = _tails(tokenizer, probe, prompt)
        bounds = [round(float(row[tail[0]]), _DECIMALS) for tail in tails]
        order = sorted(range(len(tails)), key=lambda n: (-bounds[n], n))
        contests.append(_Contest(probe, prompt, [(bounds[n], n, tails[n]) for n in order]))
    while True:
        rows: list[tuple[_Contest, int, list[int]]] = []
        for contest in contests:
            now = contest.contenders()
            contest.open = contest.open[len(now) :] if now else []
            rows += [(contest, n, tail) for _, n, tail in now]
        if not rows:
            break
        sums = log_probabilities(model, [(c.prompt, tail) for c, _, tail in rows])
        for (contest, n, _), found in zip(rows, sums, strict=True):
            value = round(sum(found), _DECIMALS)
            if value > contest.best[0] or (value == contest.best[0] and n < contest.best[1]):
                contest.best = value, n
    return [Answer(c.probe, c.probe.candidates[c.best[1]], c.best[0]) for c in contests]


def _ids(tokenizer: PreTrainedTokenizerFast, text: str) -> list[int]:
    begin = tokenizer.bos_token_id
    ids = list(tokenizer(text, add_special_tokens=False)["input_ids"])
    return ids if begin is None else [begin, *ids]


def _tails(
    tokenizer: PreTrainedTokenizerFast, probe: Probe, prompt: Sequence[int]
) -> list[list[int]]:
    if not probe.candidates:
        raise InputError(f"the probe {probe.prompt!r} has no candidates; ask it by `answer`")
    whole = [f"{probe.prompt} {candidate}{probe.ending}" for candidate in probe.candidates]
    encoded = tokenizer(whole, add_special_tokens=False)["input_ids"]
    cut = len(prompt) - (tokenizer.bos_token_id is not None)
    own = list(prompt)[len(prompt) - cut :]
    tails = [list(ids[cut:]) for ids in encoded]
    if any(list(ids[:cut]) != own for ids in encoded) or not all(tails):
        raise InputError(
            f"the tokens of {probe.prompt!r} change with what follows; end it before a blank"
        )
    return tails
