"""Causal models of transformers, run in this process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from kgkit.errors import InputError, MissingExtra, ModelError
from kgkit.models.lm.base import Completion, Request

if TYPE_CHECKING:
    from llguidance import LLTokenizer
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["CausalLM", "Kind", "model_kind", "open_causal"]

#: What a model of transformers does, as its configuration says.
Kind = Literal["causal", "masked", "seq2seq", "other"]


def open_causal(
    model: str, *, device: str = "cpu", dtype: str = "float32", batch: int = 1
) -> CausalLM:
    """Return the causal model of an id or a folder.

    `batch` prompts are read together: faster on an accelerator, but rounding, and so the reply,
    may then depend on a prompt's neighbours. Raises `MissingExtra` without transformers,
    `ModelError` for a model that is not there, and `InputError` for one of another kind.
    """
    try:
        import transformers
    except ImportError as error:
        raise MissingExtra("models of transformers need: pip install 'kgkit[llm]'") from error
    import torch

    if batch < 1 or not isinstance(getattr(torch, dtype, None), torch.dtype):
        raise InputError(
            f"batch={batch}, dtype={dtype!r} cannot be set; give a batch of 1 or more and a "
            "dtype such as 'float32' or 'bfloat16'"
        )
    config = _loaded(transformers.AutoConfig, model)
    kind = model_kind(config)
    if kind != "causal":
        raise InputError(
            f"{model!r} is a {kind} model ({', '.join(config.architectures or ['unnamed'])}); "
            "expected a causal one, which goes on with a text"
        )
    tokenizer = _loaded(transformers.AutoTokenizer, model)
    if not tokenizer.is_fast:
        raise ModelError(f"{model!r} has a slow tokenizer; give a model with a tokenizer.json")
    network = _loaded(transformers.AutoModelForCausalLM, model, dtype=getattr(torch, dtype))
    return CausalLM(f"hf:{model}", network.to(device).eval(), tokenizer, batch=batch)


def model_kind(config: Any) -> Kind:
    """Return what a model does, from its configuration's architectures.

    >>> from types import SimpleNamespace
    >>> model_kind(SimpleNamespace(architectures=["RobertaForMaskedLM"]))
    'masked'
    """
    names = getattr(config, "architectures", None) or []
    endings: tuple[tuple[str, Kind], ...] = (
        ("ForCausalLM", "causal"),
        ("LMHeadModel", "causal"),
        ("ForMaskedLM", "masked"),
        ("ForConditionalGeneration", "seq2seq"),
    )
    for ending, kind in endings:
        if any(name.endswith(ending) for name in names):
            return kind
    return "other"


class CausalLM:
    """A causal model and its tokenizer; it works for one thread at a time.

    Messages are put together by the tokenizer's chat template, or by blank lines where it has
    none. A schema is kept to token by token, so that every reply that ended by itself fits it.
    """

    concurrency = 1

    def __init__(
        self,
        name: str,
        network: PreTrainedModel,
        tokenizer: PreTrainedTokenizerFast,
        *,
        batch: int = 1,
    ) -> None:
        self.name = name
        self.batch = batch
        self._network: Any = network
        self._tokenizer: Any = tokenizer
        self._lock = Lock()
        self._reading = Lock()  # a tokenizer cannot be used by two threads at once

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        """Return the completion of each request; one that is too long for the model says so.

        Raises `InputError` for a schema that cannot be followed.
        """
        done: list[Completion | None] = [None] * len(requests)
        fitting: list[int] = []
        for place, request in enumerate(requests):
            length = self.count_tokens(request)
            if 0 < self._context < length + request.max_tokens:
                done[place] = Completion(
                    "",
                    finish="refused",
                    note=f"{length:,} tokens and a reply of {request.max_tokens:,} are more than "
                    f"the {self._context:,} that {self.name} reads",
                )
            else:
                fitting.append(place)
        for first in range(0, len(fitting), self.batch):
            places = fitting[first : first + self.batch]
            with self._lock:
                found = self._generate([requests[place] for place in places])
            for place, completion in zip(places, found, strict=True):
                done[place] = completion
        return [completion for completion in done if completion is not None]

    def count_tokens(self, request: Request) -> int:
        """Return the exact number of tokens that the model reads."""
        with self._reading:
            return len(self._pieces(request))

    @cached_property
    def _context(self) -> int:
        """Tokens that the model reads at most, 0 where it does not say."""
        return int(getattr(self._network.config, "max_position_embeddings", 0) or 0)

    @cached_property
    def _ends(self) -> list[int]:
        found = self._network.generation_config.eos_token_id
        if found is None:
            found = self._tokenizer.eos_token_id
        if found is None:
            raise ModelError(f"{self.name} has no token that ends a text; add an eos_token")
        return [found] if isinstance(found, int) else list(found)

    @cached_property
    def _vocabulary(self) -> LLTokenizer:
        from kgkit.models.lm.grammar import vocabulary_of

        return vocabulary_of(self._tokenizer, self._network.config.vocab_size, self._ends)

    def _pieces(self, request: Request) -> list[int]:
        if not self._tokenizer.chat_template:
            return list(self._tokenizer(request.text)["input_ids"])
        turns = [{"role": m.role, "content": m.content} for m in request.messages]
        text = self._tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, tokenize=False
        )
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def _generate(self, requests: Sequence[Request]) -> list[Completion]:
        import torch
        from transformers import LogitsProcessorList

        from kgkit.models.lm.grammar import Steering, matcher_of

        began = time.perf_counter()
        with self._reading:
            prompts = [self._pieces(request) for request in requests]
        width = max(len(prompt) for prompt in prompts)
        ids = torch.full((len(prompts), width), self._ends[0])
        mask = torch.zeros_like(ids)
        for row, prompt in enumerate(prompts):  # padded on the left
            ids[row, width - len(prompt) :] = torch.tensor(prompt)
            mask[row, width - len(prompt) :] = 1
        matchers = [matcher_of(self._vocabulary, r.schema) if r.schema else None for r in requests]
        steering = Steering(matchers, [r.temperature for r in requests], [r.seed for r in requests])
        config = type(self._network.generation_config)(
            do_sample=False,
            max_new_tokens=max(r.max_tokens for r in requests),
            eos_token_id=self._ends,
            pad_token_id=self._ends[0],
        )
        device = self._network.device
        with torch.inference_mode():
            output = self._network.generate(
                ids.to(device),
                attention_mask=mask.to(device),
                generation_config=config,
                logits_processor=LogitsProcessorList([steering]),
            )
        seconds = (time.perf_counter() - began) / len(requests)
        replies = output[:, width:].tolist()
        return [
            self._completion(request, len(prompt), reply, seconds)
            for request, prompt, reply in zip(requests, prompts, replies, strict=True)
        ]

    def _completion(
        self, request: Request, read: int, reply: list[int], seconds: float
    ) -> Completion:
        end = next((i for i, token in enumerate(reply) if token in self._ends), len(reply))
        own = reply[: min(end, request.max_tokens)]
        text = self._tokenizer.decode(own, skip_special_tokens=True)
        finished = ended = end < len(reply) and end < request.max_tokens
        for stop in request.stop:
            if stop in text:
                text, finished = text.partition(stop)[0], True
        return Completion(text, read, len(own) + ended, seconds, "stop" if finished else "length")


def _loaded(loader: Any, model: str, **options: Any) -> Any:
    try:
        return loader.from_pretrained(model, **options)
    except (OSError, ValueError, ImportError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"the model {model!r} cannot be loaded: {first}; give the id or folder of a model of "
            "transformers"
        ) from error
