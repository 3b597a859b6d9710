"""Names and texts that no one meant: each is kept as it is, or refused before any store sees it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kgkit.errors import InputError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention, Qualifier
from stores.base import GraphStore
from stores.ledger import Ledger
from stores.sync import follow
from tests.conformance.conftest import Subject
from tests.conformance.content import expected

SURE = (PersonEvidence("Ada"),)
CURIE = Entity.named("Marie Curie", "Person")

#: Texts by what is wrong with them.
NAMES: dict[str, tuple[str, ...]] = {
    "quoting": (
        "it's \"so\" ''called'' ",
        "`a`` `b`",
        "{a: $b} [c] (d) <e> |f|",
        "\\ \\n \\u0041 \\' \\",
        "/* a // b */ --c",
        "$name {0} %s ${x}",
    ),
    "characters": (
        "a\nb\r\nc\rd\te\u2028f",
        "a\x01b\x1bc\x7fd\x85e",
        "a\x00b",
        "مرحبا \u202eעולם\u202c",
        "👩‍🔬🇵🇱 🧪",
        "e\u0301 é ß İ ı ﬁ",
        "a\ufffe\uffff\U0010ffff",
        " ",
        "!?-",
        "1984",
    ),
    "injections": (
        "x'}) MATCH (n) DETACH DELETE n //",
        "x> . } ; DROP ALL ; # \\u003E",
        "@rid",
        "very " * 100,
    ),
    "keywords": ("MATCH", "detach delete", "null", "WHERE", "not in", "TRUE", "a"),
    "own names": (
        *("id", "type", "labels", "name", "aliases", "evidence"),
        *("Entity", "Statement", "part of", "HEAD", "MENTIONED_IN", "value unit"),
    ),
    "addresses": ("https://example.org/a", 'https://example.org/a b<c>"d"{e}|f\\g^h`i'),
}

MEGABYTE = "é" * 500_000


def facts_of(text: str, label: str | None = None) -> list[Fact]:
    """Return facts that carry a text wherever a text can stand.

    Types, relations, roles and ids are `label`, when that is given.
    """
    label = text if label is None else label
    named = Entity.named(text, label, (text, f"{text}2"))
    keyed = Entity(f"https://example.org/{label}", text, "Person")
    role = Qualifier(label, Literal(text, "string"))
    return [
        Fact(named, label, CURIE, predicate=text, evidence=SURE),
        Fact(named, label, Literal(text, "string", text=text, unit=text), evidence=SURE),
        Fact(keyed, "KNOWS", named, (role,), evidence=SURE),
        Fact(keyed, "SHOWED", named, (Qualifier(label, CURIE),), evidence=SURE),
        Fact(keyed, label, Literal(text, "string"), (role,), evidence=SURE),
    ]


def document_of(text: str) -> tuple[Document, list[Chunk], list[Mention]]:
    """Return a document that consists of a text, which names an entity of that name."""
    document = Document(f"file:///{text}", text, text, metadata={text: text})
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    entity = Entity.named(text, "Thing")
    return document, [chunk], [Mention(document.id, chunk.id, 0, len(text), text, entity)]


@pytest.mark.parametrize("kind", NAMES)
def test_any_text_is_kept(subject: Subject, store: GraphStore, ledger: Ledger, kind: str) -> None:
    documents = [document_of(text) for text in NAMES[kind]]
    facts = {fact.id: fact for text in NAMES[kind] for fact in facts_of(text)}
    _come_and_go(subject, store, ledger, documents, facts.values())


def test_a_megabyte_is_kept(subject: Subject, store: GraphStore, ledger: Ledger) -> None:
    facts = facts_of(MEGABYTE, "LONG")
    _come_and_go(subject, store, ledger, [document_of(MEGABYTE)], facts)


def test_a_long_id_is_kept(subject: Subject, store: GraphStore, ledger: Ledger) -> None:
    _keep_id(subject, store, ledger, "https://example.org/".ljust(4096, "x"))


@pytest.mark.parametrize(
    "id", ["x" * 4097, "é" * 2049, MEGABYTE], ids=["bytes", "characters", "a megabyte"]
)
def test_a_longer_id_is_refused(store: GraphStore, ledger: Ledger, id: str) -> None:
    long = Entity(id, "Marie", "Person")
    document = Document("a.txt", "Marie")
    chunk = Chunk(document.id, 0, 0, 5, "Marie", ((0, 5),))
    run = ledger.add_run("test", "1", {}, 0)
    with pytest.raises(InputError, match="bytes; expected at most 4,096"):
        ledger.add_facts([Fact(CURIE, "IS", long, evidence=SURE)])
    with pytest.raises(InputError, match="bytes; expected at most 4,096"):
        ledger.add_facts([Fact(CURIE, "IS", CURIE, (Qualifier("by", long),), evidence=SURE)])
    mention = Mention(document.id, chunk.id, 0, 5, "Marie", long)
    with pytest.raises(InputError, match="bytes; expected at most 4,096"):
        ledger.add_document(document, [chunk], [mention], [], run)
    follow(ledger, store)
    assert store.watermark() == 0
    assert ledger.counts()["entities"] == ledger.counts()["documents"] == 0


def _keep_id(subject: Subject, store: GraphStore, ledger: Ledger, id: str) -> None:
    ledger.add_facts([Fact(Entity(id, "Marie", "Person"), "IS", CURIE, evidence=SURE)])
    follow(ledger, store)
    assert not subject.content(store).difference(expected(ledger))


def _come_and_go(
    subject: Subject,
    store: GraphStore,
    ledger: Ledger,
    documents: Iterable[tuple[Document, list[Chunk], list[Mention]]],
    facts: Iterable[Fact],
) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    for parts in documents:
        ledger.add_document(*parts, [], run)
    ledger.add_facts(facts)
    follow(ledger, store)
    assert not subject.content(store).difference(expected(ledger))
    ledger.remove_facts(fact.id for fact in list(ledger.facts()))
    for parts in documents:
        ledger.remove_document(parts[0].id)
    follow(ledger, store)
    assert not subject.content(store).difference(expected(ledger))
    assert dict(store.describe().labels) == {}


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"], ids=["high", "low"])
def test_half_a_character_is_refused(store: GraphStore, ledger: Ledger, text: str) -> None:
    with pytest.raises(InputError):
        ledger.add_facts(facts_of(text))
    follow(ledger, store)
    assert store.watermark() == 0
