"""Places for boxes: in columns, by how many arrows they are away from what was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reasoning.explaining.picture import Node, Picture

__all__ = ["Box", "lay_out", "shortened"]

#: Pixels: a letter, a box's height, the blank between boxes above each other, the picture's edge.
_LETTER, _HEIGHT, _GAP, _EDGE = 7, 30, 38, 14
_PADDING = 20
_LONGEST = 34
_LEAST_BETWEEN = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A box at pixels (x, y) of its upper left corner, with its size in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The pixel in its middle."""
        return self.x + self.width // 2, self.y + self.height // 2


def lay_out(picture: Picture) -> tuple[Mapping[str, Box], int, int]:
    """Return the box of each node, and the width and height of all in pixels.

    The same picture has the same places: columns are the layers of a breadth-first search
    (networkx) from the given boxes, from the first one of a part that has none.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(node.key for node in picture.nodes)
    graph.add_edges_from((arrow.tail, arrow.head) for arrow in picture.arrows)
    labels = {node.key: node for node in picture.nodes}
    order = {node.key: place for place, node in enumerate(picture.nodes)}
    columns: dict[int, list[str]] = {}
    parts = sorted(networkx.connected_components(graph), key=lambda p: min(order[k] for k in p))
    for part in parts:
        members = sorted(part, key=lambda key: order[key])
        given = [key for key in members if labels[key].role == "given"]
        layers = networkx.bfs_layers(graph, given or members[:1])
        for depth, layer in enumerate(layers):
            columns.setdefault(depth, []).extend(sorted(layer, key=lambda key: order[key]))
    tallest = max((len(column) for column in columns.values()), default=0)
    height = 2 * _EDGE + tallest * (_HEIGHT + _GAP)
    boxes: dict[str, Box] = {}
    x = _EDGE
    for depth in sorted(columns):
        column = columns[depth]
        width = max(_width(labels[key]) for key in column)
        y = (height - len(column) * (_HEIGHT + _GAP) + _GAP) // 2
        for key in column:
            own = _width(labels[key])
            boxes[key] = Box(x + (width - own) // 2, y, own, _HEIGHT)
            y += _HEIGHT + _GAP
        x += width + _between(picture, columns, depth)
    return boxes, x - _LEAST_BETWEEN + _EDGE if boxes else 0, height


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text on one line, cut after so many characters.

    >>> shortened("one two  three", 7)
    'one tw…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _width(node: Node) -> int:
    return _LETTER * len(shortened(node.label)) + _PADDING


def _between(picture: Picture, columns: Mapping[int, list[str]], depth: int) -> int:
    """Return the blank after a column: room for the labels of the arrows that cross it."""
    here, there = set(columns[depth]), set(columns.get(depth + 1, ()))
    crossing = [
        len(shortened(arrow.label))
        for arrow in picture.arrows
        if {arrow.tail, arrow.head} & here and {arrow.tail, arrow.head} & there
    ]
    return max([_LEAST_BETWEEN, *(_LETTER * length + _PADDING for length in crossing)])
