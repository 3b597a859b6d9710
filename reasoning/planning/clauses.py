"""What a clause says of its subject, by a verb, by "is" or by "has"."""

from __future__ import annotations

from reasoning.planning.copulas import being
from reasoning.planning.having import having
from reasoning.planning.lexicon import AUXILIARIES, BE, HAVE, LATER, PREPOSITIONS, listed
from reasoning.planning.reading import Frame, Reading
from reasoning.planning.verbs import Said, verb_phrase

__all__ = ["clause"]

_DENYING = listed("not n't n’t never")


def clause(reading: Reading, i: int, frame: Frame) -> int:
    """Read a verb and what follows it; return the next index, `i` where there is no verb."""
    said = Said()
    begin = i
    i, auxiliary = _auxiliaries(reading, i, said)
    if reading.is_verb(i) or _is_participle(reading, i, auxiliary):
        return verb_phrase(reading, i, frame, said, auxiliary)
    if auxiliary in HAVE:
        return having(reading, i, frame, said)
    if auxiliary in BE:
        return being(reading, i, frame, said)
    return begin


def _auxiliaries(reading: Reading, i: int, said: Said) -> tuple[int, str]:
    auxiliary = ""
    while (token := reading.at(i)) is not None:
        if token.low in _DENYING:
            said.denied = True
        elif token.low in AUXILIARIES:
            auxiliary = token.low
        elif token.low == "how" or (
            token.low != "both" and (token.upos != "ADV" or token.low in LATER)
        ):
            break
        i += 1
    return i, auxiliary


def _is_participle(reading: Reading, i: int, auxiliary: str) -> bool:
    token = reading.at(i)
    if token is None or token.name:
        return False
    if token.xpos in ("VBN", "VBG") or token.low in ("born", "located", "based", "married"):
        return True
    return not auxiliary and token.upos == "ADJ" and reading.low(i + 1) in PREPOSITIONS
