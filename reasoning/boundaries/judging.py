"""Asking a model before and after its answer: the prior and posterior judgements of its own
knowledge (Ren et al. 2023, "Investigating the factual knowledge boundary of large language
models with retrieval augmentation")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.llm.replies import json_values, visible
from kgkit.errors import InputError
from kgkit.models.lm.base import LanguageModel, Request
from reasoning.boundaries.prompts import (
    REFUSES,
    answer_request,
    posterior_request,
    prior_request,
)

__all__ = ["Judged", "judge_all"]

_VERDICT = re.compile(r"\b(yes|no)\b", re.IGNORECASE)
_GIVEN_UP = re.compile(
    r"^\W*(unknown|none|n/?a|i\s+(?:do\s+not|don[’']t|cannot|can[’']t)\b.*|not\s+(?:known|sure)\b.*"
    r"|no\s+answer)?\W*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model said of one question.

    `sure` is its judgement beforehand, `approves` that of its own answer afterwards; None where
    the reply was neither yes nor no. `answer` is empty where it gave none, and `right` whether
    that is one of the right ones.
    """

    question: str
    answer: str
    right: bool
    sure: bool | None
    approves: bool | None

    @property
    def gave_up(self) -> bool:
        """Whether no answer was given."""
        return not self.answer


def judge_all(
    lm: LanguageModel,
    questions: Sequence[str],
    is_right: Callable[[int, str], bool],
    evidence: Sequence[Sequence[str]] | None = None,
) -> list[Judged]:
    """Return a model's answers with its judgements before and after, in order: three calls each.

    `is_right(n, answer)` says whether an answer to question n is right; `evidence` gives the
    texts that each question is asked with, none by default. A judgement of an answer that was
    not given is not asked for. Raises `InputError` where evidence and questions are not as many,
    and a `CallError` where the model cannot be had.
    """
    shown = [()] * len(questions) if evidence is None else list(evidence)
    if len(shown) != len(questions):
        raise InputError(
            f"{len(questions)} questions and evidence for {len(shown)}; give one list of texts "
            "to each question, empty where there is none"
        )
    pairs = list(zip(questions, shown, strict=True))
    sure = [_verdict(text) for text in _ask(lm, [prior_request(q, e) for q, e in pairs])]
    answers = [_answer(text) for text in _ask(lm, [answer_request(q, e) for q, e in pairs])]
    given = [n for n, answer in enumerate(answers) if answer]
    asked = [posterior_request(questions[n], answers[n], shown[n]) for n in given]
    told = dict(zip(given, map(_verdict, _ask(lm, asked)), strict=True))
    return [
        Judged(
            question,
            answers[n],
            bool(answers[n]) and is_right(n, answers[n]),
            sure[n],
            told.get(n),
        )
        for n, question in enumerate(questions)
    ]


def _ask(lm: LanguageModel, requests: Sequence[Request]) -> list[str]:
    return [completion.text for completion in lm.complete(requests)] if requests else []


def _answer(reply: str) -> str:
    """Return the answer in a reply, "" where it gives up or holds none."""
    text = visible(reply).strip()
    for value in json_values(text):
        if isinstance(value, dict) and "answer" in value:
            text = str(value["answer"]).strip()
            break
    else:
        text = text.splitlines()[0].strip() if text else ""
    return "" if text.casefold() == REFUSES or _GIVEN_UP.match(text) else text


def _verdict(reply: str) -> bool | None:
    """Return what a reply judges, None where it says neither yes nor no, or both."""
    text = visible(reply)
    for value in json_values(text):
        if isinstance(value, dict) and "verdict" in value:
            text = str(value["verdict"])
            break
    said = {word.lower() for word in _VERDICT.findall(text)}
    return said == {"yes"} if len(said) == 1 else None
