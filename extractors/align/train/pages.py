"""Names of pages that are told apart by their titles: pairs to learn from without annotation.

An encyclopedia has one page for each thing, and its titles tell namesakes apart. So two pages
whose names can be forms of one name are two things; how a page opens is another form of its
title; and a title that one page alone can mean, named on another page, is that page's thing.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from types import MappingProxyType

from extractors.align.additions import is_ranked
from extractors.align.blocking import candidates
from extractors.align.demonyms import place_of
from extractors.align.features import Rarity, features_of, is_plausible
from extractors.align.names import form_of
from extractors.align.profiles import Profile
from extractors.align.train.examples import Example
from extractors.align.values import work_kind
from extractors.align.vetoes import rivals, vetoes

__all__ = ["Page", "load_pages", "page_examples", "uses_of"]

_BRACKET = re.compile(r"\s*\([^()]*\)$")
_OPENING = re.compile(
    r"^(.{2,90}?)\s*(?:\(|,? (?:is|was|are|were|may|also|known|styled|born|better|formerly)\b)"
)
_LIFE = re.compile(r"\((?:[^()]*?\b(\d{3,4}))?\s*[–—-][^()]*?\b(\d{3,4})\)")
_BORN = re.compile(r"\((?:[^()]*\b)?born [^()]*?\b(\d{4})\)")
_IS = re.compile(
    r"\b(?:is|was|are|were) (?:an?|the|one of the) (.{3,90}?)(?:[.,;(]| by | in | of |$)"
)
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_CAPITALS = re.compile(r"[A-Z][\w’'-]+(?: (?:of|de|von|the|[A-Z][\w’'-]+))* ?[A-Z]?[\w’'-]*")
_LISTS = re.compile(r"^(?:List of|National Register)|may (?:also )?refer to|disambiguation")
_PRONOUNS = frozenset({"This", "It", "There", "He", "She", "They", "These", "In", "The"})
_CONTEXT = 300
#: How many other pages that name a thing are taken.
_OTHERS = 2
#: How much two pages of near names count: questions that compare things chose them.
_CHOSEN = 0.5
_KINDS = {
    "Person": "actor actress politician footballer director writer singer nobleman noblewoman "
    "player composer author poet painter prince princess king queen duke count bishop journalist "
    "producer lawyer soldier officer architect scientist musician screenwriter cricketer peer",
    "Location": "village city town district county river municipality commune region province "
    "state country suburb community parish lake mountain island area settlement",
    "Organization": "company band club team university school college organisation organization "
    "group label agency party institute society corporation brand",
    "Work": "film album song single novel book play opera series sitcom episode movie drama comedy",
}
_KIND_OF = {noun: kind for kind, nouns in _KINDS.items() for noun in nouns.split()}


@dataclass(frozen=True, slots=True)
class Page:
    """A page on one thing: its title, and a text that begins by naming it."""

    title: str
    text: str

    @property
    def name(self) -> str:
        """The title without its bracket."""
        return _BRACKET.sub("", self.title)

    @property
    def opening(self) -> str:
        """The name that the text begins with, "" where it begins otherwise."""
        found = _OPENING.match(self.text)
        name = re.sub(r"[\"“”]", "", found[1]).strip(" ,") if found else ""
        fits = 0 < len(name.split()) <= 9 and name[:1].isupper() and name not in _PRONOUNS
        return name if fits and " or " not in name else ""

    @property
    def type(self) -> str:
        """The type of the thing, by the first noun that tells it; "Thing" where none does."""
        told = _IS.search(self.text[:400])
        for word in reversed(told[1].lower().split() if told else []):
            if word in _KIND_OF:
                return _KIND_OF[word]
        return (
            "Person" if _LIFE.search(self.text[:200]) or _BORN.search(self.text[:200]) else "Thing"
        )


def load_pages(paths: Iterable[Path], without: Iterable[Path] = ()) -> list[Page]:
    """Return the pages of corpora of {title, text}, but none whose title is in `without`."""
    kept_out = {row["title"] for path in without for row in _rows(path)}
    found: dict[str, Page] = {}
    for path in paths:
        for row in _rows(path):
            if row["title"] not in kept_out and not _LISTS.search(row["title"] + row["text"][:200]):
                found.setdefault(row["title"], Page(row["title"], row["text"]))
    return list(found.values())


def uses_of(pages: Sequence[Page]) -> dict[str, list[Profile]]:
    """Return what is told of each page's thing, by title: by its own page under the name that it
    begins with and, as its text goes on, under the title; and by up to two other pages that name
    it as no other page's thing can be named."""
    found: dict[str, list[Profile]] = defaultdict(list)
    for page in pages:
        opening = page.opening or page.name
        found[page.title].append(_use(page, opening, page.text, page.title, about=True))
        if opening != page.name:
            rest = page.text[page.text.find(". ") + 2 :] if ". " in page.text[:-2] else ""
            found[page.title].append(_use(page, page.name, rest, f"{page.title}, on"))
    only = _telling_names(pages)
    starts: dict[str, list[str]] = defaultdict(list)
    for name in only:
        starts[" ".join(name.split()[:2])].append(name)
    counts: dict[str, int] = defaultdict(int)
    for other in pages:
        for one, two in pairwise(re.finditer(r"\S+", other.text)):
            start = one.start()
            for name in starts.get(other.text[start : two.end()].rstrip(".,;:)'\""), ()):
                after = other.text[start + len(name) : start + len(name) + 1]
                named = other.text.startswith(name, start) and not after.isalnum()
                if named and only[name] is not other and counts[name] < _OTHERS:
                    counts[name] += 1
                    begin = other.text.rfind(". ", 0, start)
                    text = other.text[begin + 2 if begin >= 0 else 0 :]
                    found[only[name].title].append(_use(only[name], name, text, other.title))
    return found


