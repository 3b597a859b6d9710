"""Questions that offer names to choose from: "which came first, A or B?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reasoning.planning.clauses import clause
from reasoning.planning.lexicon import (
    ATTRIBUTES,
    AUXILIARIES,
    LATER,
    PREPOSITIONS,
    listed,
)
from reasoning.planning.nouns import ORIGIN
from reasoning.planning.phrases import phrase
from reasoning.planning.reading import Frame, Reading
from reasoning.planning.tokens import Token

__all__ = ["ASKING", "KIND_OF_WORD", "MARKS", "choose", "offered_names"]

MARKS = listed("? . ! , : ; …")
#: Words that ask.
ASKING = listed("who whom whose what which where when how")
#: The kind of answer that a question word asks for.
KIND_OF_WORD = {"who": "person", "whom": "person", "where": "place", "when": "date", "what": "any"}


def offered_names(tokens: tuple[Token, ...]) -> tuple[list[Token], tuple[Token, ...]]:
    """Return the names that a question offers to choose from, and the question without them."""
    for i, token in enumerate(tokens):
        if not token.name or (i + 1 < len(tokens) and _is_origin(tokens, i)):
            continue
        begin, end, names, joins = _series(tokens, i)
        if len(names) < 2:
            continue
        if begin and begin < i and _is_origin(tokens, begin - 1):
            begin -= 1
        before = tokens[begin - 1].low if begin else ""
        wide = begin
        if before == "of" and begin > 1 and tokens[begin - 2].low == "out":
            wide = begin - 2
        elif before in (",", ":", "between", "of", "-", "–", "among", "either"):
            wide = begin - 1
        elif before in LATER or before in ATTRIBUTES:
            wide = begin
        offered = joins == {"or"} or before in ("between", "among") or wide == begin - 2
        apart = wide < begin or before in LATER or before in ATTRIBUTES
        if end == len(tokens) and apart and offered and wide > 1:
            frame = tokens[:wide]
            while frame and frame[-1].low in MARKS:
                frame = frame[:-1]
            return names, frame
        if offered and before == "," and end < len(tokens) and tokens[end].low == ",":
            return names, (*tokens[: begin - 1], *tokens[end + 1 :])
        leads = begin == 0 or (begin == 1 and before in ("between", "of", "among"))
        if leads and end < len(tokens) and tokens[end].low in (",", ":"):
            frame = tokens[end + 1 :]
            if frame and (frame[0].low in ASKING):
                return names, frame
    return [], tokens


def _series(tokens: tuple[Token, ...], i: int) -> tuple[int, int, list[Token], set[str]]:
    """Return where names set side by side begin and end, the names and what joins them.

    "A or B and C" are two names, the second of which has "and" in it.
    """
    names, joins = [tokens[i]], [""]
    begin, at = i, _behind(tokens, i + 1)
    while begin > 0 and _describes(tokens[begin - 1]):
        begin -= 1
    while at < len(tokens):
        k, join = at, ""
        while k < len(tokens) and tokens[k].low in (",", "or", "and", "&"):
            join = tokens[k].low if tokens[k].low != "," else join or ","
            k += 1
        while k + 1 < len(tokens) and (_describes(tokens[k]) or _is_origin(tokens, k)):
            k += 1
        if k == at or k >= len(tokens) or not tokens[k].name or not join:
            break
        names.append(tokens[k])
        joins.append(join)
        at = _behind(tokens, k + 1)
    if "or" in joins and "and" in joins:
        names, joins = _merged(names, joins)
    return begin, at, names, {join for join in joins if join not in ("", ",")}


def _merged(names: list[Token], joins: list[str]) -> tuple[list[Token], list[str]]:
    made, left = [names[0]], [""]
    for name, join in zip(names[1:], joins[1:], strict=True):
        if join == "and":
            said = f"{made[-1].name} and {name.name}"
            made[-1] = replace(made[-1], name=said, end=name.end)
        else:
            made.append(name)
            left.append(join)
    return made, left


def _describes(token: Token) -> bool:
    """Return whether a word may stand before a name: "the film", "novelist"."""
    return not token.name and (
        token.upos in ("NOUN", "PROPN") or token.low in ("the", "a", "either")
    )


def _is_origin(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether a name says where what follows comes from: "British novelist X"."""
    return bool(ORIGIN.fullmatch(tokens[i].name)) and _describes(tokens[i + 1])


def _behind(tokens: tuple[Token, ...], i: int) -> int:
    """Return the index behind a noun that goes with the name before it: "X magazine or"."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    is_noun = i < len(tokens) and tokens[i].upos == "NOUN" and not tokens[i].name
    return i + 1 if is_noun and after in ("or", "and", "") else i


def choose(reading: Reading, names: Sequence[Token]) -> tuple[int, str] | None:
    """Read what is asked of the names offered; return the thing that is one of them, and the
    form."""
    sketch = reading.sketch
    i = 0
    while reading.low(i) in PREPOSITIONS:
        i += 1
    low = reading.low(i)
    if low in ("who", "which", "what") and not reading.is_noun(i + 1):
        chosen = sketch.add(names[0].start, names[-1].end, "", KIND_OF_WORD.get(low, "thing"))
        subject, j = chosen.id, i + 1
        if reading.low(j) in ("of", "out"):
            _, j = phrase(reading, j + 1 + (reading.low(j) == "out"))
    elif low == "whose":
        chosen = sketch.add(names[0].start, names[-1].end)
        subject, j = phrase(reading, i)
        if subject < 0:
            return None
        sketch.join(chosen.id, sketch.things[subject].noun, subject)
    elif low in AUXILIARIES:
        chosen = sketch.add(names[0].start, names[-1].end)
        subject, j = chosen.id, i
    else:
        subject, j = phrase(reading, i)
        if subject < 0:
            return None
        wanted = reading.wanted if reading.wanted >= 0 else subject
        chosen = sketch.things[wanted]
        chosen.start, chosen.end = names[0].start, names[-1].end
    chosen.names = tuple(dict.fromkeys(token.name for token in names))
    _clauses(reading, j, subject)
    return chosen.id, "choose"


def _clauses(reading: Reading, i: int, subject: int) -> None:
    while i < len(reading.tokens):
        j = clause(reading, i, Frame(subject))
        i = j if j > i else i + 1
