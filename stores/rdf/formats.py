"""Files of RDF: which format one is in, and reading and writing it safely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from kgkit.errors import InputError, ReadError
from stores.rdf.names import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "FORMATS",
    "Format",
    "format_of",
    "load_file",
    "parse_file",
    "refuse_entities",
    "serialized",
    "write",
]

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TURTLE_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD = re.compile(rb"(?<=<rdf:RDF)(?: xmlns:[^\s>]*)+")
_DECLARATION = re.compile(rb"@prefix [^\n]*\n| xmlns:[^\s>]*")
_PLACE = re.compile(r"^Parser error (?:at|between) line \d+.*?: ")


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write RDF: its name, file suffixes, and whether it holds graphs and triple terms."""

    name: str
    engine_name: str
    suffixes: tuple[str, ...]
    has_graphs: bool
    has_triple_terms: bool

    @property
    def engine(self) -> ox.RdfFormat:
        """The engine's name of the format."""
        from pyoxigraph import RdfFormat

        found: ox.RdfFormat = getattr(RdfFormat, self.engine_name)
        return found


#: Every format that is read and written. Classic RDF/XML is written, which all tools read.
FORMATS = (
    Format("turtle", "TURTLE", ("ttl", "turtle"), False, True),
    Format("trig", "TRIG", ("trig",), True, True),
    Format("ntriples", "N_TRIPLES", ("nt",), False, True),
    Format("nquads", "N_QUADS", ("nq",), True, True),
    Format("rdfxml", "RDF_XML", ("rdf", "owl", "xml"), False, False),
    Format("jsonld", "JSON_LD", ("jsonld",), True, False),
)


def format_of(path: str | Path | None, name: str | None = None) -> Format:
    """Return the format with this name, or the one that the suffix of a path means.

    Raises `InputError` for another name, or for a suffix that means none.

    >>> format_of("films.ttl").name, format_of(None, "jsonld").suffixes
    ('turtle', ('jsonld',))
    """
    wanted = Path(path or "").suffix.removeprefix(".").lower() if name is None else name.lower()
    for known in FORMATS:
        if wanted == known.name or wanted in known.suffixes:
            return known
    names = ", ".join(known.name for known in FORMATS)
    if name is not None:
        raise InputError(f"no RDF format is named {name!r}; known are {names}.")
    raise InputError(f"{str(path)!r} does not say its RDF format: give format=, one of {names}.")


def parse_file(path: Path, format: Format, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of a file in its order; blank nodes are numbered as they appear.

    Relative IRIs are resolved against `base`. Raises `ReadError`, naming file and line, for a
    file that is broken, has relative IRIs without `base`, or declares XML entities.
    """
    from pyoxigraph import parse

    if format.name == "rdfxml":
        refuse_entities(path)
    try:
        quads = parse(path=path, format=format.engine, base_iri=base)
    except (OSError, ValueError) as error:
        raise ReadError(f"{path.as_posix()!r} cannot be read: {error}.") from error
    names: dict[str, ox.BlankNode] = {}
    while True:
        try:
            quad = next(quads, None)
        except (SyntaxError, OSError, ValueError) as error:
            raise _broken(path, format, error) from error
        if quad is None:
            return
        yield _renamed(quad, names)


def load_file(store: ox.Store, path: Path, format: Format, base: str | None = None) -> None:
    """Load a file into a store in bulk. Raises `ReadError` as `parse_file` does."""
    if format.name == "rdfxml":
        refuse_entities(path)
    try:
        store.bulk_load(path=path, format=format.engine, base_iri=base)
    except (SyntaxError, OSError, ValueError) as error:
        raise _broken(path, format, error) from error


def refuse_entities(path: Path) -> None:
    """Raise `ReadError` for an XML file that declares entities: they can grow without bound.

    Encodings other than UTF-8, in which a declaration could hide, are refused too.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.as_posix()!r} cannot be read: {error.strerror}.") from error
    if b"\x00" in data[:200] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadError(f"{path.as_posix()!r}, line 1: the text is not UTF-8; convert it first.")
    found = _ENTITY.search(data)
    if found:
        line = data.count(b"\n", 0, found.start()) + 1
        raise ReadError(
            f"{path.as_posix()!r}, line {line}: the file declares an XML entity, which is not "
            "expanded; write out what it stands for."
        )


def write(quads: Iterable[ox.Quad], target: str | Path | IO[bytes], format: Format) -> None:
    """Write quads in their order; a file appears when it is complete.

    Raises `InputError` when the file cannot be written.
    """
    data = serialized(quads, format)
    if not isinstance(target, str | Path):
        target.write(data)
        return
    path = Path(target)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path.as_posix()!r} cannot be written: {error.strerror}.") from error
    part.replace(path)


def serialized(quads: Iterable[ox.Quad], format: Format) -> bytes:
    """Return the file; the engine writes prefixes in an order of chance, so they are sorted."""
    from pyoxigraph import serialize

    rows: Any = quads if format.has_graphs else (quad.triple for quad in quads)
    prefixes = PREFIXES if format.name in ("turtle", "trig", "rdfxml") else None
    data: bytes = serialize(rows, format=format.engine, prefixes=prefixes) or b""
    head = _XML_HEAD.search(data) if format.name == "rdfxml" else _TURTLE_HEAD.match(data)
    if head is None or prefixes is None:
        return data
    lines = b"".join(sorted(_DECLARATION.findall(head[0])))
    return data[: head.start()] + lines + data[head.end() :]


def _broken(path: Path, format: Format, error: Exception) -> ReadError:
    line = getattr(error, "lineno", None) or (_xml_line(path) if format.name == "rdfxml" else None)
    reason = str(getattr(error, "msg", None) or error)
    reason = _PLACE.sub("", reason).rstrip(". ")
    if "No scheme found" in reason:
        reason += "; for relative IRIs give base="
    if "LoadDocumentCallback" in reason:
        reason = "the file names a context elsewhere, which is not fetched; write it out"
    where = f"{path.as_posix()!r}, line {line}" if line else repr(path.as_posix())
    return ReadError(f"{where}: {reason}.")


def _xml_line(path: Path) -> int | None:
    """Return the line at which the file is no XML, None where it is."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(path.read_bytes(), True)
    except expat.ExpatError as error:
        return error.lineno
    return None


def _renamed(quad: ox.Quad, names: dict[str, ox.BlankNode]) -> ox.Quad:
    from pyoxigraph import Quad

    parts = [_numbered(part, names) for part in quad]
    return quad if all(map(_same, parts, quad)) else Quad(*parts)


def _same(one: Any, other: Any) -> bool:
    return one is other


def _numbered(term: Any, names: dict[str, ox.BlankNode]) -> Any:
    from pyoxigraph import BlankNode, Triple

    if isinstance(term, BlankNode):
        return names.setdefault(term.value, BlankNode(f"b{len(names) + 1}"))
    if isinstance(term, Triple):
        return Triple(*(_numbered(part, names) for part in term))
    return term
