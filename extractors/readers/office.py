"""PDF and Word files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.readers.markup import html_text
from extractors.readers.source import clean, read_bytes, title_of
from kgkit.errors import MissingExtra, ReadError
from kgkit.facts import Document

__all__ = ["read_docx", "read_pdf"]

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_PLACEHOLDER_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|tex|dvi|pdf)\b", re.IGNORECASE)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_pdf(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return the text layer of a PDF as one document, titled by its metadata.

    Words hyphenated at the end of a line are joined. `encoding` has no meaning here. Raises
    `ReadError` for damaged and locked files and scans, `MissingExtra` without pdfminer.
    """
    read_bytes(path)
    text, title = _parsed(path, _pdf, "PDF")
    text = _HYPHEN.sub("", clean(text, path))
    if not text.strip():
        raise ReadError(f"{path} has no text layer; run OCR over it first (ocrmypdf).")
    return _document(path, text, title, "application/pdf")


def read_docx(path: Path, *, encoding: str = "utf-8") -> list[Document]:
    """Return a Word file as one document, titled by its metadata or first heading.

    `encoding` has no meaning here. Raises `ReadError` for damaged files, `MissingExtra` without
    mammoth.
    """
    read_bytes(path)
    text, title = _parsed(path, _docx, "Word (.docx)")
    return _document(path, clean(text, path), title, _WORD) if text.strip() else []


def _parsed(path: Path, parse: Callable[[Path], tuple[str, str]], kind: str) -> tuple[str, str]:
    try:
        return parse(path)
    except ImportError as error:
        raise MissingExtra(
            f"{path} needs a package for {kind}: pip install 'kgkit[docs]'"
        ) from error
    # Parsers of foreign files raise whatever they meet.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0]
        raise ReadError(f"{path} is no readable {kind} file ({reason}); save it anew.") from error


def _pdf(path: Path) -> tuple[str, str]:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    with path.open("rb") as file:
        infos: list[dict[str, Any]] = PDFDocument(PDFParser(file)).info
    title = next((info["Title"] for info in infos if isinstance(info.get("Title"), bytes)), b"")
    return extract_text(path), decode_text(title)


def _docx(path: Path) -> tuple[str, str]:
    import mammoth

    with path.open("rb") as file:
        converted = mammoth.convert_to_html(
            file, convert_image=mammoth.images.img_element(_no_image)
        )
    text, heading = html_text(converted.value)
    return text, _core_title(path) or heading


def _no_image(image: object) -> dict[str, str]:
    return {"src": ""}


def _core_title(path: Path) -> str:
    from zipfile import ZipFile

    from lxml import etree

    with ZipFile(path) as archive:
        if "docProps/core.xml" not in archive.namelist():
            return ""
        core = archive.read("docProps/core.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return str(
        etree.fromstring(core, parser).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    )


def _document(path: Path, text: str, title: str, media_type: str) -> list[Document]:
    title = " ".join(clean(title.replace("\0", ""), path).split())
    if not title or _PLACEHOLDER_TITLE.search(title):
        title = title_of(path)
    return [Document(path.as_posix(), text, title, media_type)]
