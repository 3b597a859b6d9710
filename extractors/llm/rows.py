"""The rows of a reply as values, checked by pydantic, under the many names that models use."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

__all__ = ["EntityRow", "FactRow", "RoleRow", "why"]

_NUMBER = re.compile(r"\d+")
_YES = frozenset({"true", "yes", "1", "y"})
_NO = frozenset({"false", "no", "0", "n", "", "none", "null"})


def _text(value: object) -> object:
    """Return numbers as text; everything else as it is, for pydantic to judge."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _ordinal(value: object) -> object:
    """Return the number in "2", "[2]" or "S2"; 0 where there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, float):
        return int(value) if value.is_integer() else 0
    if isinstance(value, str):
        found = _NUMBER.search(value)
        return int(found.group()) if found and len(found.group()) < 9 else 0
    return value


def _flag(value: object) -> object:
    if value is None:
        return False
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _YES else False if word in _NO else value
    return value


def _roles(value: object) -> object:
    """Return {"time": "1903"} as rows; None as no row."""
    if value is None:
        return []
    if isinstance(value, dict):
        if {"role", "value"} <= set(value):
            return [value]
        return [{"role": role, "value": each} for role, each in value.items() if each]
    return value


_Name = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=300)]
_Word = Annotated[str, BeforeValidator(_text), Field(max_length=100)]
_Flag = Annotated[bool, BeforeValidator(_flag)]


def _named(*names: str) -> Any:
    return AliasChoices(*names)


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class RoleRow(_Row):
    """A further part of a fact, such as its time."""

    role: _Word = Field(min_length=1, validation_alias=_named("role", "name", "key", "type"))
    value: _Name = Field(validation_alias=_named("value", "text", "filler", "entity", "argument"))


class EntityRow(_Row):
    """A name and its type, "" where the reply gives none."""

    name: _Name = Field(
        validation_alias=_named("name", "entity", "entity_name", "text", "mention", "id")
    )
    type: _Word = Field(
        default="",
        validation_alias=_named("type", "entity_type", "label", "category", "class", "kind"),
    )


class FactRow(_Row):
    """Two ends and what relates them; `sentence` counts from 1, and is 0 where none is given."""

    head: _Name = Field(
        validation_alias=_named(
            "head", "subject", "subj", "source", "head_entity", "from", "entity1", "src", "start"
        )
    )
    relation: _Name = Field(
        validation_alias=_named(
            "relation", "predicate", "relationship", "rel", "edge", "property", "verb",
            "relation_type", "type", "label", "event",
        )
    )  # fmt: skip
    tail: _Name = Field(
        validation_alias=_named(
            "tail", "object", "obj", "target", "tail_entity", "to", "entity2", "dst", "end", "value"
        )
    )
    head_type: _Word = Field(
        default="", validation_alias=_named("head_type", "subject_type", "source_type")
    )
    tail_type: _Word = Field(
        default="", validation_alias=_named("tail_type", "object_type", "target_type")
    )
    sentence: Annotated[int, BeforeValidator(_ordinal)] = Field(
        default=0, validation_alias=_named("sentence", "sentence_id", "line", "evidence")
    )
    denied: _Flag = Field(default=False, validation_alias=_named("denied", "negated", "negative"))
    hedged: _Flag = Field(
        default=False, validation_alias=_named("hedged", "uncertain", "speculative", "possible")
    )
    roles: Annotated[list[RoleRow], BeforeValidator(_roles), Field(max_length=50)] = Field(
        default_factory=list, validation_alias=_named("roles", "qualifiers", "arguments")
    )


def why(error: ValidationError) -> str:
    """Return what is wrong with a row, as one phrase."""
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the row"
    message = first["msg"][:1].lower() + first["msg"][1:]
    return f"{place}: {message}"
