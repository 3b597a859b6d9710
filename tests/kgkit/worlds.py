"""Documents of three-word sentences, and the extractor that reads them: subject, verb, object."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.base import Extraction
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention, Qualifier


class Words:
    """Reads "Ada met Bob." as a fact, and "Ada turned 36." as a literal one; counts its work."""

    name = "words"
    version = "1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the mentions and facts of a document."""
        self.read.append(document.uri)
        mentions: list[Mention] = []
        facts: list[Fact] = []
        for chunk in chunks:
            for start, end in chunk.sentences:
                at = (document.id, chunk.id)
                subject, verb, object = document.text[start:end].rstrip(".").split()
                head, tail = Entity.named(subject, "Person"), Entity.named(object)
                found = document.text.index(object, start)
                said = TextEvidence(*at, start, end, "words")
                mentions.append(Mention(*at, start, start + len(subject), subject, head))
                if object.isdigit():
                    value = Literal(int(object), "integer", text=object)
                    facts.append(Fact(head, verb.upper(), value, evidence=(said,)))
                    continue
                mentions.append(Mention(*at, found, found + len(object), object, tail))
                with_ = (Qualifier("with", tail),) if verb == "met" else ()
                facts.append(
                    Fact(head, verb.upper(), tail, with_, predicate=verb, evidence=(said,))
                )
        return Extraction(tuple(mentions), tuple(facts))


ADA = Document("ada.txt", "Ada met Bob. Ada turned 36. Ada saw Cid.", "Ada")
BOB = Document("bob.txt", "Bob met Cid. Bob saw Ada.", "Bob")
CID = Document("cid.txt", "Cid saw Ada.", "Cid")
NAMES = ("Ada", "Bob", "Cid", "Dee", "Eve")


def documents(first: int) -> list[Document]:
    """Return twelve documents that share their entities."""
    return [
        Document(f"{n}.txt", f"{NAMES[n % 5]} met {NAMES[n % 3]}. {NAMES[n % 4]} turned {n}.")
        for n in range(first, first + 12)
    ]
