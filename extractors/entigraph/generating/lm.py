"""Texts by a language model: document after document, checked, grounded, resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractors.entigraph.corpus import Corpus, Rejected
from extractors.entigraph.coverage import covered
from extractors.entigraph.generating.checks import fault
from extractors.entigraph.generating.jobs import Job, jobs_of
from extractors.entigraph.generating.running import ask_all
from extractors.entigraph.generating.sources import Section, sections
from extractors.entigraph.grounding import Grounder
from extractors.entigraph.grounding.free import FreeReader
from extractors.entigraph.text import Text
from extractors.entigraph.view import FactIndex, GraphView
from kgkit.errors import InputError
from kgkit.models.lm.base import Completion, LanguageModel
from kgkit.models.lm.failures import CallError
from kgkit.models.lm.metered import MeteredLM
from kgkit.models.lm.registry import lm as open_lm

if TYPE_CHECKING:
    from kgkit.models.lm.spending import Estimate

__all__ = ["estimate", "planned", "write_with"]

#: So many jobs at most are asked before the tokens are counted again.
_WAVE = 16
#: Tokens that a reply is taken to have before the first has come.
_USUAL = 400
#: A text is kept out when a greater share of its sentences with claims is false.
_FALSE = 0.34
#: A run that rejects this many times as many replies as it was to keep comes to an end.
_PATIENCE = 4

_Model = str | LanguageModel | Callable[[str], str]


def write_with(
    view: GraphView,
    lm: _Model,
    *,
    tokens: int,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Return a corpus that a model wrote about the documents of a view.

    Each section gets its share of `tokens` by length; its prompts follow one another, so that
    they share a prefix. A reply that is cut off, refuses, is in another language, too short,
    leaves an entity out or claims what neither graph nor sources have is rejected, with the
    reason. When the model's budget ends, or far too much is rejected, what was made is the
    corpus, and `made_from["stopped"]` is "budget" or "rejections"; run again with a larger
    budget to go on: with the same cache no call is made twice.
    Raises `InputError` where nothing names an entity, and the `CallError` of the model where no
    job of the first wave got a reply.
    """
    model = open_lm(lm)
    parts = list(sections(view, seed=seed))
    if not parts:
        raise InputError("no document names an entity of the graph; build it first, or add facts")
    run = _Run(view, model, most=_WAVE + _PATIENCE * -(-tokens // _USUAL))
    length = sum(len(part.text) for part in parts) or 1
    owed = 0.0
    for part in parts:
        owed += tokens * len(part.text) / length
        for wave in _waves(part, seed, owed, run):
            run.take(wave)
            if progress is not None:
                progress(min(run.made, tokens), tokens)
        if run.stopped or run.made >= tokens:
            break
    return run.corpus(seed)


def estimate(view: GraphView, model: MeteredLM, *, tokens: int, seed: int = 0) -> Estimate:
    """Return what a corpus of so many tokens would use of a model; nothing is asked.

    A reply is taken to have the mean of the model's calls so far, or 400 tokens. Raises
    `InputError` where nothing names an entity.
    """
    return model.estimate([job.request for job in planned(view, tokens=tokens, seed=seed)])


def planned(view: GraphView, *, tokens: int, seed: int = 0, reply: int = _USUAL) -> list[Job]:
    """Return the jobs that a corpus of so many tokens takes, at `reply` tokens each.

    Raises `InputError` where nothing names an entity.
    """
    parts = list(sections(view, seed=seed))
    if not parts:
        raise InputError("no document names an entity of the graph; build it first, or add facts")
    length = sum(len(part.text) for part in parts) or 1
    found: list[Job] = []
    owed = 0.0
    for part in parts:
        owed += tokens * len(part.text) / length
        wanted = max(0, -(-int(owed - reply * len(found)) // reply))
        found += islice(jobs_of(part, seed), wanted)
    return found


@dataclass(slots=True)
class _Run:
    """A corpus while it is made."""

    view: GraphView
    model: MeteredLM
    most: int
    made: int = 0
    stopped: str = ""
    texts: list[Text] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    sentences: int = 0
    false: int = 0
    unread: int = 0
    failed: int = 0
    index: FactIndex = field(init=False)
    _grounder: Grounder = field(init=False)

    def __post_init__(self) -> None:
        self.index = FactIndex.over(self.view)
        self._grounder = Grounder(self.view, free=FreeReader(self.view))

    @property
    def mean(self) -> int:
        """The mean tokens of a reply so far."""
        return max(1, self.made // len(self.texts)) if self.texts else _USUAL

    def take(self, jobs: Sequence[Job]) -> None:
        """Ask for these jobs and keep what is good."""
        replies = ask_all(self.model, jobs)
        errors = [reply for reply in replies if isinstance(reply, CallError)]
        if errors and len(errors) == len(replies) and not self.texts and not self.rejected:
            raise errors[0]
        for job, reply in zip(jobs, replies, strict=True):
            if isinstance(reply, CallError):
                self.failed += 1
                self._reject(job, "", "no reply")
            elif reply is None:
                self.stopped = "budget"
            else:
                self._judge(job, reply)
        if len(self.rejected) >= self.most:
            self.stopped = self.stopped or "rejections"

    def _judge(self, job: Job, reply: Completion) -> None:
        why = fault(reply, job.section.text, job.entries)
        if why:
            self._reject(job, reply.text, why)
            return
        text = self._text(job, reply.text.strip(), reply.tokens_out)
        report = self._grounder.report([text])
        self.sentences += report.supported + report.false
        self.false += report.false
        self.unread += report.unread
        if report.false_rate > _FALSE:
            self.rejected.append(Rejected(text, "not grounded"))
        else:
            self.texts.append(text)
            self.made += text.tokens

    def _reject(self, job: Job, text: str, why: str) -> None:
        self.rejected.append(Rejected(self._text(job, text, 0), why))

    def _text(self, job: Job, text: str, tokens: int) -> Text:
        ids = tuple(entry.entity.id for entry in job.entries)
        pairs = ((a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
        facts = tuple(dict.fromkeys(f.id for a, b in pairs for f in self.index.joining(a, b)))
        document = (job.section.document,) if job.section.document else ()
        name = self.model.name
        made = Text.of(
            text, job.form, entities=ids, facts=facts, documents=document, generator=name
        )
        return Text(**{**made.to_dict(), "tokens": tokens}) if tokens else made

    def corpus(self, seed: int) -> Corpus:
        """Return what was made."""
        usage = self.model.usage
        how: dict[str, Any] = {
            "generator": self.model.name,
            "seed": seed,
            "stopped": self.stopped,
            "calls": usage.calls,
            "cached": usage.cached,
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "money": round(usage.money, 6),
            "sentences_judged": self.sentences,
            "sentences_unread": self.unread,
            "false_rate": round(self.false / self.sentences, 4) if self.sentences else 0.0,
        }
        told = {id for text in self.texts for id in text.facts}
        share = len(told) / len(self.index.facts)
        pairs = covered(self.texts, self.index.neighbours)
        names = {id: entity.name for id, entity in self.index.entities.items()}
        return Corpus(tuple(self.texts), tuple(self.rejected), pairs, share, how, names)


def _waves(part: Section, seed: int, owed: float, run: _Run) -> Iterator[list[Job]]:
    """Yield the jobs of a section in waves, until `owed` tokens are made or no job is left."""
    jobs = jobs_of(part, seed)
    while owed > run.made and not run.stopped:
        # The size depends on replies alone, never on how many are asked at once.
        size = min(_WAVE, max(1, round((owed - run.made) / run.mean)))
        wave = list(islice(jobs, size))
        if not wave:
            return
        yield wave
