"""A picture as SVG: self-contained, without scripts, the same bytes for the same picture."""

from __future__ import annotations

import re
from html import escape

from reasoning.explaining.layout import Box, lay_out, shortened
from reasoning.explaining.picture import Arrow, Node, Picture

__all__ = ["to_svg"]

#: Fill and line of a box, by its role.
_COLOURS = {"given": ("#e8eef7", "#4a6fa5"), "found": ("#f6f6f6", "#888888")}
_ANSWER = ("#e4f3e6", "#3a8a4d")
#: What XML cannot hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOW = 22


def to_svg(picture: Picture, *, title: str = "") -> str:
    """Return a picture as an SVG element; an empty picture gives an empty one.

    >>> to_svg(Picture((Node("a", "<A>"),))).count("&lt;A&gt;")
    2
    """
    boxes, width, height = lay_out(picture)
    seen: dict[frozenset[str], int] = {}
    arrows = []
    for arrow in picture.arrows:
        ends = frozenset((arrow.tail, arrow.head))
        arrows.append(_arrow(arrow, boxes[arrow.tail], boxes[arrow.head], seen.get(ends, 0)))
        seen[ends] = seen.get(ends, 0) + 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{_text(title)}</title>" if title else "",
        *arrows,
        *(_box(node, boxes[node.key]) for node in picture.nodes),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _box(node: Node, box: Box) -> str:
    fill, line = _COLOURS.get(node.role, _ANSWER)
    x, y = box.middle
    return (
        f'<g><title>{_text(node.label)}</title><rect x="{box.x}" y="{box.y}" width="{box.width}" '
        f'height="{box.height}" rx="6" fill="{fill}" stroke="{line}"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" fill="#222222">'
        f"{_text(shortened(node.label))}</text></g>"
    )


def _arrow(arrow: Arrow, tail: Box, head: Box, before: int) -> str:
    """Return an arrow; each further one between the same boxes is bent more."""
    (x1, y1), (x2, y2) = _ends(tail, head)
    bend = _BOW * ((before + 1) // 2) * (1 if before % 2 else -1)
    if tail.x == head.x and tail.y == head.y:  # onto itself
        bend -= 2 * _BOW
        x1, x2 = tail.x + tail.width // 3, tail.x + 2 * tail.width // 3
        y1 = y2 = tail.y
    mx, my = (x1 + x2) // 2, (y1 + y2) // 2 + bend
    over = 4
    if x1 == x2:  # above each other: the label stands in the gap
        mx, my, over = mx + bend, (y1 + y2) // 2, -4
        bend = 0
    dash = ' stroke-dasharray="5 4"' if arrow.dashed else ""
    return (
        f'<g><title>{_text(arrow.label)}</title><path d="M{x1} {y1} Q{mx} {my + bend} {x2} {y2}" '
        f'fill="none" stroke="#666666"{dash}/>{_tip(mx, my + bend, x2, y2)}'
        f'<text x="{mx}" y="{my - over}" text-anchor="middle" fill="#444444" '
        f'stroke="#ffffff" stroke-width="3" paint-order="stroke">'
        f"{_text(shortened(arrow.label))}</text></g>"
    )


def _ends(tail: Box, head: Box) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where an arrow leaves its tail and meets its head: at the sides that face."""
    tx, ty = tail.middle
    hy = head.middle[1]
    if tail.x + tail.width <= head.x:
        return (tail.x + tail.width, ty), (head.x, hy)
    if head.x + head.width <= tail.x:
        return (tail.x, ty), (head.x + head.width, hy)
    if ty <= hy:
        return (tx, tail.y + tail.height), (tx, head.y)
    return (tx, tail.y), (tx, head.y + head.height)


def _tip(x: int, y: int, end_x: int, end_y: int) -> str:
    """Return the tip of an arrow that comes from (x, y)."""
    dx, dy = end_x - x, end_y - y
    length = max(1.0, (dx * dx + dy * dy) ** 0.5)
    ux, uy = dx / length, dy / length
    back_x, back_y = end_x - 8 * ux, end_y - 8 * uy
    points = [
        (end_x, end_y),
        (round(back_x - 4 * uy), round(back_y + 4 * ux)),
        (round(back_x + 4 * uy), round(back_y - 4 * ux)),
    ]
    shown = " ".join(f"{a},{b}" for a, b in points)
    return f'<polygon points="{shown}" fill="#666666"/>'


def _text(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))
