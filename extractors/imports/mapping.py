"""How the rows of a table become entities: which column is the key, a property or a link.

As a file, in TOML or JSON::

    type = "Film"
    key = "id"
    name = "title"

    [[properties]]
    column = "released"
    datatype = "date"

    [[links]]
    column = "director"
    relation = "DIRECTED_BY"
    type = "Person"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from extractors.imports.values import DATATYPES
from kgkit.errors import InputError, ReadError

__all__ = ["Link", "Property", "TableMapping", "load_mapping", "parse_mapping"]

_T = TypeVar("_T", "Link", "Property", "TableMapping")


@dataclass(frozen=True, slots=True)
class Property:
    """A column that holds a value of the row's entity.

    `relation` is the column's name where it is empty, `datatype` an XSD local name or "" for the
    one that fits each cell; `separator` splits a text cell into several values.
    """

    column: str
    relation: str = ""
    datatype: str = ""
    unit: str | None = None
    separator: str = ""

    def __post_init__(self) -> None:
        if self.datatype and self.datatype not in DATATYPES:
            raise InputError(
                f"property {self.column!r} has the datatype {self.datatype!r}; expected one of "
                f"{', '.join(sorted(DATATYPES))}"
            )


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names another entity, of `type`.

    With `key` the column holds the key of a row, and `name` is the column with the name of that
    row, where there is one; otherwise it holds a name. `incoming` turns the fact around.
    """

    column: str
    relation: str = ""
    type: str = "Thing"
    key: bool = False
    name: str = ""
    separator: str = ""
    incoming: bool = False


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One entity a row: its type, key and name columns, its properties and its links.

    The key gives the entity its identity, "Film/7", or as it stands where it is an IRI;
    `namespace` is put before keys in place of the type. Without a key the name and type identify
    the entity. Raises `InputError` when there is neither.

    >>> TableMapping("Film", name="title", links=(Link("director", "DIRECTED_BY", "Person"),)).key
    ''
    """

    type: str = "Thing"
    key: str = ""
    name: str = ""
    namespace: str = ""
    properties: tuple[Property, ...] = ()
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        if not self.key and not self.name:
            raise InputError(
                "the mapping has neither a key nor a name column; give one, to tell rows apart"
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        named = [link.name for link in self.links]
        parts = [part.column for part in self.properties] + [part.column for part in self.links]
        return tuple(dict.fromkeys(filter(None, [self.key, self.name, *parts, *named])))


def load_mapping(path: str | Path) -> TableMapping:
    """Return the mapping in a TOML or JSON file.

    Raises `ReadError` for a file that is neither, and `InputError` for unknown fields.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{path} cannot be read ({reason}); check the path") from error
    read = json.loads if path.suffix.lower() == ".json" else tomllib.loads
    try:
        found = read(data.decode())
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path} is no {read.__module__} mapping ({error}); mend it") from error
    return parse_mapping(found)


def parse_mapping(fields_of: object) -> TableMapping:
    """Return the mapping that plain values describe; raises `InputError` naming what is wrong.

    >>> parse_mapping({"type": "Film", "name": "title", "links": [{"column": "by"}]}).links[0].type
    'Thing'
    """
    return _made(TableMapping, fields_of, {"properties": Property, "links": Link})


def _made(kind: type[_T], given: object, parts: Mapping[str, Any]) -> _T:
    known = {field.name: field.type for field in fields(kind)}
    if not isinstance(given, Mapping):
        raise InputError(f"{given!r} is no {kind.__name__}; expected {', '.join(known)}")
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise InputError(f"a {kind.__name__} has no field {name!r}; it has {', '.join(known)}")
        if name in parts:
            if not isinstance(value, Sequence) or isinstance(value, str):
                raise InputError(f"{name} is {value!r}; expected a list")
            values[name] = tuple(_made(parts[name], part, {}) for part in value)
        else:
            wanted = bool if known[name] == "bool" else str
            if not isinstance(value, wanted):
                raise InputError(f"{name} is {value!r}; expected a {wanted.__name__}")
            values[name] = value
    if "column" in known and not values.get("column"):
        raise InputError(f"a {kind.__name__} has no column; give the name of one")
    return kind(**values)
