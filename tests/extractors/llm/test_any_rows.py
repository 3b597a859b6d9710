"""Whatever rows a reply holds, nothing crashes and everything believed is in the text."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.chunks import split
from extractors.llm import LMExtractor
from extractors.llm.folding import fold
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity
from kgkit.models.lm import FakeLM

TEXT = (
    "Zoë Ångström (born 3 May 1901) led Acme–Werke until 1950.\n\nShe paid $5 million for 王菲's "
    "house in New  York; it cost 12 km of nerves. ＩＢＭ did not."
)
WORDS = st.sampled_from(
    ["Zoë Ångström", "zoe angstrom", "Acme-Werke", "3 May 1901", "1901-05-03", "New York", "IBM",
     "$5 million", "王菲", "12 km", "nerves", "Mars", "", "http://example.org/", "\0", "it", "1950",
     "—", "True", "Person", "Acme–Werke until 1950", "led", "a" * 400]
)  # fmt: skip
KEYS = st.sampled_from(
    ["head", "relation", "tail", "subject", "object", "type", "name", "sentence", "denied",
     "hedged", "roles", "role", "value", "time", "entities", "facts", "head_type", "x"]
)  # fmt: skip
VALUES = st.recursive(
    WORDS | st.integers(-3, 10**12) | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
ENDS = st.one_of(WORDS, WORDS, WORDS, VALUES)
ROLES = st.lists(st.fixed_dictionaries({"role": WORDS | KEYS, "value": ENDS}), max_size=3)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"head": ENDS, "relation": st.just("led") | ENDS, "tail": ENDS},
        optional={
            "roles": ROLES | VALUES,
            "sentence": st.integers(-1, 4) | VALUES,
            "denied": VALUES,
            "tail_type": WORDS | VALUES,
        },
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, other=VALUES, schema=st.sampled_from([None, "(Person)-[LED]->(Company)"]))
def test_any_rows(rows: list[dict[str, object]], other: object, schema: str | None) -> None:
    said = json.dumps({"facts": rows, "entities": other})
    document = Document("a.txt", TEXT, "Zoë (person)")
    chunks = split(document, max_chars=60)
    reading = LMExtractor(FakeLM({"": said}), schema=schema, max_tokens=10**6).read(
        document, chunks
    )
    own = {chunk.id: chunk for chunk in chunks}
    for mention in reading.extraction.mentions:
        chunk = own[mention.chunk_id]
        assert chunk.start <= mention.start < mention.end <= chunk.end
        assert document.text[mention.start : mention.end] == mention.text
    folded = fold(f"{TEXT} {document.title}").text
    for fact in reading.extraction.facts:
        ends = [fact.head, fact.tail, *(q.value for q in fact.qualifiers)]
        for end in ends:
            words = end.name if isinstance(end, Entity) else end.text
            assert fold(words).text in folded
        for piece in fact.evidence:
            assert isinstance(piece, TextEvidence)
            chunk = own[piece.chunk_id]
            assert chunk.start <= piece.start < piece.end <= chunk.end
    for rejection in reading.rejections:
        assert rejection.reason
        assert rejection.document_id == document.id
