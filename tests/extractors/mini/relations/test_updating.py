"""An edited document through the extractor with the relation head: as read afresh, for less."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.chunks import split
from extractors.mini.extractor import MiniExtractor
from extractors.mini.relations.cases import Case
from extractors.mini.relations.reader import Related, RelationReader
from kgkit.facts import Document

PEOPLE = ("Ada Byron", "Carl Weiss", "Emma Lund", "Hugo Brandt", "Ines Costa")
PLACES = ("Oslo", "Leeds", "Turin", "Lyon", "Riga", "Cork", "Basel")
TEXT = "\n\n".join(
    f"{PEOPLE[i % 5]} was born in {PLACES[i % 7]} on {1 + i % 27} May {1850 + i}. "
    f"Years later {PEOPLE[i % 5]} moved to {PLACES[(i + 3) % 7]} and worked for the "
    f"University of {PLACES[(i + 3) % 7]} with {PEOPLE[(i + 2) % 5]}."
    for i in range(42)
)
#: An edit of the last paragraph.
EDITED = TEXT[: TEXT.rindex("Years later")] + "Nobody knows what came of Carl Weiss in Riga."


def test_sections_far_from_an_edit_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Case] = []
    relate = RelationReader.relate

    def counted(self: RelationReader, case: Case) -> list[Related]:
        read.append(case)
        return relate(self, case)

    monkeypatch.setattr(RelationReader, "relate", counted)
    extractor = MiniExtractor(relations=True, calibrated=False)
    before, after = Document("a.txt", TEXT), Document("a.txt", EDITED)
    old = extractor.extract(before, split(before))
    sections = len(read)
    assert sections >= 2
    assert old.notes.count("\n") == 1
    same = extractor.extract_again(before, split(before), old.notes)
    assert (same, len(read)) == (old, sections)
    read.clear()
    again = extractor.extract_again(after, split(after), old.notes)
    assert len(read) == 1
    assert again == extractor.extract(after, split(after))
    plain = MiniExtractor(relations=False, calibrated=False)
    first_line = replace(again, notes=again.notes.partition("\n")[0])
    assert plain.extract(after, split(after)).notes == first_line.notes
