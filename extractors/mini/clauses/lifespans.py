"""Birth, death and age after a name: "(born 1903)", "(7 November 1867 - 4 July 1934)", ", 62,"."""

from __future__ import annotations

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.tree import Tree
from extractors.mini.syntax import Span

__all__ = ["lifespan_clauses"]

_OPEN = frozenset({"(", "-LRB-"})
_CLOSE = frozenset({")", "-RRB-"})
_DASHES = frozenset({"-", "–", "—", "to"})
_BIRTH = frozenset({"born", "b.", "b", "née", "*"})
_DEATH = frozenset({"died", "d.", "d", "†"})


def lifespan_clauses(tree: Tree) -> list[Clause]:
    """Return "was born" and "died" with a time, or an age, for each person who is so described."""
    found: list[Clause] = []
    for span in tree.sentence.spans:
        if span.type != "Person" or span.last == len(tree.tokens):
            continue
        if tree.tokens[span.last].text in _OPEN:
            found.extend(_bracket(tree, span))
        elif _is_age(tree, span.last):
            found.append(_clause(tree, span, (span.last + 1,), "age"))
    return found


def _is_age(tree: Tree, comma: int) -> bool:
    """Whether a number between commas follows a name: "Tim Cook, 62, said"."""
    words = [token.text for token in tree.tokens[comma : comma + 3]]
    if len(words) < 3 or words[0] != "," or words[2] not in (",", "."):
        return False
    return (
        words[1].isascii()
        and words[1].isdecimal()
        and 0 < len(words[1]) < 4
        and int(words[1]) < 120
    )


def _bracket(tree: Tree, person: Span) -> list[Clause]:
    tokens = tree.tokens
    close = person.last + 1
    while close < len(tokens) and tokens[close].text not in _CLOSE:
        close += 1
    if close == len(tokens):
        return []
    times = _times(tree, person.last + 1, close)
    words = [tokens[i].text.lower() for i in range(person.last + 1, close)]
    if not times or len(times) > 2:
        return []
    between = words[times[0][-1] - person.last : times[-1][0] - person.last - 1]
    if len(times) == 2 and any(word in _DASHES for word in between):
        return [_clause(tree, person, times[0], "born"), _clause(tree, person, times[1], "die")]
    if len(times) == 1 and _BIRTH.intersection(words):
        return [_clause(tree, person, times[0], "born")]
    if len(times) == 1 and _DEATH.intersection(words):
        return [_clause(tree, person, times[0], "die")]
    return []


def _times(tree: Tree, first: int, last: int) -> list[tuple[int, ...]]:
    found = [
        tuple(range(span.first, span.last))
        for span in tree.sentence.spans
        if span.type == "Time" and first <= span.first and span.last <= last
    ]
    if found:
        return found
    texts = [(i, tree.tokens[i].text) for i in range(first, last)]
    return [(i,) for i, text in texts if len(text) == 4 and text.isdecimal()]


def _clause(tree: Tree, person: Span, time: tuple[int, ...], event: str) -> Clause:
    inside = range(person.first, person.last)
    head = next((i for i in inside if tree.tokens[i].head not in inside), person.first)
    subject = Argument(head, tuple(inside), "subject")
    when = Argument(time[0], time, "oblique")
    return Clause("lifespan", head, subject, (), (when,), implied=event, score=0.9)
