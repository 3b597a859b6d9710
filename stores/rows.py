"""What a query returns: a list of dicts that turns into a table or a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, overload

from kgkit.errors import InputError, MissingExtra
from kgkit.ids import content_id

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["Node", "Path", "Relationship", "Rows"]

_SHOWN = 20
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its labels and properties; `node["name"]` reads a property.

    >>> Node(("Entity", "Film"), {"id": "a1", "name": "Alien"})["name"]
    'Alien'
    """

    labels: tuple[str, ...]
    properties: Mapping[str, Any] = field(hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.properties[name]

    @property
    def id(self) -> str:
        """The property `id`, or a hash of the content of a node that has none."""
        own = self.properties.get("id")
        return str(own) if own is not None else _content_key(self.labels, self.properties)

    def __str__(self) -> str:
        shown = self.properties.get("name", self.properties.get("title", self.id))
        return f"({':'.join(('', *self.labels))} {shown})"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship: its type, the ids of the nodes that it joins, and its properties."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Any] = field(hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.properties[name]

    @property
    def id(self) -> str:
        """The property `id`, or a hash of the content of a relationship that has none."""
        own = self.properties.get("id")
        ends = (self.type, self.start, self.end)
        return str(own) if own is not None else _content_key(ends, self.properties)

    def __str__(self) -> str:
        return f"[:{self.type}]"


@dataclass(frozen=True, slots=True)
class Path:
    """A walk: n + 1 nodes and the n relationships between them."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    def __len__(self) -> int:
        return len(self.relationships)

    def __str__(self) -> str:
        parts = [str(self.nodes[0])] if self.nodes else []
        for step, (edge, node) in enumerate(zip(self.relationships, self.nodes[1:], strict=False)):
            forward = edge.start == self.nodes[step].id
            parts += [f"-{edge}->" if forward else f"<-{edge}-", str(node)]
        return "".join(parts)


class Rows(Sequence[dict[str, Any]]):
    """The rows of a query: each a dict from column to native value.

    `columns` are in the order of the query's RETURN; `notes` say what may be wrong with the
    query though it ran: an unknown label, a limit that cut rows off.

    >>> rows = Rows([{"name": "Alien", "year": 1979}], ["name", "year"])
    >>> rows[0]["year"], len(rows)
    (1979, 1)
    >>> print(rows)
    name  | year
    ------+-----
    Alien | 1979
    (1 row)
    """

    __slots__ = ("_rows", "columns", "notes")

    def __init__(
        self,
        rows: Iterable[dict[str, Any]],
        columns: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        self._rows = list(rows)
        self.columns = tuple(columns) or tuple(dict.fromkeys(k for row in self._rows for k in row))
        self.notes = tuple(notes)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | Rows:
        if isinstance(index, slice):
            return Rows(self._rows[index], self.columns, self.notes)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self._rows == other._rows
        return self._rows == other

    def __hash__(self) -> int:
        raise TypeError("rows can change and have no hash")

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of [rows, columns]. Raises `MissingExtra` without pandas."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtra('pandas is not installed: pip install "kgkit[pandas]"') from error
        return pd.DataFrame(self._rows, columns=list(self.columns))

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the nodes, relationships and paths in the rows as one graph.

        A node is keyed by its id and carries `labels` and its properties; an edge is keyed by
        its id and carries `type` and its properties. A property of a node that is called
        `labels`, or of an edge that is called `type`, gives way to these. Raises `InputError`
        when the rows hold scalars only.
        """
        import networkx as nx

        graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
        for value in _graph_values(list(row.values()) for row in self._rows):
            # Properties may be called as parameters of `add_node` and `add_edge` are.
            if isinstance(value, Node):
                graph.add_node(value.id)
                graph.nodes[value.id].update({**value.properties, "labels": list(value.labels)})
            else:
                ends = value.start, value.end, value.id
                graph.add_edge(*ends)
                graph.edges[ends].update({**value.properties, "type": value.type})
        if self._rows and not graph:
            raise InputError(
                f"the columns {list(self.columns)} hold no nodes or relationships: "
                "return some, as in MATCH (a)-[r]->(b) RETURN a, r, b"
            )
        return graph

    def __str__(self) -> str:
        cells = [list(self.columns)]
        cells += [[_short(row.get(name)) for name in self.columns] for row in self._rows[:_SHOWN]]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in cells
        ]
        if self.columns:
            lines.insert(1, "-+-".join("-" * width for width in widths))
        return "\n".join([*lines[: None if self.columns else 0], *self._foot()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(_short(row.get(name)))}</td>" for name in self.columns)
            + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        foot = "".join(f"<p>{escape(line)}</p>" for line in self._foot())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"

    def _foot(self) -> list[str]:
        rest = len(self) - _SHOWN
        count = f"({len(self)} row{'' if len(self) == 1 else 's'}"
        return [count + (f", {rest} more not shown)" if rest > 0 else ")"), *self.notes]


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _graph_values(value: Any) -> Iterator[Node | Relationship]:
    if isinstance(value, Node | Relationship):
        yield value
    elif isinstance(value, Path):
        yield from value.nodes
        yield from value.relationships
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _graph_values(part)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from _graph_values(part)


def _content_key(names: Sequence[str], properties: Mapping[str, Any]) -> str:
    return content_id("node", list(names), sorted((key, str(v)) for key, v in properties.items()))
