"""Models of transformers as probes, by id or folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.harvest.probe.causal import CausalProbe
from extractors.harvest.probe.masked import MaskedProbe
from extractors.harvest.probe.memo import Memo
from extractors.harvest.probe.networks import encoder_decoder_network, single_network
from extractors.harvest.probe.reading import Reader
from extractors.harvest.probe.seq2seq import Seq2SeqProbe
from kgkit.errors import InputError, MissingExtra, ModelError

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe

__all__ = ["open_hf"]

#: How many rows are read in a pass unless said otherwise.
_BATCH = {"cpu": 32, "cuda": 512}


def open_hf(
    model: str, *, device: str = "cpu", dtype: str = "float32", batch: int = 0, memory: int = 256
) -> Probe:
    """Return the masked, causal or encoder-decoder model of an id or a folder as a probe.

    `dtype` is "float32", "bfloat16", "float16", or "int8" (CPU only: the linear layers are
    quantised as they are loaded, and rounding then depends on a row's neighbours). `batch` rows
    are read in a pass (default: 32, on CUDA 512), and `memory` megabytes of distributions kept.
    Raises `MissingExtra` without transformers, `ModelError` for a model that is not there, has no
    mask token or a slow tokenizer, and `InputError` for another kind of model or setting.
    """
    try:
        import transformers
    except ImportError as error:
        raise MissingExtra("models of transformers need: pip install 'kgkit[llm]'") from error
    from kgkit.models.lm.causal import model_kind

    _check(device, dtype)
    config = _loaded(transformers.AutoConfig, model)
    kind = model_kind(config)
    loaders = {
        "masked": transformers.AutoModelForMaskedLM,
        "causal": transformers.AutoModelForCausalLM,
        "seq2seq": transformers.AutoModelForSeq2SeqLM,
    }
    if kind not in loaders:
        raise InputError(
            f"{model!r} is no language model ({', '.join(config.architectures or ['unnamed'])}); "
            "expected a masked, causal or encoder-decoder one"
        )
    tokenizer = _loaded(transformers.AutoTokenizer, model)
    if not tokenizer.is_fast:
        raise ModelError(f"{model!r} has a slow tokenizer; give a model with a tokenizer.json")
    network = _cast(_loaded(loaders[kind], model), dtype).to(device).eval()
    batch = batch or _BATCH.get(device.partition(":")[0], 32)
    read = encoder_decoder_network(network) if kind == "seq2seq" else single_network(network)
    reader = Reader(f"hf:{model}", read, memo=Memo(memory), device=device, batch=batch)
    return _PROBES[kind](config, tokenizer, reader)


def _masked(config: Any, tokenizer: Any, reader: Reader) -> Probe:
    if tokenizer.mask_token is None:
        raise ModelError(
            f"the model {reader.name!r} has no mask token; give a masked one such as BERT"
        )
    longest = _longest(config, tokenizer)
    return MaskedProbe(reader, _backend(tokenizer), mask=tokenizer.mask_token, longest=longest)


def _causal(config: Any, tokenizer: Any, reader: Reader) -> Probe:
    start = tokenizer.bos_token or tokenizer.eos_token
    if start is None:
        raise ModelError(
            f"the model {reader.name!r} has no token to begin a text with; add a bos_token"
        )
    longest = _longest(config, tokenizer)
    return CausalProbe(reader, _backend(tokenizer), start=start, longest=longest)


def _seq2seq(config: Any, tokenizer: Any, reader: Reader) -> Probe:
    start = config.decoder_start_token_id
    if start is None:
        raise ModelError(
            f"the model {reader.name!r} does not say what its decoder starts with; set "
            "decoder_start_token_id in its config.json"
        )
    mask = tokenizer.mask_token or "<mask>"
    return Seq2SeqProbe(reader, _backend(tokenizer), start=start, mask=mask)


_PROBES = {"masked": _masked, "causal": _causal, "seq2seq": _seq2seq}


def _backend(tokenizer: Any) -> Any:
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    return backend


def _longest(config: Any, tokenizer: Any) -> int:
    places = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", 0)
    # RoBERTa counts its places from behind the padding token, so two of them are never used.
    return min(int(places or 512) - 2, int(tokenizer.model_max_length))


def _check(device: str, dtype: str) -> None:
    import torch

    if dtype not in ("float32", "bfloat16", "float16", "int8"):
        raise InputError(f"dtype={dtype!r} is unknown; expected float32, bfloat16, float16 or int8")
    if dtype == "int8" and device != "cpu":
        raise InputError(f"int8 runs on the CPU and not on {device!r}; choose bfloat16 there")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise InputError(f"device={device!r} is not there; choose 'cpu'")


def _cast(network: Any, dtype: str) -> Any:
    import torch

    if dtype == "int8":
        quantized: Any = torch.ao.quantization.quantize_dynamic
        return quantized(network, {torch.nn.Linear}, torch.qint8)
    return network.to(getattr(torch, dtype))


def _loaded(loader: Any, model: str) -> Any:
    try:
        return loader.from_pretrained(model)
    except (OSError, ValueError, ImportError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"the model {model!r} cannot be loaded: {first}; give the id or folder of a model of "
            "transformers"
        ) from error
