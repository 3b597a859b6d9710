"""HTML and Markdown as plain text: headings and paragraphs apart, list items and rows on lines.

Markup is not kept, since it would stand inside of names and sentences. Markdown and Word files
go through HTML as well, so that there is one way from structure to text.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from extractors.readers.source import clean, decode, read_bytes, title_of
from kgkit.facts import Document

__all__ = ["html_text", "read_html", "read_markdown"]

# Menus, controls and code are not what a page says.
_DROPPED = (
    "//script|//style|//noscript|//template|//nav|//aside|//footer|//button|//select|//textarea"
    "|//svg|//math|//iframe|//head|//object|//audio|//video|//canvas|//dialog"
)
_BLOCK = re.compile(
    "p|div|section|article|main|header|form|h[1-6r]|[uod]l|table|blockquote|pre|figure|figcaption"
    "|address|details|summary|body|caption"
)
_LINE_STARTS = {"br": "\n", "tr": "\n", "dt": "\n", "dd": "\n", "li": "\n- "}
_BLANKS = re.compile(r"\s+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_FRONT = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)

#: Markdown above this many characters is read as plain text: the parser is slow on long lines.
_MARKDOWN_LIMIT = 5_000_000


#: Quotes and lists in one another that the Markdown parser follows; what is deeper it drops.
_NESTED = 60
_BURIED = re.compile(rf"^(?:[ \t]{{0,3}}>){{{_NESTED},}}", re.MULTILINE)


def read_html(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return an HTML page as one document, titled by its first h1, else its title element.

    A `<meta charset>` is believed where `encoding` was left at its default. Raises `ReadError`.
    """
    declared = _CHARSET.search(read_bytes(path)[:4096])
    if declared and encoding == "utf-8":
        encoding = declared[1].decode("ascii")
    text, title = html_text(decode(path, encoding))
    return _documents(path, text, title, "text/html")


def read_markdown(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return a Markdown file as one document, titled by front matter or its first heading.

    Raises `ReadError`.
    """
    from markdown_it import MarkdownIt

    source = decode(path, encoding)
    if len(source) > _MARKDOWN_LIMIT or _BURIED.search(source):
        return _documents(path, source, "", "text/markdown")
    front = _FRONT.match(source)
    stated = _FRONT_TITLE.search(front[1]) if front else None
    body = source[front.end() :] if front else source
    text, title = html_text(
        MarkdownIt("commonmark", {"maxNesting": _NESTED}).enable("table").render(body)
    )
    if stated:
        title = stated[1].strip().strip("\"'")
    return _documents(path, text, title, "text/markdown")


def html_text(html: str) -> tuple[str, str]:
    """Return the text of an HTML page and its title ("" when it has none).

    >>> html_text("<h1>Radium</h1><p>It <b>glows</b>.</p><ul><li>rare<li>costly</ul>")
    ('Radium\\n\\nIt glows.\\n\\n- rare\\n- costly', 'Radium')
    """
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    # The element around it makes a document of an empty page as well.
    page = lxml_html.document_fromstring(f"<html>{html}</html>".encode(), parser=parser)
    if _broke_off(parser):
        return _layout(_without_tags(html)), ""
    title = _first(page, "title")
    for element in page.xpath(_DROPPED):
        element.drop_tree()
    mains = page.xpath("//main") or page.xpath("//article")
    root = mains[0] if len(mains) == 1 else page
    return _layout("".join(_parts(root))), _first(root, "h1") or title or _first(root, "h2")


def _broke_off(parser: Any) -> bool:
    """Whether the parser gave up: elements that lie too deep are dropped with all after them."""
    return any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())


def _without_tags(html: str) -> str:
    """Return the text between the tags of a page that is nested too deep to be a tree."""
    said = _CODE.sub(" ", html)
    return unescape(_TAG.sub("\n", said))


def _documents(path: Path, text: str, title: str, media_type: str) -> list[Document]:
    text = clean(text, path)
    if not text.strip():
        return []
    return [Document(path.as_posix(), text, clean(title, path) or title_of(path), media_type)]


def _first(element: Any, tag: str) -> str:
    found = element.xpath(f".//{tag}")
    return _BLANKS.sub(" ", found[0].text_content()).strip() if found else ""


def _parts(root: Any) -> list[str]:
    from lxml import etree

    parts: list[str] = []
    verbatim = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag == "pre":
            verbatim += 1 if starts else -1
        parts.append(_border(element, starts))
        words = element.text if starts else element.tail
        if words and (starts or element is not root):
            parts.append(words if verbatim else _BLANKS.sub(" ", words))
    return parts


def _border(element: Any, starts: bool) -> str:
    tag = element.tag
    if _BLOCK.fullmatch(tag):
        return "\n\n"
    if not starts:
        return ""
    if tag in ("td", "th"):
        return " | " if element.getprevious() is not None else ""
    return _LINE_STARTS.get(tag, "")


def _layout(text: str) -> str:
    text = re.sub(r"  ++", " ", text).replace(" \n", "\n").replace("\n ", "\n")
    text = re.sub(r"^-\s++", "- ", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}+", "\n\n", text).strip()
