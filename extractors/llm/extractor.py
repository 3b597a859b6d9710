"""The extractor that asks a language model."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from extractors.base import Extraction
from extractors.chunks import split
from extractors.llm.believing import Reading, believed
from extractors.llm.context import earlier_names
from extractors.llm.costs import with_rounds
from extractors.llm.examples import Example, examples_of
from extractors.llm.parse import Rows, parse_reply
from extractors.llm.prompt import MORE, PROMPTS, instructions, question, reply_schema
from extractors.llm.rejections import Rejection
from kgkit.errors import InputError
from kgkit.facts import Chunk, Document
from kgkit.ids import content_id
from kgkit.models.lm import (
    CallCache,
    CallError,
    Completion,
    Estimate,
    LanguageModel,
    Message,
    MeteredLM,
    Request,
    lm,
)
from kgkit.schema import Schema

__all__ = ["LMExtractor"]


class LMExtractor:
    """Asks a language model about each chunk and believes what it then finds in the text.

    `model` is whatever `kgkit.lm` takes (default: the spec in KGKIT_LM). With a `schema`, only
    its types and relations are asked for and accepted; its examples and `examples` are shown.
    `rounds` is how often each chunk is asked for what was missed ("gleaning", Edge et al. 2024).
    `max_tokens` bounds each reply. `on_rejection` is called with every row that is not believed.

    Every end of a fact must be in the document, letter by letter or but for case, accents,
    blanks and quotes; a fact with another end is rejected by itself. So a text that gives the
    model orders can at worst spoil its own facts.

    >>> from kgkit.models.lm import FakeLM
    >>> reply = '{"facts": [{"head": "Ada", "relation": "wrote", "tail": "Note G"}]}'
    >>> document = Document("a.txt", "Ada wrote Note G.")
    >>> found = LMExtractor(FakeLM([reply])).extract(document, split(document))
    >>> [str(fact) for fact in found.facts]
    ['(Ada)-[WROTE]->(Note G)']
    """

    name = "llm"

    def __init__(
        self,
        model: str | LanguageModel | Callable[[str], str] = "",
        *,
        schema: Schema | str | None = None,
        examples: Sequence[Example] = (),
        rounds: int = 0,
        max_tokens: int = 2048,
        on_rejection: Callable[[Rejection], None] | None = None,
    ) -> None:
        model = model or os.environ.get("KGKIT_LM", "")
        if not model:
            raise InputError(
                "the extractor 'llm' needs a language model; give one such as 'openai:<model>', "
                "or set KGKIT_LM"
            )
        if not 0 <= rounds <= 5:
            raise InputError(f"rounds={rounds} is not between 0 and 5; one is usually enough")
        self.model: MeteredLM = lm(model)
        self.schema = Schema.parse(schema) if isinstance(schema, str) else schema
        self.rounds = rounds
        self._max_tokens = max_tokens
        self._on_rejection = on_rejection
        shown = (*(examples_of(self.schema) if self.schema else ()), *examples)
        self._system = instructions(self.schema, shown)
        self._form = json.dumps(reply_schema(self.schema), sort_keys=True, ensure_ascii=False)

    @property
    def version(self) -> str:
        """The version of the prompts, and a hash of model, schema, examples and limits."""
        how = [self.model.name, self._system, self._form, self.rounds, self._max_tokens]
        return f"{PROMPTS}-{content_id('llm', *how)[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk. What was
        not believed is counted by reason.

        Raises `CallError` (`BudgetError` for one) where a chunk could not be asked about:
        half a document is none. Replies so far are kept, so that the next try goes on.
        """
        reading = self.read(document, chunks)
        if self._on_rejection is not None:
            for rejection in reading.rejections:
                self._on_rejection(rejection)
        kinds = sorted(rejection.kind for rejection in reading.rejections)
        return replace(reading.extraction, rejected=tuple(kinds))

    def read(self, document: Document, chunks: Sequence[Chunk]) -> Reading:
        """Return what `extract` does together with the rows that were rejected, and why.

        Raises `CallError` as `extract` does, and where the model refused every chunk.
        """
        replies = self._replies(self.requests(document, chunks))
        refused = [own[0] for own in replies if own[0].finish == "refused"]
        if refused and len(refused) == len(replies):
            raise CallError(f"{self.model.name} refused {document.uri}: {refused[0].note}")
        rows = [_joined([_rows(completion) for completion in own]) for own in replies]
        made_by = f"{self.name}/{PROMPTS}/{self.model.name}"
        return believed(document, chunks, rows, schema=self.schema, extractor=made_by)

    def requests(self, document: Document, chunks: Sequence[Chunk]) -> list[Request]:
        """Return what the model is asked first, one request a chunk."""
        names = earlier_names(chunks)
        system = Message("system", self._system)
        return [
            Request(
                (system, Message("user", question(chunk, document.title, before))),
                self._form,
                self._max_tokens,
                about=document.id,
            )
            for chunk, before in zip(chunks, names, strict=True)
        ]

    def keep_calls(self, calls: CallCache) -> None:
        """Look for replies here from now on, and keep them here."""
        self.model.cache = calls

    def estimate(self, documents: Iterable[Document], *, sample: int = 0) -> Estimate:
        """Return what extracting these documents would use; nothing is asked.

        With a `sample`, so many chunks from all over are asked first to measure how long replies
        are; they are kept, and free when the documents are extracted.

        Tokens read are counted on the very requests that would be made, and exact where the
        model's own tokenizer counts; tokens written are the mean of what was written so far, or
        the most (`MeteredLM.estimate`). Further rounds are counted as if all were needed.
        """
        asked = [r for document in documents for r in self.requests(document, split(document))]
        if sample > 0 and asked:
            self.model.complete(asked[:: -(-len(asked) // sample)])
        first = self.model.estimate(asked)
        asking = self.model.count_tokens(Request.of(MORE))
        return with_rounds(first, self.rounds, asking, self.model.price)

    def _replies(self, requests: Sequence[Request]) -> list[list[Completion]]:
        """Return the replies to each request: the first, and those to asking for more."""
        found = [[completion] for completion in self.model.complete(requests)]
        talks = list(requests)
        for _ in range(self.rounds):
            open_places = [n for n, own in enumerate(found) if _has_rows(own[-1])]
            for n in open_places:
                said = Message("assistant", found[n][-1].text)
                turns = (*talks[n].messages, said, Message("user", MORE))
                talks[n] = replace(talks[n], messages=turns)
            more = self.model.complete([talks[n] for n in open_places])
            for n, completion in zip(open_places, more, strict=True):
                found[n].append(completion)
        return found


def _has_rows(completion: Completion) -> bool:
    return completion.finish != "refused" and bool(parse_reply(completion.text).facts)


def _rows(completion: Completion) -> Rows:
    if completion.finish == "refused":
        return Rows(rejections=(Rejection.of("refused", "", f"no reply: {completion.note}"),))
    return parse_reply(completion.text)


def _joined(parts: Sequence[Rows]) -> Rows:
    """Return the rows of several replies, each once.

    A later reply without a row means that nothing was missed.
    """
    later = [r for part in parts[1:] for r in part.rejections if r.kind != "empty"]
    return Rows(
        tuple(dict.fromkeys(row for part in parts for row in part.entities)),
        tuple(row for part in parts for row in part.facts),
        (*parts[0].rejections, *later),
    )
