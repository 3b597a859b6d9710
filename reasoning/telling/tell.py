"""An answer in a language model's words, as far as the evidence bears it out.

The model sees numbered sentences and replies with claims that cite them. A claim that cites
nothing, or a number that is not there, or evidence that does not say so, is dropped; an answer that
no claim holds is refused. So a model that guesses, or does what a planted sentence asks for, is not
heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kgkit.models.lm.base import LanguageModel, Request
from reasoning.answers.answer import Answer, Citation, Refusal, Step
from reasoning.answers.cite import numbered
from reasoning.answers.words import fold
from reasoning.telling.addressing import addresses_reader
from reasoning.telling.bearing import answer_is_borne, bearing
from reasoning.telling.prompt import instructions, question_with_evidence, reply_schema
from reasoning.telling.proving import objection
from reasoning.telling.replies import Claim, read_reply

__all__ = ["tell"]

_MOST = 12
_MAX_TOKENS = 600
#: What an answer is worth that a model read alone, and a draft that it does not find borne out.
_ALONE, _UNSURE = 0.7, 0.5


def tell(
    question: str,
    evidence: Sequence[Citation],
    lm: str | LanguageModel | Callable[[str], str],
    *,
    draft: Answer | None = None,
) -> Answer:
    """Return the answer that a model gives from the evidence, with what it cites, in one call.

    `draft` is what was answered without the model: it stays where the model's answer is not borne
    out, and the confidence is its own where both agree; else it is the share of the model's words
    that the evidence says, times 0.7, which nothing has calibrated. Without evidence no model is
    asked. Raises `InputError` for a spec that names no model, and `CallError` where no reply could
    be had.

    >>> from kgkit.models.lm.fake import FakeLM
    >>> piece = Citation(1, "a.txt", "Radium", 0, 35, "Radium was discovered in Paris in 1898.")
    >>> print(tell("Where was radium found?", [piece], FakeLM(["Radium was discovered in Paris [1]."
    ...     " Answer: Paris"])).text)
    Paris
    """
    from kgkit.models.lm.registry import lm as opened

    before = draft or Answer(question, "")
    shown, steps = _shown(evidence)
    if not shown:
        return _without(before, [*steps, Step("told", "nothing, as there is no evidence")], 1.0)
    model = opened(lm)
    request = Request.of(
        question_with_evidence(question, shown),
        system=instructions(),
        schema=reply_schema(len(shown)),
        max_tokens=_MAX_TOKENS,
    )
    reply = model.complete([request])[0]
    told = read_reply(reply.text)
    kept, shares, dropped = _believed(told.claims, shown)
    steps += [Step("told", f"{model.name} said: {claim}") for claim in kept]
    steps += [Step("dropped", f"{claim}: {why}") for claim, why in dropped]
    if not kept:
        said = "said nothing that is borne out" if told.claims else "found no answer in it"
        return _without(before, [*steps, Step("told", f"{model.name} {said}")], _UNSURE)
    cited = [piece for piece in shown if any(piece.number in claim.cites for claim in kept)]
    answer = told.answer or " ".join(claim.text for claim in kept)
    agrees = bool(before) and bool(before.text) and fold(before.text) == fold(told.answer)
    if told.answer and not agrees and not answer_is_borne(told.answer, kept, cited):
        steps.append(Step("dropped", f"the answer {told.answer!r}: no claim that stands holds it"))
        return _without(before, steps, _UNSURE)
    share = sum(shares) / (len(kept) + len(dropped))
    confidence = before.confidence if agrees else round(_ALONE * share, 4)
    return replace(
        before,
        text=answer,
        citations=numbered(cited),
        plan=(*before.plan, *steps),
        confidence=confidence,
        missing=None,
        source=before.source if agrees else "text",
    )


def _shown(evidence: Sequence[Citation]) -> tuple[list[Citation], list[Step]]:
    """Return the evidence as it is numbered for the model, and what was left out."""
    pieces = [piece for piece in numbered(evidence) if piece.quote or piece.fact]
    planted = [p for p in pieces if addresses_reader(p.quote) or addresses_reader(p.title)]
    steps = [
        Step("dropped", f"a sentence of {piece.document_uri} that gives orders to its reader")
        for piece in planted
    ]
    stating = [piece for piece in pieces if piece not in planted][:_MOST]
    return [replace(p, number=number) for number, p in enumerate(stating, 1)], steps


def _believed(
    claims: Sequence[Claim], shown: Sequence[Citation]
) -> tuple[list[Claim], list[float], list[tuple[Claim, str]]]:
    """Return the claims that their evidence bears out, the share of each, and the others."""
    kept: list[Claim] = []
    shares: list[float] = []
    dropped: list[tuple[Claim, str]] = []
    by_number = {piece.number: piece for piece in shown}
    for claim in claims:
        strange = [number for number in claim.cites if number not in by_number]
        if not claim.cites or strange:
            what = f"there is no evidence {strange[0]}" if strange else "it cites nothing"
            dropped.append((claim, what))
            continue
        cited = [by_number[number] for number in claim.cites]
        share, wrong = bearing(claim, cited)
        wrong = wrong or objection(claim, cited)
        if wrong:
            dropped.append((claim, wrong))
        else:
            kept.append(claim)
            shares.append(share)
    return kept, shares, dropped


def _without(draft: Answer, steps: Sequence[Step], worth: float) -> Answer:
    """Return the draft as it was, worth less; a refusal where there is none."""
    plan = (*draft.plan, *steps)
    if draft.missing is not None:
        return replace(draft, plan=plan)
    if not draft.text:
        detail = "The evidence bears out no answer; ask more closely, or build the graph further."
        return replace(draft, plan=plan, missing=Refusal("low_support", detail))
    return replace(draft, plan=plan, confidence=round(worth * draft.confidence, 4))
