"""Vocabularies that exist: concepts and entities with labels, from CSV, RDF and WordNet files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from extractors.align.names import form_of
from kgkit.errors import InputError, ReadError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Term", "Vocabulary", "read_vocabulary"]

_RDF = {".ttl", ".nt", ".rdf", ".xml", ".owl", ".nq", ".trig", ".n3", ".jsonld"}


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a vocabulary: its id there, its label, other labels, type and description.

    `broader` are the ids of the entries that it is a kind of.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    description: str = ""
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by id, and the ids that each folded label may mean.

    >>> terms = Vocabulary.of([Term("Q1", "Paris"), Term("Q2", "Paris")])
    >>> [term.id for term in terms.named("PARIS")]
    ['Q1', 'Q2']
    """

    terms: Mapping[str, Term]
    labels: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Vocabulary:
        """Return the vocabulary of these terms; the first of one id counts."""
        by_id: dict[str, Term] = {}
        for term in terms:
            by_id.setdefault(term.id, term)
        labels: dict[str, list[str]] = defaultdict(list)
        for id in sorted(by_id):
            for label in dict.fromkeys((by_id[id].name, *by_id[id].aliases)):
                key = form_of(label).squashed
                if key and id not in labels[key]:
                    labels[key].append(id)
        return cls(
            MappingProxyType(by_id), MappingProxyType({k: tuple(v) for k, v in labels.items()})
        )

    def named(self, name: str) -> tuple[Term, ...]:
        """Return the terms that a name may mean, in order of id."""
        return tuple(self.terms[id] for id in self.labels.get(form_of(name).squashed, ()))

    def __len__(self) -> int:
        return len(self.terms)


def read_vocabulary(path: str | Path) -> Vocabulary:
    """Return the vocabulary in a CSV or TSV table, an RDF file or a folder of WordNet files.

    A table has the columns id, name and, as it likes, aliases (parted by |), type, description
    and broader. RDF gives rdfs:label, skos:prefLabel, skos:altLabel, rdf:type, skos:definition,
    rdfs:comment and skos:broader, rdfs:subClassOf. A WordNet folder holds `data.noun`. Raises
    `InputError` where there is no such file, and `ReadError` for one that is none of these.
    """
    place = Path(path)
    if place.is_dir():
        return Vocabulary.of(_wordnet(place))
    if not place.is_file():
        raise InputError(f"there is no vocabulary {str(path)!r}: give a file, or a WordNet folder")
    if place.suffix.lower() in (".csv", ".tsv"):
        return Vocabulary.of(_table(place))
    if place.suffix.lower() in _RDF:
        return Vocabulary.of(_rdf(place))
    raise ReadError(
        f"{place.name} is no vocabulary that kgkit reads: give .csv, .tsv, RDF or a WordNet folder"
    )


def _table(path: Path) -> Iterator[Term]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        columns = {name.strip().lower(): name for name in rows.fieldnames or () if name}
        missing = {"id", "name"} - set(columns)
        if missing:
            raise ReadError(
                f"{path.name} has the columns {', '.join(sorted(columns)) or 'none'}; a vocabulary "
                f"needs id and name: add {' and '.join(sorted(missing))}"
            )
        for row in rows:
            cells = {key: (row.get(name) or "").strip() for key, name in columns.items()}
            if cells["id"] and cells["name"]:
                yield Term(
                    cells["id"],
                    cells["name"],
                    _several(cells.get("aliases", "")),
                    cells.get("type", ""),
                    cells.get("description", ""),
                    _several(cells.get("broader", "")),
                )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _rdf(path: Path) -> Iterator[Term]:
    import rdflib
    from rdflib.namespace import RDF, RDFS, SKOS

    graph = rdflib.Graph()
    try:
        graph.parse(path)
    except Exception as error:  # rdflib's parsers raise errors of many libraries
        raise ReadError(f"{path.name} cannot be read as RDF ({error}): check the file") from error
    named = (SKOS.prefLabel, RDFS.label)
    subjects = {s for p in (*named, SKOS.altLabel) for s in graph.subjects(p)}
    for subject in sorted(subjects, key=str):
        labels = [label for p in (*named, SKOS.altLabel) for label in _english(graph, subject, p)]
        notes = [str(o) for p in (SKOS.definition, RDFS.comment) for o in graph.objects(subject, p)]
        kinds = sorted(_local(str(o)) for o in graph.objects(subject, RDF.type))
        broader = {
            str(o) for p in (SKOS.broader, RDFS.subClassOf) for o in graph.objects(subject, p)
        }
        others = tuple(sorted(set(labels[1:]) - {labels[0]}))
        yield Term(
            str(subject),
            labels[0],
            others,
            next((k for k in kinds if k not in ("Concept", "Class")), ""),
            min(notes, default=""),
            tuple(sorted(broader)),
        )


def _english(graph: Graph, subject: Node, predicate: Node) -> list[str]:
    """Return the labels of a subject, those in English and without a language first."""
    found = [
        (str(getattr(o, "language", "") or "en")[:2] != "en", str(o))
        for o in graph.objects(subject, predicate)
    ]
    return [label for _, label in sorted(found)]


def _local(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _wordnet(folder: Path) -> Iterator[Term]:
    """Yield the synsets of `data.noun` in the format of wndb(5WN), each with its hypernyms."""
    data = folder / "data.noun"
    if not data.is_file():
        raise ReadError(f"{folder.name} holds no data.noun: give the folder of the WordNet files")
    for number, line in enumerate(data.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("  ") or not line.strip():
            continue  # the licence
        try:
            yield _synset(line)
        except (IndexError, ValueError) as error:
            raise ReadError(
                f"line {number} of {data.name} is no WordNet synset ({error}): check the file"
            ) from error


def _synset(line: str) -> Term:
    fields, _, gloss = line.partition("|")
    cells = fields.split()
    count = int(cells[3], 16)
    words = [cells[4 + 2 * i].replace("_", " ") for i in range(count)]
    at = 4 + 2 * count
    pointers = [cells[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(cells[at]))]
    broader = [f"n{place}" for symbol, place, kind, _ in pointers if symbol in ("@", "@i")]
    return Term(
        f"n{cells[0]}", words[0], tuple(words[1:]), "", gloss.strip(), tuple(sorted(broader))
    )
