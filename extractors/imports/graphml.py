"""GraphML read an element at a time; nothing that the file declares is expanded or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgkit.errors import ReadError

__all__ = ["GraphmlItem", "iterate_graphml"]


@dataclass(frozen=True, slots=True)
class GraphmlItem:
    """A node (`target` is empty, `source` its id) or an edge, with its data by attribute name."""

    source: str
    target: str
    data: dict[str, str]


def iterate_graphml(path: Path) -> Iterator[GraphmlItem]:
    """Yield the nodes and edges of a GraphML file, in its order.

    Raises `ReadError` for what is no GraphML, breaks off, or has a document type declaration,
    which GraphML needs none of and which is how entities are smuggled in.
    """
    from lxml import etree

    names: dict[str, str] = {}
    with _opened(path) as file:
        events = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        root: Any = None
        while (step := _next(path, events)) is not None:
            event, element = step
            kind = _kind(element)
            if root is None:
                root = element
                _check(path, root, kind)
            if event == "start":
                continue
            if kind == "key":
                names[element.get("id", "")] = element.get("attr.name") or element.get("id", "")
            elif kind in ("node", "edge"):
                yield _item(element, kind, names)
                _forget(element)


def _check(path: Path, root: Any, kind: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(f"{path} declares a document type; remove the DOCTYPE, GraphML needs none")
    if kind != "graphml":
        raise ReadError(f"{path} begins with <{kind}>; expected <graphml>")


def _item(element: Any, kind: str, names: dict[str, str]) -> GraphmlItem:
    data = {
        names.get(part.get("key", ""), part.get("key", "")): part.text or ""
        for part in element
        if _kind(part) == "data"
    }
    if kind == "node":
        return GraphmlItem(element.get("id", ""), "", data)
    return GraphmlItem(element.get("source", ""), element.get("target", ""), data)


def _kind(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None and _kind(element.getprevious()) in ("node", "edge"):
        del element.getparent()[element.getparent().index(element) - 1]


def _next(path: Path, events: Iterator[Any]) -> Any:
    from lxml import etree

    try:
        return next(events, None)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{path} is no GraphML ({error.msg}); get the whole file") from error


def _opened(path: Path) -> Any:
    try:
        return path.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{path} cannot be read ({reason}); check the path") from error
