"""Extraction for a given schema, scored on Text2KGBench (Mihindukulasooriya et al. 2023).

Names are compared in lower case without blanks and underscores; "01 January YYYY", as the set
writes a bare year, is that year; a date in any form that a system gives counts as the set writes
dates, "20 May 1975". Both hold for all systems alike. `strict` counts every triple that a
system gives. `upstream_f1` is the set's own figure: the mean over sentences, in which triples with
a relation that the sentence's gold does not have are not counted against a system.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.schema import Pattern, Schema

if TYPE_CHECKING:
    from extractors.mini.relations.guided import GuidedReader

__all__ = [
    "PEERS",
    "Sentence",
    "figures",
    "read_sentences",
    "schema_of",
    "score",
    "verified",
    "written",
]

#: File endings of the peers' outputs by folder.
PEERS = {"vicuna13b": "llm_responses", "alpaca13b": "lora-13b_responses_v2"}

Triple = tuple[str, str, str]
#: Where matchers that have not seen an ontology are kept: training them takes minutes.
_LEFT_OUT = Path("runs") / "text2kgbench"

_NEW_YEAR = re.compile(r"^01 january (?=\d{4}$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A test sentence with its gold triples, normalised."""

    ontology: str
    id: str
    text: str
    gold: frozenset[Triple]


def score(data_dir: Path, extractor: object = None, *, unseen: bool = True) -> dict[str, float]:
    """Return `strict_precision`, `strict_recall` and `strict_f1` on the manually verified
    sentences, `strict_f1_all` on all, `upstream_f1`, the same with each ontology left out of
    training (`strict_f1_left_out`), and the rows of the peers (`vicuna13b_strict_f1`, ...).

    `data_dir` holds `extraction/text2kgbench`. `extractor` is not asked: the set gives a schema
    with each sentence, so the built-in schema-guided extractor is measured. Leaving out takes a
    training of half an hour for each of ten ontologies, which is kept; `unseen=False` goes
    without.
    """
    folder = data_dir / "extraction" / "text2kgbench"
    sentences = read_sentences(folder)
    checked = verified(folder)
    result = figures(sentences, guided(folder, sentences), checked)
    if unseen:
        some = [each for each in sentences if each.id in checked]
        rows = figures(some, left_out(data_dir, some, _LEFT_OUT), checked)
        result |= {f"{name}_left_out": rows[name] for name in ("strict_f1", "upstream_f1")}
    for peer in sorted(PEERS):
        said = peer_triples(folder, peer)
        rows = figures(sentences, said, checked)
        result |= {f"{peer}_{name}": value for name, value in rows.items()}
    return result


def left_out(
    data_dir: Path, sentences: Sequence[Sentence], work: Path
) -> dict[str, frozenset[Triple]]:
    """Return what the extractor gives for each sentence after training without its ontology;
    what has been trained is kept in `work`."""
    from extractors.mini.relations.matcher_store import load_matcher
    from extractors.mini.train.matcher import train_without

    found: dict[str, frozenset[Triple]] = {}
    for name in sorted({each.ontology for each in sentences}):
        if not (work / name / "labels.json").exists():
            train_without((name,), data_dir, work, work / name)
        own = [each for each in sentences if each.ontology == name]
        folder = data_dir / "extraction" / "text2kgbench"
        found |= guided(folder, own, load_matcher(work / name))
    return found


def guided(
    folder: Path, sentences: Sequence[Sentence], matcher: GuidedReader | None = None
) -> dict[str, frozenset[Triple]]:
    """Return what the built-in schema-guided extractor gives for each sentence."""
    from extractors.mini.guided import GuidedExtractor

    extractors = {
        name: GuidedExtractor(
            schema_of(folder / "ontologies" / f"{name}_ontology.json"), matcher=matcher
        )
        for name in sorted({each.ontology for each in sentences})
    }
    found = {}
    for each in sentences:
        text = each.text
        found[each.id] = normalised(
            (
                text[told.subject[0] : told.subject[1]],
                told.pattern.relation,
                written(text[told.object[0] : told.object[1]]),
            )
            for told in extractors[each.ontology].told(text)
        )
    return found


