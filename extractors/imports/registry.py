"""Which importer a name means, through the entry points `kgkit.importers`, and which a file needs.

A package adds a format by an entry point of that group, named as it is chosen, that loads an
`Importer`. Built-ins are listed in the same way.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from extractors.imports.base import Importer
from extractors.imports.facts import COLUMNS
from kgkit.errors import InputError

__all__ = ["GROUP", "check_options", "detect_format", "load_importer"]

#: The entry-point group of importers.
GROUP = "kgkit.importers"

_SUFFIXES = {
    "csv": "triples",
    "tsv": "triples",
    "parquet": "triples",
    "pq": "triples",
    "graphml": "network",
    "json": "hipporag",
    "jsonl": "records",
    **dict.fromkeys(("ttl", "trig", "nt", "nq", "n3", "rdf", "owl", "jsonld"), "rdf"),
}


#: What files with these suffixes begin with when they are of another format than most.
_SIGNS = {
    "csv": (re.compile(f"\ufeff?{','.join(COLUMNS)}\\s"), "facts"),
    # The attributes of LightRAG's nodes and edges.
    "graphml": (re.compile(r"(?s).*attr\.name=.source_id"), "lightrag"),
    "json": (re.compile(r'\s*\{\s*"(directed|multigraph|graph|nodes|links|edges)"'), "network"),
}
#: Characters in which such a sign is looked for.
_HEAD = 65_536


def load_importer(name: str) -> Importer:
    """Return the importer of this name; raises `InputError` for one that no package offers."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no importer is named {name!r}; installed are {', '.join(sorted(known)) or 'none'}"
        )
    importer: Importer = known[name].load()
    return importer


def detect_format(path: Path, options: Iterable[str] = ()) -> str:
    """Return the name of the importer for a file or folder, by its suffix and what is in it.

    A table with a `mapping` among the options is a table, and one without holds triples. Raises
    `InputError` when there is nothing, or no telling.

    >>> detect_format(Path("films.ttl"))
    'rdf'
    """
    if path.is_dir():
        names = {file.name.removeprefix("create_final_") for file in path.iterdir()}
        if names & {"entities.parquet", "relationships.parquet"}:
            return "graphrag"
        if any(name.endswith(".graphml") for name in names):
            return "lightrag"
        raise InputError(
            f"{path} is a folder of no known kind; expected GraphRAG's Parquet tables or "
            "LightRAG's GraphML, or name the files in it"
        )
    found = _SUFFIXES.get(path.suffix[1:].lower())
    if found is None:
        raise InputError(
            f"{path} is of unknown format {path.suffix or 'without a suffix'}; name its format, "
            "such as format='triples'"
        )
    if found == "triples" and "mapping" in options:
        return "table"
    return _told_by_content(path) or found


def _told_by_content(path: Path) -> str:
    """Return the format that the beginning of a file is of, "" where it says nothing."""
    sign, format = _SIGNS.get(path.suffix[1:].lower(), (None, ""))
    if sign is None or not path.is_file():
        return ""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return format if sign.match(file.read(_HEAD)) else ""
    except OSError:
        return ""  # the importer says what is wrong


def check_options(name: str, importer: Importer, options: dict[str, Any]) -> None:
    """Raise `InputError` for an option that the importer of this name does not take."""
    taken = inspect.signature(importer).parameters
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in taken.values()):
        return
    known = [p.name for p in taken.values() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    for option in options:
        if option not in known:
            raise InputError(
                f"the format {name!r} takes no option {option!r}; it takes "
                f"{', '.join(known) or 'none'}"
            )
    for p in taken.values():
        if p.kind is p.KEYWORD_ONLY and p.default is p.empty and p.name not in options:
            raise InputError(f"the format {name!r} needs the option {p.name!r}; give it")
