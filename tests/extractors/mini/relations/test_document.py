"""Facts of a document out of the relations that a reader finds, which is a stand-in here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.mini.pieces import Row
from extractors.mini.relations.cases import Case
from extractors.mini.relations.document import RelationFinder
from extractors.mini.relations.naming import relation_name
from extractors.mini.relations.reader import Related
from extractors.mini.relations.sections import load_sections, sections
from extractors.mini.relations.store import Labels
from extractors.mini.syntax import Sentence, Span, Token
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Fact, Literal
from kgkit.models.encoder import load_encoder

TEXT = "Ada was English. She rose. Ada died in 1852."
ADA, ENGLISH = Entity.named("Ada", "Person"), Entity.named("English", "Location")


class Reader:
    """Says of each section what it is told to."""

    tokenizer = load_encoder().tokenizer
    labels = Labels(("P27", "P570"), ("country of citizenship", "date of death"))

    def __init__(self, *said: Related) -> None:
        self.said = list(said)
        self.cases: list[Case] = []

    def relate(self, case: Case) -> list[Related]:
        self.cases.append(case)
        return self.said


def sentence(start: int, end: int, *spans: Span) -> Sentence:
    tokens, place = [], start
    for word in TEXT[start:end].split():
        place = TEXT.index(word, place)
        bare = word.rstrip(".")
        tokens.append(Token(place, place + len(bare), bare, bare, "X", "X", -1, "root"))
    return Sentence(start, end, tuple(tokens), spans)


SENTENCES = [
    sentence(0, 16, Span(0, 1, "Person", 0.9), Span(2, 3, "Location", 0.9)),
    sentence(17, 26),
    sentence(27, 44, Span(0, 1, "Person", 0.9), Span(3, 4, "Time", 0.9)),
]
NAMES = [
    (0, SENTENCES[0].spans[0], ADA),
    (0, SENTENCES[0].spans[1], ENGLISH),
    (2, SENTENCES[2].spans[0], ADA),
]


def facts(reader: Reader, chunk_id: Callable[[int, int], str] = lambda _a, _b: "c") -> list[Fact]:
    finder = RelationFinder(reader, "made/1")
    return finder.facts(Document("a.txt", TEXT), SENTENCES, NAMES, chunk_id)


def test_entities_of_a_document_are_told_with_all_their_mentions() -> None:
    reader = Reader()
    assert facts(reader) == []
    (case,) = reader.cases
    assert case.entities == (0, 1, 0, 2)
    assert case.kinds == (0, 2, 3)
    assert case.sentences == (0, 0, 2, 2)


def test_a_fact_rests_on_the_sentences_of_its_nearest_mentions() -> None:
    found = facts(Reader(Related(0, 1, 0, 0.8), Related(0, 2, 1, 0.7)))
    spans = {}
    for fact in found:
        (evidence,) = fact.evidence
        assert isinstance(evidence, TextEvidence)
        spans[fact.relation] = TEXT[evidence.start : evidence.end], evidence.score
    assert spans == {
        "CITIZEN_OF": ("Ada was English.", 0.8),
        "DIE_ON": ("Ada died in 1852.", 0.7),
    }
    (death,) = (fact for fact in found if fact.relation == "DIE_ON")
    assert isinstance(death.tail, Literal)
    assert (death.tail.value, death.predicate) == (1852, "date of death")


def test_sentences_of_two_chunks_are_two_pieces_of_evidence() -> None:
    def chunk_id(start: int, end: int) -> str:
        return "one" if end <= 16 else "two" if start >= 17 else ""

    (fact,) = facts(Reader(Related(1, 0, 0, 0.6)), chunk_id)
    assert len(fact.evidence) == 1  # the nearest mention is in the same sentence
    far = [NAMES[1], NAMES[2]]
    finder = RelationFinder(Reader(Related(0, 1, 0, 0.6)), "made/1")
    (fact,) = finder.facts(Document("a.txt", TEXT), SENTENCES, far, chunk_id)
    assert [e.chunk_id for e in fact.evidence if isinstance(e, TextEvidence)] == ["one", "two"]


def test_a_value_heads_no_fact() -> None:
    assert facts(Reader(Related(2, 0, 1, 0.9))) == []
    reader = Reader(Related(0, 2, 0, 0.9))
    reader.labels = Labels(("P57",), ("director",))
    assert facts(reader) == []  # "1852 directed Ada"


def test_what_is_unlikely_is_not_said() -> None:
    assert facts(Reader(Related(0, 1, 0, 0.39))) == []
    assert len(facts(Reader(Related(0, 1, 0, 0.4)))) == 1


def test_sections_that_are_noted_are_not_read_again() -> None:
    first = RelationFinder(Reader(Related(0, 1, 0, 0.8)), "made/1")
    document = Document("a.txt", TEXT)
    before = first.facts(document, SENTENCES, NAMES, lambda _a, _b: "c")
    silent = Reader()
    again = RelationFinder(silent, "made/1", load_sections(first.noted.dump()))
    assert again.facts(document, SENTENCES, NAMES, lambda _a, _b: "c") == before
    assert silent.cases == []
    assert again.noted.dump() == first.noted.dump()


def test_long_texts_are_cut_between_sentences() -> None:
    rows = [Row(((1,),) * 300, (1,) * 300)] * 7
    assert list(sections(rows)) == [(0, 2), (2, 4), (4, 6), (6, 7)]
    assert list(sections([])) == []


@pytest.mark.parametrize(("label", "name"), [("father", "FATHER"), ("member of", "MEMBER_OF")])
def test_relations_are_named_in_capitals(label: str, name: str) -> None:
    assert relation_name(label) == name
