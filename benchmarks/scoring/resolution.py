"""Entity resolution scored pairwise: names of one entity joined, namesakes kept apart."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractors.align.demonyms import place_of
from extractors.align.names import form_of
from extractors.align.namesakes import tell_apart
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Encode, clusters, propose
from extractors.align.train.entries import load_entries, profile_of
from extractors.align.values import value_of
from kgkit.ids import normalise_name

__all__ = ["namesake_figures", "read_sightings", "resolution_figures", "variant_figures"]

_TYPES = {
    "PERSON": "Person", "PLACE": "Location", "ORG": "Organization", "WORK": "Work",
    "MISC": "Misc", "DATE": "Date", "LITERAL": "Literal", "AWARD": "Award",
}  # fmt: skip
_CONTEXT = 300
#: Documents of Re-DocRED dev that are learnt from, the first ones.
_LEARNT = 400
#: Types of which several often have one name.
_SHARED = ("Person", "Work", "Organization")
_Pairs = set[tuple[str, str]]


def read_sightings(folder: Path) -> tuple[list[Profile], dict[str, str]]:
    """Return a profile for each surface form in each chunk, and the gold entity of each form.

    `folder` holds `rk500_entities_resolved`, `rk500_openie_qwen2.5-7b_gliner` and `rk500_corpus`.
    A profile has what the triples of its chunk say of that very form; gold is used for nothing.
    """
    texts = {row["id"]: row["text"] for row in _read(folder / "rk500_corpus.json.gz")}
    told: dict[tuple[str, str], list[tuple[str, str, bool]]] = defaultdict(list)
    places: dict[tuple[str, str], int] = {}
    for row in _read(folder / "rk500_openie_qwen2.5-7b_gliner.json.gz"):
        chunk, subject, relation, obj = row[:4]
        told[subject, chunk].append((relation, obj, True))
        told[obj, chunk].append((relation, subject, False))
        places.setdefault((subject, chunk), (row[6] or [0])[0])
        places.setdefault((obj, chunk), (row[7] or [0])[0])
    found: list[Profile] = []
    gold: dict[str, str] = {}
    for entity in _read(folder / "rk500_entities_resolved.json.gz"):
        for form, count, chunks in entity["aliases"]:
            gold[form] = entity["id"]
            own = [chunk for chunk in chunks if (form, chunk) in told] or chunks[:1]
            for chunk in own:
                facts = told.get((form, chunk), [])
                start = places.get((form, chunk), 0)
                found.append(
                    _profile(form, entity["type"], chunk, facts, texts[chunk], start, count)
                )
    return found, gold


def resolution_figures(
    found: Sequence[Profile], gold: Mapping[str, str], encode: Encode, *, part: str
) -> dict[str, float]:
    """Return pairwise precision and recall over surface forms, in percent, and the counts.

    `part` is "dev", "held" or "all": entities by a hash of their id. `raw_` figures take the gold
    as it is. It is itself the work of a program, which joins Italy and Italian but not India and
    Indian, and two spellings here but not there; so the main figures leave out pairs of a place
    and what belongs to it, and count names of one type that differ in case, accents, blanks,
    hyphens or quotes alone as one. `new_` figures count only pairs that differ in more.
    """
    by_form: dict[str, list[Profile]] = defaultdict(list)
    for one in found:
        by_form[one.id].append(one)
    profiles = [joined(group) for _, group in sorted(by_form.items())]
    proposals = propose(profiles, encode=encode)
    ours = _pairs(clusters([one.id for one in profiles], proposals))
    forms: dict[str, list[str]] = defaultdict(list)
    for form, entity in gold.items():
        forms[entity].append(form)
    theirs = _pairs(forms.values())
    kept = {form for form, entity in gold.items() if part in ("all", _part(entity))}
    ours = {pair for pair in ours if kept.issuperset(pair)}
    theirs = {pair for pair in theirs if kept.issuperset(pair)}
    figures = _figures("raw_resolution", ours, theirs)
    spelled = _spelled_alike([one for one in profiles if one.id in kept])
    ours, theirs = _settled(ours), _settled(theirs | spelled)
    figures |= _figures("resolution", ours, theirs)
    return figures | _figures("new_resolution", ours - spelled, theirs - spelled)


def namesake_figures(
    found: Sequence[Profile], gold: Mapping[str, str], encode: Encode, *, part: str
) -> dict[str, float]:
    """Return pairwise precision and recall over uses of one name in different chunks, in percent.

    Uses of one name are one entity in the data. For as many pairs, a person, work or organisation
    told of in another chunk is given the name of one of its type and counts as somebody else.
    """
    kept = [one for one in found if one.type in _SHARED and part in ("all", _part(gold[one.id]))]
    entity: dict[tuple[str, str], str] = {}
    rows = list(kept)
    for one in kept:
        entity[one.id, _chunk(one)] = gold[one.id]
    for one, other in _distractors(kept):
        if (one.id, _chunk(other)) not in entity:
            rows.append(_renamed(other, one.id))
            entity[one.id, _chunk(other)] = f"another {other.id}"
    theirs: _Pairs = set()
    ours: _Pairs = set()
    apart = {split.key: split.groups for split in tell_apart(rows, encode=encode)}
    uses: dict[str, list[str]] = defaultdict(list)
    for form, chunk in entity:
        uses[form].append(chunk)
    for form, chunks in uses.items():
        groups = apart.get(form, (tuple(chunks),))
        group_of = {chunk: place for place, group in enumerate(groups) for chunk in group}
        for a, b in combinations(sorted(chunks), 2):
            pair = (f"{form}@{a}", f"{form}@{b}")
            if entity[form, a] == entity[form, b]:
                theirs.add(pair)
            if group_of[a] == group_of[b]:
                ours.add(pair)
    distractors = sum(name.startswith("another ") for name in entity.values())
    return {**_figures("namesakes", ours, theirs), "namesakes_made": float(distractors)}


def variant_figures(path: Path, labels: Path, encode: Encode) -> dict[str, float]:
    """Return pairwise precision and recall over the names that one document uses, in percent.

    People annotated the last 100 documents of Re-DocRED dev. All names of all documents are
    resolved together; pairs within a document are scored. `variant_recall` leaves out names cut
    to one of their words ("Curie"), which only their document can settle; `..._all` has them.
    """
    entries = [one for one in load_entries([path], labels) if _number(one.document) >= _LEARNT]
    chance = random.Random(0)
    profiles: dict[str, Profile] = {}
    owner: dict[str, tuple[str, str]] = {}
    for entry in entries:
        for name in entry.names:
            id = f"{entry.id}:{name}"
            one = profile_of(entry, name, id, chance)
            profiles[id] = replace(one, documents=frozenset({entry.document}))
            owner[id] = entry.document, entry.id
    proposals = propose(profiles.values(), encode=encode)
    ours = {
        pair
        for pair in _pairs(clusters(profiles, proposals))
        if owner[pair[0]][0] == owner[pair[1]][0] and _unlike(profiles, pair)
    }
    groups: dict[str, list[str]] = defaultdict(list)
    for id, (_, entity) in owner.items():
        groups[entity].append(id)
    theirs = {pair for pair in _pairs(groups.values()) if _unlike(profiles, pair)}
    whole = {pair for pair in theirs if not _cut(*(profiles[id].name for id in pair))}
    every = _figures("variant_all", ours, theirs)
    figures = _figures("variant", ours - (theirs - whole), whole)
    return {**figures, "variant_all_recall": every["variant_all_recall"]}


def _number(document: str) -> int:
    return int(document.rpartition(":")[2])


def _unlike(profiles: Mapping[str, Profile], pair: tuple[str, str]) -> bool:
    one, other = (profiles[id].name for id in pair)
    place = place_of(one)
    if place and place == place_of(other):
        return False  # annotated now as one entity and now as two
    return form_of(one).squashed != form_of(other).squashed


def _cut(name: str, other: str) -> bool:
    short, long = sorted((form_of(name).core, form_of(other).core), key=len)
    return len(short) == 1 and len(long) > 1 and short[0] in long


def _read(path: Path) -> list[Any]:
    rows: list[Any] = json.loads(gzip.decompress(path.read_bytes()))
    return rows


def _profile(
    form: str,
    type: str,
    chunk: str,
    facts: Iterable[tuple[str, str, bool]],
    text: str,
    start: int,
    count: int,
) -> Profile:
    values: dict[str, set[str]] = defaultdict(set)
    around = set()
    for relation, other, is_head in facts:
        told = value_of(relation, other) if is_head else None
        if told:
            values[told[0]].add(told[1])
        around.add(form_of(other).squashed)
    begin = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    return Profile(
        form,
        form,
        _TYPES.get(type, "Thing"),
        (),
        MappingProxyType({key: frozenset(v) for key, v in values.items()}),
        frozenset(around - {""}),
        frozenset({chunk}),
        text[begin : begin + _CONTEXT],
        count,
    )


def _distractors(found: Sequence[Profile]) -> list[tuple[Profile, Profile]]:
    """Return pairs of people, works or organisations of different names, told of in some facts."""
    pairs = []
    for type in _SHARED:
        rows = {one.id: one for one in found if one.type == type and len(one.neighbours) > 1}
        order = sorted(rows, key=_hash)
        half = len(order) // 2
        pairs += [(rows[a], rows[b]) for a, b in zip(order[:half], order[half:], strict=False)]
    return pairs


def _renamed(one: Profile, name: str) -> Profile:
    values, around = one.values, one.neighbours
    context = one.context.replace(one.name, name)
    return Profile(name, name, one.type, (), values, around, one.documents, context, one.weight)


def _chunk(one: Profile) -> str:
    return min(one.documents)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _part(entity: str) -> str:
    return "held" if int(_hash(entity)[:8], 16) % 2 else "dev"


def _pairs(groups: Iterable[Sequence[str]]) -> _Pairs:
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def _settled(pairs: _Pairs) -> _Pairs:
    return {(a, b) for a, b in pairs if not place_of(a) or place_of(a) != place_of(b)}


def _spelled_alike(profiles: Iterable[Profile]) -> _Pairs:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in profiles:
        letters = "".join(c for c in normalise_name(one.name) if c.isalnum())
        groups[letters, one.type].append(one.id)
    return _pairs(groups.values())


def _figures(name: str, ours: _Pairs, theirs: _Pairs) -> dict[str, float]:
    right = len(ours & theirs)
    return {
        f"{name}_precision": round(100.0 * right / max(1, len(ours)), 1),
        f"{name}_recall": round(100.0 * right / max(1, len(theirs)), 1),
        f"{name}_pairs": float(len(theirs)),
    }
