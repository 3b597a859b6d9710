"""Encoder-decoder models that write triples as a line of text: REBEL and its kin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from extractors.adapters.licences import check_licence
from extractors.adapters.linearised import parse_linearised
from extractors.adapters.loading import load_model, load_package
from extractors.base import Extraction
from extractors.llm.believing import Reading, believed
from extractors.llm.parse import Rows
from extractors.llm.rejections import Rejection
from extractors.llm.rows import FactRow
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from kgkit.schema import Schema

__all__ = ["Seq2SeqExtractor"]

#: How far such a model is trusted beside one that follows instructions: it gives no scores.
_TRUST = 0.9
_MOST = 256


class Seq2SeqExtractor:
    """Reads documents sentence by sentence with a model of transformers: an id or a folder.

    It writes triples without types, so that with a schema types are those that the schema
    leaves no choice of. What it writes is believed only where the text says both ends. `beams`
    is the width of the search, `device` where it runs. Raises `InputError` for a model of
    non-commercial licence that was not accepted (REBEL's own is one), `MissingExtra` without
    transformers, and `ModelError` for a model that is not there.
    """

    name = "rebel"

    def __init__(
        self,
        model: str = "",
        *,
        schema: Schema | str | None = None,
        beams: int = 3,
        device: str = "cpu",
        accept_licence: bool = False,
        on_rejection: Callable[[Rejection], None] | None = None,
    ) -> None:
        if not model:
            raise InputError("the extractor 'rebel' needs a model; give its id or folder")
        if beams < 1:
            raise InputError(f"beams={beams} is no width of a search; give 1 or more")
        check_licence(model, accepted=accept_licence)
        package = load_package("transformers", "'kgkit[llm]'")
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self._tokenizer = load_model(package.AutoTokenizer.from_pretrained, model)
        network = load_model(package.AutoModelForSeq2SeqLM.from_pretrained, model)
        self._network: Any = network.to(device).eval()
        self._called = model
        self._beams = beams
        self._on_rejection = on_rejection
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The model and how it is searched."""
        return f"1-{self._called}-{self._beams}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk."""
        reading = self.read(document, chunks)
        if self._on_rejection is not None:
            for rejection in reading.rejections:
                self._on_rejection(rejection)
        kinds = sorted(rejection.kind for rejection in reading.rejections)
        return replace(reading.extraction, rejected=tuple(kinds))

    def read(self, document: Document, chunks: Sequence[Chunk]) -> Reading:
        """Return what `extract` does together with the triples that were rejected, and why."""
        rows = [self._rows(chunk) for chunk in chunks]
        made_by = f"rebel/1/{self._called}"
        return believed(document, chunks, rows, schema=self.schema, extractor=made_by, trust=_TRUST)

    def _rows(self, chunk: Chunk) -> Rows:
        """Return the triples of each sentence, by itself: so the model was taught."""
        facts: list[FactRow] = []
        lost: list[Rejection] = []
        for number, (start, end) in enumerate(chunk.sentences, 1):
            found = parse_linearised(
                self._line(chunk.text[start - chunk.start : end - chunk.start])
            )
            facts += [row.model_copy(update={"sentence": number}) for row in found.facts]
            lost += found.rejections
        return Rows((), tuple(facts), tuple(lost))

    def _line(self, text: str) -> str:
        """Return what the model writes about a sentence, special tokens and all."""
        import torch

        with self._lock, torch.inference_mode():
            pieces = self._tokenizer(
                text, return_tensors="pt", truncation=True, max_length=self._longest
            )
            written = self._network.generate(
                pieces["input_ids"].to(self._network.device),
                attention_mask=pieces["attention_mask"].to(self._network.device),
                num_beams=self._beams,
                do_sample=False,
                max_new_tokens=_MOST,
            )
            line: str = self._tokenizer.decode(written[0], skip_special_tokens=False)
        return line

    @property
    def _longest(self) -> int:
        """Pieces that the model reads at most."""
        config = self._network.config
        stated = getattr(config, "max_position_embeddings", None) or 512
        return min(int(stated), 1024)
