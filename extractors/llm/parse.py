"""A reply as rows, and what in it is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import ValidationError

from extractors.llm.rejections import Rejection
from extractors.llm.replies import LONGEST, json_values, unescaped, visible
from extractors.llm.rows import EntityRow, FactRow, why

__all__ = ["Rows", "parse_reply"]

#: Rows of a reply that are read; a model that repeats itself writes more.
_MOST = 500
_DEEPEST = 12

_HEADS = frozenset(
    {"head", "subject", "subj", "source", "head_entity", "from", "entity1", "src", "start"}
)
_TAILS = frozenset(
    {"tail", "object", "obj", "target", "tail_entity", "to", "entity2", "dst", "end"}
)
_RELATIONS = frozenset({"relation", "predicate", "relationship", "rel"})
_NAMES = frozenset({"name", "entity", "entity_name", "mention"})
_ENTITIES = frozenset({"entities", "nodes", "names", "mentions"})

_ARROW = re.compile(r"\(([^()\n]+)\)\s*-+\s*\[:?([^\]\n]+)\]\s*-+>\s*\(([^()\n]+)\)")
#: Between the parts of "a -> R -> b" and "a --R--> b".
_STEP = re.compile(r"\s*(?:-+>|→|(?<=\s)--+|—>|(?<=\s)—(?=\s))\s*|(?<=\w)--+>\s*")
_BULLET = re.compile(r"^(?:[-*•]|\d+[.)])\s+")
#: Characters of a line that may hold a fact.
_LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class Rows:
    """What a reply holds: entities, facts, and what was not understood."""

    entities: tuple[EntityRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def parse_reply(reply: str) -> Rows:
    """Return the rows of a reply: JSON in any of the shapes that models give it, else lines.

    A row that is damaged, incomplete or of an unknown shape is rejected by itself; the others
    stay. A reply without any row is rejected as a whole, unless it says in JSON that there is
    none.

    >>> parse_reply("Facts:\\n(Ada Lovelace)-[WROTE]->(Note G)").facts[0].relation
    'WROTE'
    """
    text = visible(reply[:LONGEST])
    found = list(islice(_from_values(json_values(text)), _MOST + 1))
    if '\\"' in text and not any(isinstance(row, EntityRow | FactRow) for row in found):
        inside = list(islice(_from_values(json_values(unescaped(text))), _MOST + 1))
        found = inside or found
    if not found and not _says_nothing(text):
        found = list(islice(_from_lines(text), _MOST + 1))
    if len(reply) > LONGEST:
        reason = f"the reply has {len(reply):,} characters; {LONGEST:,} are read"
        found.append(Rejection.of("unreadable", reply[LONGEST : LONGEST + 300], reason))
    if not found and not _says_nothing(text):
        found.append(Rejection.of("empty", text or reply, "there is no row in the reply"))
    if len(found) > _MOST:
        rest = Rejection.of("unreadable", found[_MOST], f"more than {_MOST} rows in one reply")
        found = [*found[:_MOST], rest]
    return Rows(
        tuple(dict.fromkeys(row for row in found if isinstance(row, EntityRow))),
        tuple(row for row in found if isinstance(row, FactRow)),
        tuple(row for row in found if isinstance(row, Rejection)),
    )


_Found = EntityRow | FactRow | Rejection


def _says_nothing(text: str) -> bool:
    """Whether a text is JSON that holds only empty lists and objects."""
    bare = re.sub(r"```\w*", "", text).strip()
    try:
        value = json.loads(bare)
    except (ValueError, RecursionError):
        return False
    if isinstance(value, dict):
        return all(each in ([], {}, None) for each in value.values())
    return bool(value == [])


def _from_values(values: Iterator[object]) -> Iterator[_Found]:
    for value in values:
        if isinstance(value, Rejection):
            yield value
        else:
            yield from _rows(value, "", 0)


def _rows(value: object, under: str, depth: int) -> Iterator[_Found]:
    """Yield the rows in a JSON value that stands under this key."""
    if depth > _DEEPEST:
        yield Rejection.of("unreadable", value, "the row lies too deep in the reply")
    elif isinstance(value, dict):
        yield from _rows_of(value, depth)
    elif isinstance(value, list):
        if value and under not in _ENTITIES and _is_plain(value):
            if 3 <= len(value) <= 5:
                yield from _facts(dict(zip(("head", "relation", "tail"), value, strict=False)))
            elif depth:  # else it stands in prose: "see [1]"
                yield Rejection.of("unreadable", value, "it is no head, relation and tail")
        else:
            for each in value:
                yield from _rows(each, under, depth + 1)
    elif under in _ENTITIES and isinstance(value, str) and value.strip():
        yield _entity({"name": value})
    elif isinstance(value, str) and _ARROW.search(value):
        yield from _from_lines(value)


def _rows_of(value: dict[Any, object], depth: int) -> Iterator[_Found]:
    """Yield the rows in an object: itself, those in its members, or in the JSON that it quotes."""
    row = {_key(key): each for key, each in value.items()}
    if row.keys() & (_HEADS | _TAILS | _RELATIONS):
        yield from _facts(row)
        return
    quoted = [each for each in map(_encoded, row.values()) if each is not None]
    if quoted:
        for each in quoted:
            yield from _rows(each, "", depth + 1)
    elif row.keys() & _NAMES and not any(isinstance(v, dict) for v in row.values()):
        yield _entity(row)
    elif depth and row and not any(isinstance(v, dict | list) for v in row.values()):
        yield Rejection.of("unreadable", _shown(row), "it is neither an entity nor a fact")
    else:
        for key, each in row.items():
            yield from _rows(each, key, depth + 1)


def _encoded(value: object) -> object | None:
    """Return the object that a string is the JSON of, as the arguments of a call are."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) and found else None


