"""Files become documents, and what cannot be read says why."""

from __future__ import annotations

import codecs
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.readers import find_inputs, formats, read, registry
from kgkit.errors import InputError, ReadError
from kgkit.facts import Document

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into the working folder and return its relative path."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def one(path: Path, encoding: str = "utf-8") -> Document:
    documents = read(path, encoding=encoding)
    assert len(documents) == 1
    return documents[0]


def test_text_keeps_its_words_and_takes_its_title_from_the_name(write: Write) -> None:
    document = one(write("notes/marie_curie.txt", "Radium glows.\r\nIt is rare.\r"))
    assert document.text == "Radium glows.\nIt is rare.\n"
    assert (document.uri, document.title) == ("notes/marie_curie.txt", "marie curie")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(write: Write, mark: bytes, encoding: str) -> None:
    assert one(write("a.txt", mark + "Łódź".encode(encoding))).text == "Łódź"


def test_encoding_can_be_given(write: Write) -> None:
    path = write("a.txt", "café".encode("latin-1"))
    assert one(path, encoding="latin-1").text == "café"
    with pytest.raises(InputError, match="latin9000"):
        read(path, encoding="latin9000")


def test_invalid_utf8_names_the_offset_and_the_next_step(write: Write) -> None:
    path = write("a.txt", "café".encode("latin-1"))
    with pytest.raises(ReadError, match=r"a\.txt .*0xe9 at offset 3.*iconv.*encoding="):
        read(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.json", "a.pdf", "a.docx"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x7fELF\x00", b"\xff\xfe\x00", b'{"a\xc3'])
def test_broken_files_of_every_format_are_read_errors(
    write: Write, name: str, content: bytes
) -> None:
    with pytest.raises(ReadError, match=r"a\.\w+"):
        read(write(name, content))


