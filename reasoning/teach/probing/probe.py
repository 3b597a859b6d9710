"""A probe: the beginning of a text whose right end is known."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.errors import InputError

__all__ = ["Answer", "Probe"]


@dataclass(frozen=True, slots=True)
class Probe:
    """A prompt that a model is to finish: `answers` are right, `candidates` what it chooses from
    (empty where it may say anything), `ending` what follows an answer.

    `relation` and `facts` (by id) say what it takes to know, `kind` what is tried: "direct",
    "alias", "inverse", "chain", "locality" ...; `question` is the question alone, for whoever
    answers with a book. Raises `InputError` where no candidate is right.

    >>> Probe("Ada was born in", ("Rome",), ("Oslo", "Rome")).kind
    'direct'
    """

    prompt: str
    answers: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    relation: str = ""
    facts: tuple[str, ...] = ()
    kind: str = "direct"
    ending: str = "."
    question: str = ""

    def __post_init__(self) -> None:
        """Refuse candidates of which none is right."""
        if not self.answers:
            raise InputError(f"the probe {self.prompt!r} has no right answer; give one or more")
        if self.candidates and not set(self.answers) & set(self.candidates):
            raise InputError(
                f"no candidate of the probe {self.prompt!r} is right; add {self.answers[0]!r}"
            )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said to a probe, with its natural log-probability where it chose."""

    probe: Probe
    text: str
    log_probability: float | None = None

    @property
    def right(self) -> bool:
        """Whether it is one of the right answers, but for case and blanks."""
        said = " ".join(self.text.split()).casefold()
        return any(said == " ".join(a.split()).casefold() for a in self.probe.answers)