def _key(key: object) -> str:
    return str(key).strip().lower().replace(" ", "_").replace("-", "_")


def _is_plain(value: list[object]) -> bool:
    """Whether a list holds words and numbers alone, none of them a whole fact."""
    scalars = [each for each in value if isinstance(each, str | int | float)]
    drawn = any(isinstance(each, str) and _ARROW.search(each) for each in scalars)
    return len(scalars) == len(value) and not drawn


def _entity(row: dict[str, object]) -> _Found:
    try:
        return EntityRow.model_validate(row)
    except ValidationError as error:
        return Rejection.of("incomplete", _shown(row), why(error))


def _facts(row: dict[str, object]) -> Iterator[_Found]:
    """Yield a fact for each end that a row lists, after ends that are objects are flattened."""
    flat: dict[str, object] = {}
    for key, value in row.items():
        inner = {_key(k): v for k, v in value.items()} if isinstance(value, dict) else {}
        if inner.keys() & _NAMES and key not in ("roles", "qualifiers", "arguments"):
            flat[key] = next(inner[name] for name in sorted(_NAMES) if name in inner)
            side = "head_type" if key in _HEADS else "tail_type"
            flat.setdefault(side, inner.get("type", inner.get("label", "")))
        else:
            flat[key] = value
    for key in sorted(_TAILS & flat.keys()):
        ends = flat[key]
        if isinstance(ends, list) and 0 < len(ends) <= 50:
            for end in ends:
                yield _fact({**flat, key: end})
            return
    yield _fact(flat)


def _fact(row: dict[str, object]) -> _Found:
    try:
        return FactRow.model_validate(row)
    except ValidationError as error:
        return Rejection.of("incomplete", _shown(row), why(error))


def _shown(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


def _from_lines(text: str) -> Iterator[_Found]:
    """Yield the facts of lines such as "(a)-[R]->(b)", "a -> r -> b", "a | r | b", "(a, r, b)"."""
    for line in text.splitlines():
        if len(line) > _LONGEST_LINE:
            continue
        bare = _BULLET.sub("", line.strip()).rstrip(",;")
        rows = [list(match) for match in _ARROW.findall(bare)]
        if not rows and len(steps := _STEP.split(bare)) == 3:
            rows = [steps]
        elif not rows and bare.startswith("(") and bare.endswith(")"):
            rows = [bare[1:-1].split(";" if bare.count(";") == 2 else ",")]
        elif not rows:
            rows = [bare.strip("|").split("\t" if bare.count("\t") == 2 else "|")]
        for row in rows:
            cells = [cell.strip(" \t\"'*`") for cell in row]
            if len(cells) == 3 and all(cells) and not _is_heading(cells):
                yield _fact(dict(zip(("head", "relation", "tail"), cells, strict=True)))


def _is_heading(cells: list[str]) -> bool:
    """Whether a row names its columns or is a rule between them."""
    words = {cell.strip(" *_").lower() for cell in cells}
    rule = all(set(word) <= set("-:") for word in words)
    return rule or bool(words & _HEADS and words & _TAILS)
