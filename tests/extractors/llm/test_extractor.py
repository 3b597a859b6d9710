"""What is believed of a reply: names, values, roles, schemas, several chunks and rounds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from extractors.base import Extraction, Extractor
from extractors.chunks import split
from extractors.llm import Example, LMExtractor, Rejection
from extractors.llm.prompt import MORE
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal
from kgkit.models.lm import Budget, BudgetError, CallError, Completion, FakeLM, Request, lm
from kgkit.schema import Schema
from tests.extractors.llm.reading import BORN, TEXT, read, reply, told

FILMS = Schema.parse("""
(Person)-[DIRECTED]->(Film)
(Film)-[RELEASED_ON]->(date)
(Film)-[RUNS_FOR]->(duration)
(Person)-[KNOWN_AS]->(string)
DIRECTED: led the making of, e.g. Ada Bo directed Rain. (Ada Bo -> Rain)
""")
FILM = "Ridley Scott directed Alien. It was released on 25 May 1979 and runs for 117 minutes."


def fact_of(row: Mapping[str, object], text: str = TEXT, **options: str) -> Fact:
    (fact,) = read(reply(row), text, **options).extraction.facts
    return fact


def test_evidence_is_the_sentence() -> None:
    fact = fact_of({"head": "Pierre Curie", "relation": "AVOID", "tail": "Berlin", "sentence": 3})
    (evidence,) = fact.evidence
    assert isinstance(evidence, TextEvidence)
    assert TEXT[evidence.start : evidence.end] == "Pierre never visited Berlin."
    assert evidence.extractor == "llm/1/fake"
    assert evidence.score == 0.75  # the sentence says only "Pierre"
    assert fact_of(BORN).confidence == 0.85


@pytest.mark.parametrize("given", [0, 2, 3, 99, -1])
def test_a_wrong_sentence_is_put_right(given: int) -> None:
    row = {"head": "Paris", "relation": "IS_NOT", "tail": "Marie Curie", "sentence": given}
    (evidence,) = fact_of(row, "Marie Curie slept. It rained. Marie Curie left Paris.").evidence
    assert isinstance(evidence, TextEvidence)
    assert evidence.start == 30


def test_a_fact_across_sentences_spans_both() -> None:
    row = {"head": "Warsaw", "relation": "FAR_FROM", "tail": "Berlin"}
    (evidence,) = fact_of(row).evidence
    assert isinstance(evidence, TextEvidence)
    assert (evidence.start, evidence.end) == (0, len(TEXT))


def test_denied_and_hedged() -> None:
    row = {**BORN, "denied": True, "hedged": True}
    fact = fact_of(row)
    assert (fact.polarity.value, fact.modality.value) == ("negative", "hedged")


def test_an_event_keeps_its_roles() -> None:
    text = "Acme bought Bolt for $5 million in May 2001 in London."
    roles = {"amount": "$5 million", "time": "2001-05", "place": "London", "by": "Carl"}
    reading = read(reply({"head": "Acme", "relation": "BUY", "tail": "Bolt", "roles": roles}), text)
    (fact,) = reading.extraction.facts
    assert [(q.role, getattr(q.value, "value", None) or getattr(q.value, "name", None))
            for q in fact.qualifiers] == [
        ("amount", 5_000_000), ("place", "London"), ("time", "2001-05"),
    ]  # fmt: skip
    assert [each.reason for each in reading.rejections] == ["the text does not say the by 'Carl'"]


def test_values_keep_the_words_of_the_text() -> None:
    fact = fact_of({"head": "Marie Curie", "relation": "BORN_ON", "tail": "1867-11-07"})
    assert isinstance(fact.tail, Literal)
    assert (str(fact.tail.value), fact.tail.datatype, fact.tail.text) == (
        "1867-11-07",
        "date",
        "7 November 1867",
    )
    lost = read(reply({"head": "Marie Curie", "relation": "BORN_ON", "tail": "1867-11-08"}))
    assert [each.kind for each in lost.rejections] == ["not found"]


def test_counted_things_keep_their_unit() -> None:
    row = {"head": "Oslo", "relation": "HAS", "tail": "1.1 million inhabitants"}
    tail = fact_of(row, "Oslo has 1.1 million inhabitants.").tail
    assert isinstance(tail, Literal)
    assert (tail.value, tail.unit) == (1_100_000, "inhabitants")


def test_a_listed_name_is_a_name_even_if_it_is_a_number() -> None:
    said = reply(
        {"head": "Orwell", "relation": "WROTE", "tail": "1984"}, entities=[("1984", "Work")]
    )
    (fact,) = read(said, "Orwell wrote 1984.").extraction.facts
    assert fact.tail == Entity.named("1984", "Work")


def test_common_nouns_are_concepts() -> None:
    tail = fact_of({"head": "Ada", "relation": "IS", "tail": "a poet"}, "Ada is a poet.").tail
    assert isinstance(tail, Entity)
    assert tail.type == "Concept"


def test_mentions_are_exact_and_do_not_overlap() -> None:
    said = reply(BORN, entities=[("Marie Curie", "Person"), ("Curie", "Person"), ("Rome", "Place")])
    reading = read(said, TEXT + " Curie slept.")
    mentions = reading.extraction.mentions
    assert [(m.text, m.entity.name) for m in mentions] == [
        ("Marie Curie", "Marie Curie"),
        ("Warsaw", "Warsaw"),
        ("Curie", "Marie Curie"),
        ("Curie", "Marie Curie"),
    ]
    assert [each.reason for each in reading.rejections] == ["the text does not say 'Rome'"]


def test_names_of_a_document_come_from_all_of_it() -> None:
    text = "Ada Lovelace wrote Note G.\n\nShe died in London."
    document = Document("a.txt", text)
    chunks = split(document, max_chars=30)
    replies = {
        "She died": reply({"head": "Ada Lovelace", "relation": "DIED_IN", "tail": "London"}),
        "wrote Note": reply({"head": "Ada Lovelace", "relation": "WROTE", "tail": "Note G"}),
    }
    model = FakeLM(replies)
    found = LMExtractor(model).extract(document, chunks)
    assert {str(fact) for fact in found.facts} == {
        "(Ada Lovelace)-[DIED_IN]->(London)",
        "(Ada Lovelace)-[WROTE]->(Note G)",
    }
    asked = model.requests[1].text
    assert "Names before this text: Ada Lovelace; Note G" in asked
    assert "[1] She died in London." in asked
    assert [m.text for m in found.mentions] == ["Ada Lovelace", "Note G", "London"]


def test_the_title_may_be_an_end() -> None:
    text = "It was made in London."
    row = {"head": "Alien", "relation": "MADE_IN", "tail": "London"}
    assert told(read(reply(row), text, title="Alien (film)")) == [
        "(Alien (film))-[MADE_IN]->(London)"
    ]
    assert told(read(reply(row), text)) == []


def test_a_schema_is_kept_to() -> None:
    said = reply(
        {"head": "Ridley Scott", "relation": "directed", "tail": "Alien"},
        {"head": "Alien", "relation": "RELEASED_ON", "tail": "25 May 1979"},
        {"head": "Alien", "relation": "RUNS_FOR", "tail": "117 minutes"},
        {"head": "Ridley Scott", "relation": "KNOWN_AS", "tail": "Scott"},
        {"head": "Alien", "relation": "DIRECTED", "tail": "Ridley Scott"},
        {"head": "Ridley Scott", "relation": "LOVES", "tail": "Alien"},
        {"head": "Alien", "relation": "RELEASED_ON", "tail": "117 minutes"},
        entities=[("Ridley Scott", "person"), ("Alien", "Film"), ("May", "Month")],
    )
    reading = read(said, FILM, schema=FILMS)
    assert told(reading) == [
        "(Alien)-[RELEASED_ON]->(1979-05-25)",
        "(Alien)-[RUNS_FOR]->(PT117M)",
        "(Ridley Scott)-[DIRECTED]->(Alien)",
        "(Ridley Scott)-[KNOWN_AS]->(Scott)",
    ]
    assert sorted(each.reason for each in reading.rejections) == [
        "'LOVES' is no relation to use here",
        "'Month' is no type here",
        "(Film)-[DIRECTED]->(Person) is not in the schema",
        "(Film)-[RELEASED_ON]->(duration) is not in the schema",
    ]
    assert {each.kind for each in reading.rejections} == {"not in schema"}


def test_types_that_a_schema_leaves_no_choice_of_are_filled_in() -> None:
    said = reply({"head": "Ridley Scott", "relation": "DIRECTED", "tail": "Alien"})
    (fact,) = read(said, FILM, schema=FILMS).extraction.facts
    assert isinstance(fact.tail, Entity)
    assert (fact.head.type, fact.tail.type) == ("Person", "Film")


def test_a_schema_shapes_prompt_and_reply() -> None:
    extractor = LMExtractor(FakeLM([]), schema=FILMS, examples=[Example("Bo ran.", ())])
    document = Document("a.txt", FILM)
    (request,) = extractor.requests(document, split(document))
    assert "(Person)-[DIRECTED]->(Film)" in request.text
    assert '[1] Ada Bo directed Rain.\nstates {"facts": [{"head": "Ada Bo"' in request.text
    form = json.loads(request.schema)
    rows = form["properties"]["facts"]["items"]["properties"]
    assert rows["relation"]["enum"] == ["DIRECTED", "KNOWN_AS", "RELEASED_ON", "RUNS_FOR"]
    assert request.about == document.id


def test_asking_again_finds_what_was_missed() -> None:
    more = reply({"head": "Marie Curie", "relation": "MARRIED", "tail": "Pierre Curie"})
    model = FakeLM([reply(BORN), more, "No, that is all."])
    document = Document("a.txt", TEXT)
    reading = LMExtractor(model, rounds=2).read(document, split(document))
    assert len(reading.extraction.facts) == 2
    assert reading.rejections == ()
    assert [m.content for m in model.requests[2].messages[2:]] == [reply(BORN), MORE, more, MORE]


def test_a_chunk_without_facts_is_not_asked_again() -> None:
    model = FakeLM(['{"entities": [], "facts": []}'])
    document = Document("a.txt", TEXT)
    assert LMExtractor(model, rounds=3).extract(document, split(document)) == Extraction()


def test_the_same_document_gives_the_same_bytes_whatever_the_order() -> None:
    rows: list[Mapping[str, object]] = [
        BORN,
        {"head": "Marie Curie", "relation": "MARRIED", "tail": "Pierre Curie"},
    ]
    rows.append({**rows[1], "relation": "married"})
    names = [("Warsaw", "City"), ("Pierre", "Person"), ("Pierre", "Place"), ("Warsaw", "Town")]
    one = read(reply(*rows, entities=names))
    other = read(reply(*reversed(rows), entities=names[::-1]))
    assert one.extraction == other.extraction
    assert repr(one.extraction) == repr(other.extraction)


def test_every_span_lies_in_its_chunk() -> None:
    text = " ".join(f"Person{n} met Friend{n} in Town{n}. " for n in range(40))
    document = Document("a.txt", text)
    chunks = split(document, max_chars=200)

    def answer(request: Request) -> str:
        lines = [line for line in request.text.splitlines() if line.startswith("[")]
        pairs = [(line.split()[1], line.split()[3]) for line in lines]
        return reply(*({"head": a, "relation": "MET", "tail": b} for a, b in pairs))

    found = LMExtractor(FakeLM(answer)).extract(document, chunks)
    own = {chunk.id: chunk for chunk in chunks}
    assert len(found.facts) == 40
    for mention in found.mentions:
        chunk = own[mention.chunk_id]
        assert chunk.start <= mention.start < mention.end <= chunk.end
        assert text[mention.start : mention.end] == mention.text
    for fact in found.facts:
        for piece in fact.evidence:
            assert isinstance(piece, TextEvidence)
            chunk = own[piece.chunk_id]
            assert chunk.start <= piece.start < piece.end <= chunk.end


class Refusing:
    """Refuses what is about Berlin."""

    name = "refusing"
    batch = concurrency = 1

    def __init__(self, reply: str) -> None:
        self.other = FakeLM({"": reply})

    def complete(self, requests: Sequence[Request]) -> list[Completion]:
        refused = Completion("", finish="refused", note="policy")
        return [
            refused if "Berlin" in request.text else self.other.complete([request])[0]
            for request in requests
        ]

    def count_tokens(self, request: Request) -> int:
        return 1


def test_a_refused_chunk_is_reported_and_a_refused_document_raises() -> None:
    document = Document("a.txt", "Ada wrote Note G.\n\nBerlin slept.")
    chunks = split(document, max_chars=20)
    said = reply({"head": "Ada", "relation": "WROTE", "tail": "Note G"})
    reading = LMExtractor(Refusing(said)).read(document, chunks)
    assert len(reading.extraction.facts) == 1
    assert [(each.kind, each.chunk_id) for each in reading.rejections] == [
        ("refused", chunks[1].id)
    ]
    alone = Document("b.txt", "Berlin slept.")
    with pytest.raises(CallError, match=r"refused b\.txt: policy"):
        LMExtractor(Refusing(said)).read(alone, split(alone))


def test_a_budget_stops_before_a_document_is_half_read() -> None:
    document = Document("a.txt", "Ada wrote Note G.\n\nBerlin slept.")
    chunks = split(document, max_chars=20)
    model = lm(FakeLM({"": reply()}), budget=Budget(calls=1))
    with pytest.raises(BudgetError):
        LMExtractor(model).extract(document, chunks)
    again = lm(model.model, cache=model.cache, budget=Budget(calls=1))
    assert LMExtractor(again).extract(document, chunks) == Extraction()


def test_rejections_are_told_to_who_asks() -> None:
    heard: list[Rejection] = []
    document = Document("a.txt", TEXT)
    said = reply({"head": "X", "relation": "Y", "tail": "Z"})
    LMExtractor(FakeLM([said]), on_rejection=heard.append).extract(document, split(document))
    (rejection,) = heard
    assert rejection.reason == "the text does not say the head 'X'"
    assert json.loads(rejection.row) == {"head": "X", "relation": "Y", "tail": "Z"}
    assert (rejection.document_id, rejection.chunk_id) == (
        document.id,
        split(document)[0].id,
    )


def test_the_version_follows_what_shapes_results() -> None:
    plain = LMExtractor(FakeLM([]))
    others = [
        LMExtractor(FakeLM([], name="other")),
        LMExtractor(FakeLM([]), schema=FILMS),
        LMExtractor(FakeLM([]), rounds=1),
        LMExtractor(FakeLM([]), max_tokens=9),
        LMExtractor(FakeLM([]), examples=[Example("Bo ran.", ())]),
    ]
    versions = {each.version for each in (plain, *others)}
    assert len(versions) == 6
    assert LMExtractor(FakeLM([])).version == plain.version
    contract: Extractor = plain
    assert contract.name == "llm"


def test_a_chunk_that_did_not_change_is_not_asked_about_again() -> None:
    model = lm(FakeLM({"": reply()}))
    extractor = LMExtractor(model)
    for text in ("One fell.\n\nTwo fell.\n\nSix fell.", "One fell.\n\nTwo rose!\n\nSix fell."):
        document = Document("a.txt", text)
        extractor.extract(document, split(document, max_chars=12))
    assert (model.usage.calls, model.usage.cached) == (4, 2)


def test_no_chunks_no_calls() -> None:
    empty = Document("a.txt", "")
    assert LMExtractor(FakeLM([])).extract(empty, []) == Extraction()


def test_a_blank_chunk_without_sentences() -> None:
    document = Document("a.txt", "Ada")
    chunk = Chunk(document.id, 0, 0, 3, "Ada", ())
    said = reply({"head": "Ada", "relation": "X", "tail": "Bo"}, entities=[("Ada", "Person")])
    found = LMExtractor(FakeLM([said])).extract(document, [chunk])
    assert [m.text for m in found.mentions] == ["Ada"]


def test_bad_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGKIT_LM", raising=False)
    with pytest.raises(InputError, match="needs a language model"):
        LMExtractor()
    with pytest.raises(InputError, match="rounds=9"):
        LMExtractor(FakeLM([]), rounds=9)
    with pytest.raises(InputError, match="does not say 'Cy'"):
        Example("Bo ran.", (("Bo", "MET", "Cy"),))