def written(words: str) -> str:
    """Return a date as the set writes it, its first day where it is less exact; other words as
    they are.

    >>> written("May 20, 1975"), written("June 2015"), written("Oslo")
    ('20 May 1975', '01 June 2015', 'Oslo')
    """
    from extractors.mini.dates import time_literal

    read = time_literal(words)
    value = read.value
    if read.datatype == "gYearMonth":
        value = date.fromisoformat(f"{value}-01")
    return f"{value:%d %B %Y}" if isinstance(value, date) else words


def schema_of(path: Path) -> Schema:
    """Return an ontology of the set as a schema; blanks in names become underscores."""
    content = json.loads(path.read_text(encoding="utf-8"))
    types = {concept["qid"]: concept["label"] for concept in content["concepts"]}

    def named(label: str) -> str:
        return re.sub(r"\W+", "_", label.strip())

    return Schema(
        tuple(
            Pattern(
                named(types.get(relation["domain"], "Thing")),
                named(relation["label"]),
                named(types.get(relation["range"], "Thing")),
            )
            for relation in content["relations"]
        )
    )


def read_sentences(folder: Path) -> list[Sentence]:
    """Return all test sentences, ontology by ontology."""
    found = []
    for path in sorted(folder.glob("ont_*_ground_truth.jsonl.gz"), key=lambda p: p.name):
        name = path.name.removeprefix("ont_").removesuffix("_ground_truth.jsonl.gz")
        for row in _rows(path):
            triples = [(t["sub"], t["rel"], t["obj"]) for t in row["triples"]]
            found.append(Sentence(name, row["id"], row["sent"], normalised(triples)))
    return found


def verified(folder: Path) -> frozenset[str]:
    """Return the ids of the manually verified sentences."""
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("manually_verified/*.txt"))
    return frozenset(line.strip() for text in texts for line in text.splitlines() if line.strip())


def peer_triples(folder: Path, peer: str) -> dict[str, frozenset[Triple]]:
    """Return what a peer gave for each sentence."""
    found = {}
    for path in sorted((folder / "peer_outputs" / peer).glob(f"*{PEERS[peer]}.jsonl.gz")):
        for row in _rows(path):
            whole = [tuple(map(str, t)) for t in row["triples"] if len(t) == 3]
            found[row["id"]] = normalised((a, b, written(c)) for a, b, c in whole)
    return found


def normalised(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return triples as they are compared.

    >>> sorted(normalised([("Mr. X", "publication_date", "01 January 1985")]))
    [('mr.x', 'publicationdate', '1985')]
    """
    return frozenset((_plain(s), re.sub(r"\W", "", _plain(r)), _plain(o)) for s, r, o in triples)


def figures(
    sentences: Sequence[Sentence],
    found: Mapping[str, frozenset[Triple]],
    checked: frozenset[str],
) -> dict[str, float]:
    """Return the figures of one system, in percent; a sentence without output has no triples."""
    some = [each for each in sentences if each.id in checked]
    precision, recall, f1 = _strict(some, found)
    return {
        "strict_precision": precision,
        "strict_recall": recall,
        "strict_f1": f1,
        "strict_f1_all": _strict(sentences, found)[2],
        "upstream_f1": _upstream(sentences, found),
    }


def _strict(
    sentences: Sequence[Sentence], found: Mapping[str, frozenset[Triple]]
) -> tuple[float, float, float]:
    said = right = gold = 0
    for each in sentences:
        ours = found.get(each.id, frozenset())
        said, right, gold = said + len(ours), right + len(ours & each.gold), gold + len(each.gold)
    return _percent(right, said), _percent(right, gold), _percent(2 * right, said + gold)


def _upstream(sentences: Sequence[Sentence], found: Mapping[str, frozenset[Triple]]) -> float:
    total = 0.0
    for each in sentences:
        relations = {relation for _, relation, _ in each.gold}
        ours = {t for t in found.get(each.id, frozenset()) if t[1] in relations}
        if not each.gold:
            total += float(not ours)
        elif ours:
            total += 2 * len(ours & each.gold) / (len(ours) + len(each.gold))
    return _percent(total, len(sentences))


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _plain(words: str) -> str:
    lowered = _NEW_YEAR.sub("", words.lower().strip())
    return re.sub(r"[\s_]+", "", lowered)


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