def test_missing_folder_and_unknown_format(write: Write, tmp_path: Path) -> None:
    write("folder.txt/a.txt", "A.")
    with pytest.raises(ReadError, match=r"gone\.txt cannot be read \(No such file"):
        read("gone.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read("folder.txt")
    with pytest.raises(ReadError, match=r"\.xyz; known are .*txt"):
        read(write("a.xyz", "A."))


def test_a_file_without_rights_is_a_read_error(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", "A.")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="Permission denied"):
        read(path)


def test_odd_blanks_and_invisible_characters_are_normalised(write: Write) -> None:
    assert one(write("a.txt", "Marie\u00a0Cu\u00adrie\u2028glows\u200b.")).text == (
        "Marie Curie\nglows."
    )


def test_html_keeps_what_the_page_says(write: Write) -> None:
    page = """<!doctype html><html><head><title>Site | Alien</title><style>p {}</style></head>
      <body><nav>Home About</nav><script>var x = "no";</script><!-- no -->
      <h1>Alien</h1><p>Directed by <a href="/r">Ridley
      Scott</a>.<br>Made in 1979.</p>
      <ul><li>One</li><li><p>Two</p></li></ul>
      <table><tr><th>Role<th>Actor<tr><td>Ripley<td>Weaver</table>
      <pre>a
  b</pre><footer>Cookies</footer></body></html>"""
    document = one(write("a.html", page))
    assert document.title == "Alien"
    assert document.text == (
        "Alien\n\nDirected by Ridley Scott.\nMade in 1979.\n\n- One\n- Two\n\n"
        "Role | Actor\nRipley | Weaver\n\na\nb"
    )


def test_html_says_its_own_encoding(write: Write) -> None:
    page = '<meta charset="iso-8859-1"><title>T</title><p>café'.encode("latin-1")
    assert one(write("a.htm", page)).text == "café"


def test_html_reads_the_main_part_where_there_is_one(write: Write) -> None:
    document = one(write("a.html", "<div>Menu</div><main><h2>Radium</h2>It glows.</main>Imprint"))
    assert document.text == "Radium\n\nIt glows."


def test_markdown_becomes_plain_text(write: Write) -> None:
    source = (
        "# Marie *Curie*\n\nShe was **born** in [Warsaw](https://x.org/a_b).\n"
        "She moved.\n\n- Radium\n- Polonium\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    document = one(write("a.md", source))
    assert document.title == "Marie Curie"
    assert document.text == (
        "Marie Curie\n\nShe was born in Warsaw. She moved.\n\n- Radium\n- Polonium\n\nA | B\n1 | 2"
    )


def test_front_matter_titles_a_markdown_file(write: Write) -> None:
    document = one(write("a.md", '---\ntitle: "Radium"\nx: 1\n---\nIt glows.\n'))
    assert (document.title, document.text) == ("Radium", "It glows.")


def test_pdf(write: Write) -> None:
    document = one(write("a_b.pdf", pdf(["Radium was discov-", "ered by Curie.", "It glows."])))
    assert " ".join(document.text.split()) == "Radium was discovered by Curie. It glows."
    assert (document.title, document.media_type) == ("On radium", "application/pdf")


def test_pdf_without_text_layer_asks_for_ocr(write: Write) -> None:
    with pytest.raises(ReadError, match="no text layer; run OCR"):
        read(write("a.pdf", pdf([])))


def test_docx(write: Write) -> None:
    document = one(
        write("a.docx", docx([("Heading1", "Radium"), ("", "It glows."), ("", "Bright.")]))
    )
    assert (document.title, document.text) == ("Radium", "Radium\n\nIt glows.\n\nBright.")


def test_csv_with_a_text_column_gives_one_document_a_row(write: Write) -> None:
    path = write("films.csv", 'Title,Text,Year\nAlien,"Scott\nmade it.",1979\nHeat,Mann did.,\n')
    alien, heat = read(path)
    assert (alien.uri, alien.title, alien.text) == ("films.csv#row=1", "Alien", "Scott\nmade it.")
    assert dict(alien.metadata) == {"year": "1979"}
    assert (heat.uri, dict(heat.metadata)) == ("films.csv#row=2", {})


def test_csv_without_a_text_column_is_written_out(write: Write) -> None:
    (document,) = read(write("a.csv", "id;name;year\nq1;Alien;1979\n"))
    assert (document.uri, document.text) == ("a.csv#q1", "name: Alien.\nyear: 1979.")


def test_csv_with_a_huge_field_and_with_a_broken_row(write: Write) -> None:
    assert len(read(write("a.csv", "text\n" + "a" * 300_000))[0].text) == 300_000
    with pytest.raises(ReadError, match="row 1, has more cells"):
        read(write("b.csv", "text,year\nA,1,2\n"))
    with pytest.raises(ReadError, match="line 1, is no table row"):
        read(write("c.csv", 'text\n"A\n'))


def test_tsv(write: Write) -> None:
    (document,) = read(write("a.tsv", "title\ttext\nAlien\tA film, by Scott.\n"))
    assert (document.title, document.text) == ("Alien", "A film, by Scott.")


def test_json_object_list_and_other_shapes(write: Write) -> None:
    assert one(write("a.json", '{"title": "Alien", "body": "A film."}')).uri == "a.json"
    rows = read(write("b.json", '[{"id": 7, "text": "One."}, "Two.", {"year": 1979, "ok": true}]'))
    assert [(row.uri, row.text) for row in rows] == [
        ("b.json#7", "One."),
        ("b.json#row=2", "Two."),
        ("b.json#row=3", "year: 1979.\nok: yes."),
    ]


def test_records_never_share_an_address(write: Write) -> None:
    rows = read(write("a.jsonl", '{"id": 1, "text": "A."}\n\n{"id": 1, "text": "B."}\n'))
    assert [row.uri for row in rows] == ["a.jsonl#1", "a.jsonl#row=2"]


@pytest.mark.parametrize("text", ['{"text": "A."}\n{oops}', "[" * 100_000])
def test_broken_json_lines_are_named(write: Write, text: str) -> None:
    with pytest.raises(ReadError, match=r"a\.jsonl, line \d, is no JSON"):
        read(write("a.jsonl", text))


def test_lone_surrogates_can_be_stored_afterwards(write: Write) -> None:
    (document,) = read(write("a.json", r'{"text": "A \ud800 B"}'))
    assert document.text.encode() == "A \ufffd B".encode()


def test_inputs_are_files_folders_and_patterns(write: Write) -> None:
    for name in ("a.txt", "n/b.md", "n/.hidden.md", "n/.git/c.md", "n/d/e.html", "n/f.png", "o.x"):
        write(name, "A.")
    assert [str(path) for path in find_inputs(["n", "a.txt", "a.txt"])] == [
        "a.txt",
        "n/b.md",
        "n/d/e.html",
    ]
    assert find_inputs(["n/*.md"]) == [Path("n/b.md")]
    assert find_inputs(["**/*.html"]) == [Path("n/d/e.html")]
    assert find_inputs(["o.x", Path.cwd() / "a.*"]) == [Path.cwd() / "a.txt", Path("o.x")]


def test_inputs_that_name_nothing_are_errors(write: Write, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty holds no file of a known format"):
        find_inputs(["empty"])
    with pytest.raises(InputError, match=r"\*\.pdf matches no file"):
        find_inputs(["*.pdf"])
    with pytest.raises(InputError, match="nowhere does not exist"):
        find_inputs(["nowhere"])
    with pytest.raises(InputError, match="No input was given"):
        find_inputs([])


def test_a_file_whose_name_looks_like_a_pattern_is_found(write: Write) -> None:
    write("a[1].txt", "A.")
    assert find_inputs(["a[1].txt"]) == [Path("a[1].txt")]


@pytest.fixture
def stranger(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Install a package whose reader of .caps has this body; undone afterwards."""

    def install(body: str) -> None:
        code = f"from kgkit.facts import Document\ndef read(path, *, encoding):\n    {body}\n"
        write("caps_reader.py", code)
        write("caps-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: caps\nVersion: 1\n")
        write("caps-1.dist-info/entry_points.txt", "[kgkit.readers]\ncaps = caps_reader:read\n")
        monkeypatch.syspath_prepend(tmp_path)
        forget()

    def forget() -> None:
        registry.formats.cache_clear()
        registry._entry_points.cache_clear()
        sys.modules.pop("caps_reader", None)

    yield install
    monkeypatch.undo()
    forget()


def test_a_package_can_bring_a_format(write: Write, stranger: Callable[[str], None]) -> None:
    stranger("return [Document(path.as_posix(), path.read_text(encoding).upper())]")
    assert "caps" in formats()
    assert one(write("n/a.caps", "radium")).text == "RADIUM"
    assert find_inputs(["n"]) == [Path("n/a.caps")]


def test_what_a_reader_raises_is_a_read_error(
    write: Write, stranger: Callable[[str], None]
) -> None:
    stranger("return 1 / 0")
    with pytest.raises(ReadError, match=r"a\.caps cannot be read \(ZeroDivisionError"):
        read(write("a.caps", "radium"))


def test_a_file_name_that_is_no_text_is_a_read_error(write: Write) -> None:
    with pytest.raises(ReadError, match=r"udcff.*rename the file"):
        read("\udcff.txt")


def test_the_formats_that_are_promised() -> None:
    promised = {"txt", "md", "html", "pdf", "docx", "csv", "tsv", "json", "jsonl"}
    assert promised <= set(formats())


def pdf(lines: list[str]) -> bytes:
    """Return a one-page PDF with these lines and the title "On radium"."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 700 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (On radium) >>",
    ]
    body = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    body += f"xref\n0 7\n0000000000 65535 f \n{table}"
    body += (
        f"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{body.index('xref')}\n%%EOF"
    )
    return body.encode("ascii")


def docx(paragraphs: list[tuple[str, str]]) -> bytes:
    """Return a Word file with these paragraphs, each a style ("" for none) and a text."""
    import io

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {space}><w:style w:type='paragraph' w:styleId='Heading1'>"
        "<w:name w:val='heading 1'/></w:style></w:styles>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
