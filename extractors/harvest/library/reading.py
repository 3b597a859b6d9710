"""Reading the relations from their files, once a process and when first asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import process

from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from kgkit.errors import InputError

__all__ = ["GROUPS", "relation", "relation_of_property", "relations"]

#: The files of the library, by subject.
GROUPS = ("general", "people", "places", "works", "organisations", "common_sense")
_FOLDER = Path(__file__).parent


def relations(group: str = "") -> tuple[Relation, ...]:
    """Return the relations of a group, or of all groups, in the order of the files.

    Raises `InputError` for a group that there is not.

    >>> "capital" in [relation.name for relation in relations("places")]
    True
    """
    if group and group not in GROUPS:
        raise InputError(f"no group of relations is called {group!r}; expected {_listed(GROUPS)}")
    return tuple(found for name in ((group,) if group else GROUPS) for found, _ in _read(name))


def relation(name: str) -> Relation:
    """Return the relation of a name or of a Wikidata property ("capital", "P36").

    Case, and blanks against underscores, do not matter. Raises `InputError` for a name that the
    library does not know; it says which names are like it.

    >>> relation("CAPITAL_OF").prompts[0].text
    '{0} is the capital of {1}.'
    """
    wanted = _folded(name)
    known = {_folded(found.name): found for found in relations()}
    found = known.get(wanted) or relation_of_property(name.strip().upper())
    if found is None:
        close = [match for match, _, _ in process.extract(wanted, list(known), limit=3)]
        raise InputError(
            f"the library has no relation {name!r}; like it are {_listed(close)} (all: "
            "`kgkit harvest --list`), or give prompts and seeds of your own"
        )
    return found


def relation_of_property(number: str) -> Relation | None:
    """Return the relation that a Wikidata property ("P36") stands for, or None."""
    for group in GROUPS:
        for found, own in _read(group):
            if own == number and own:
                return found
    return None


@cache
def _read(group: str) -> tuple[tuple[Relation, str], ...]:
    """The relations of a file with their Wikidata properties, empty where they have none."""
    entries = json.loads((_FOLDER / f"{group}.json").read_text(encoding="utf-8"))
    return tuple((_made(entry), str(entry.get("wikidata", ""))) for entry in entries)


def _made(entry: Mapping[str, Any]) -> Relation:
    return Relation(
        entry["name"],
        _prompts(entry, "prompts"),
        tuple(tuple(seed) for seed in entry["seeds"]),
        tuple(Slot(kind) for kind in entry["types"]),
        entry["description"],
        inverse_prompts=_prompts(entry, "inverse_prompts"),
        negative_prompts=_prompts(entry, "negative_prompts"),
        functional=entry.get("functional", False),
        symmetric=entry.get("symmetric", False),
    )


def _prompts(entry: Mapping[str, Any], kind: str) -> tuple[Prompt, ...]:
    return tuple(Prompt.parse(text) for text in entry.get(kind, ()))


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(repr(name) for name in names)
