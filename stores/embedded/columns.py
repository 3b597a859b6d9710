"""The columns that a query returns, read from its text: a result without rows does not say."""

from __future__ import annotations

import re

__all__ = ["columns_of"]

_RETURN = re.compile(r"\bRETURN\b\s*(?:DISTINCT\b)?", re.IGNORECASE)
_END = re.compile(r"\b(?:ORDER\s+BY|SKIP|OFFSET|LIMIT|UNION)\b.*", re.IGNORECASE | re.DOTALL)
_ALIAS = re.compile(r"\bAS\s+(\x01\d+\x02|\w+)\s*$", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<skip>//[^\n]*|/\*.*?\*/)|(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)",
    re.DOTALL,
)


def columns_of(text: str) -> tuple[str, ...]:
    """Return the names in the last RETURN that is not within braces; none for `RETURN *`.

    >>> columns_of("MATCH (n) RETURN n.name AS name, count({ x: n }) ORDER BY name LIMIT 3")
    ('name', 'count({ x: n })')
    """
    flat, inner = _flatten(text)
    found = list(_RETURN.finditer(flat))
    if not found:
        return ()
    items = _END.sub("", flat[found[-1].end() :]).split("\x00")
    names = [_name(item.strip()) for item in items]
    if "*" in names or not all(names):
        return ()
    return tuple(_restored(name, inner) for name in names)


def _flatten(text: str) -> tuple[str, list[str]]:
    """Return the text with commas as NUL and what is quoted or in brackets as references."""
    out: list[str] = []
    inner: list[str] = []
    depth = start = last = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "close":
            depth -= 1
            if depth == 0:
                inner.append(text[start : token.end()])
                out.append(f"\x01{len(inner) - 1}\x02")
                last = token.end()
        elif kind == "open":
            if depth == 0:
                out.append(text[last : token.start()])
                start = token.start()
            depth += 1
        elif depth == 0:
            out.append(text[last : token.start()])
            last = token.end()
            if kind == "comma":
                out.append("\x00")
            elif kind == "text":
                inner.append(token[0])
                out.append(f"\x01{len(inner) - 1}\x02")
    out.append(text[last:] if depth == 0 else "")
    return "".join(out), inner


def _name(item: str) -> str:
    alias = _ALIAS.search(item)
    return alias[1] if alias else item


def _restored(name: str, inner: list[str]) -> str:
    whole = re.sub("\x01(\\d+)\x02", lambda found: inner[int(found[1])], name)
    return whole[1:-1] if re.fullmatch(r"`[^`]+`", whole) else whole