def _telling_names(pages: Sequence[Page]) -> dict[str, Page]:
    """Return the names of two words and more, and the numbered ranks, that one page alone bears."""
    owners: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        for name in {page.name, page.opening} - {""}:
            owners[form_of(name).squashed].append(page)
        rank = page.name.partition(", ")[2]
        if rank and is_ranked(form_of(rank)):
            owners[f"rank {rank}"].append(page)
    found = {}
    for page in pages:
        rank = page.name.partition(", ")[2]
        if " " in page.name and len(owners[form_of(page.name).squashed]) == 1:
            found[page.name] = page
        if len(owners.get(f"rank {rank}", ())) == 1:
            found[rank] = page
    return found


def page_examples(pages: Sequence[Page], seed: int = 0) -> list[Example]:
    """Return pairs of uses of names that can be forms of one and do not contradict each other:
    of one page's thing in two texts or under two names, and of two pages' things."""
    chance = random.Random(seed)
    uses = uses_of(pages)
    owner: list[str] = []
    rows: list[Profile] = []
    found: list[Example] = []
    none = Rarity({}, {})

    def worth(left: Profile, right: Profile) -> bool:
        fits = is_plausible(features_of(left, right, none))
        return fits and not vetoes(left, right)

    for title in sorted(uses):
        own = uses[title]
        rows += own
        owner += [title] * len(own)
        for left, right in combinations(own, 2):
            if worth(left, right):
                found.append(Example(left, right, same=True))
    pairs = [(i, j) for i, j in candidates(rows) if owner[i] != owner[j]]
    chance.shuffle(pairs)
    seen: set[tuple[str, str, str, str]] = set()
    for i, j in pairs:
        key = (owner[i], rows[i].name, owner[j], rows[j].name)
        one_place = place_of(rows[i].name) and place_of(rows[i].name) == place_of(rows[j].name)
        if key in seen or one_place or not worth(rows[i], rows[j]):
            continue
        if not _is_doubted(rows[i], rows[j], uses[owner[i]], uses[owner[j]]):
            seen.add(key)
            found.append(Example(rows[i], rows[j], same=False, weight=_CHOSEN))
    return found


def _is_doubted(
    left: Profile, right: Profile, ours: Sequence[Profile], theirs: Sequence[Profile]
) -> bool:
    """Whether a name is left to a person anyway, as it fits its own page's title and the other."""
    return any(rivals(left, own, right) for own in ours if own.name != left.name) or any(
        rivals(right, own, left) for own in theirs if own.name != right.name
    )


def _use(page: Page, name: str, text: str, document: str, *, about: bool = False) -> Profile:
    """Return what a text tells of a page's thing; only a text `about` it tells what it is."""
    values: dict[str, frozenset[str]] = {}
    head = page.text[:250]
    if about:
        life, born = _LIFE.search(head), _BORN.search(head)
        if life and life[1]:
            values["birth_year"] = frozenset({life[1]})
        if life:
            values["death_year"] = frozenset({life[2]})
        if born:
            values["birth_year"] = frozenset({born[1]})
        told = _IS.search(head)
        kind = work_kind(told[1]) if told else ""
        if kind:
            values["work_kind"] = frozenset({kind})
        year = _YEAR.search(told[1]) if told and page.type == "Work" else None
        if year:
            values["release_year"] = frozenset({year[0]})
    context = text[:_CONTEXT]
    around = {form_of(m[0]).squashed for m in _CAPITALS.finditer(context.replace(name, ""))}
    return Profile(
        f"{page.title}@{document}@{name}",
        name,
        page.type,
        (),
        MappingProxyType(values),
        frozenset(around - {""}),
        frozenset({document}),
        context,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    yield from json.loads(gzip.decompress(path.read_bytes()))
