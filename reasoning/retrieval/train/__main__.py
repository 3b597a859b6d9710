"""Learn the weights: ``python -m reasoning.retrieval.train --corpus FILE --questions FILE``.

`corpus` is gzipped JSON, a list of {id, title, text}; `questions` a list of {question, gold,
split}, of which those with the split `dev` (or none) are learnt from. Every question counts
twice, with the titles of the passages and without, so that the weights do not rest on titles.
Prints the weights that `reasoning.retrieval.walk` holds.

The weights in this release: 391 questions of 2WikiMultihopQA (Ho et al. 2020, Apache-2.0) over
3,350 passages, in the sample github.com/rkendev/kg-rag-multihop (MIT).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from extractors.chunks import split
from kgkit.facts import Document
from kgkit.models.encoder import load_encoder
from reasoning.retrieval.asked import SpanEncoder
from reasoning.retrieval.encoding import encode_chunk
from reasoning.retrieval.index import RetrievalIndex, build_index
from reasoning.retrieval.passages import Passage
from reasoning.retrieval.train.examples import Example, examples
from reasoning.retrieval.train.fit import fit

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m reasoning.retrieval.train")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    corpus = json.loads(gzip.decompress(options.corpus.read_bytes()))
    questions = json.loads(gzip.decompress(options.questions.read_bytes()))
    dev = [question for question in questions if question.get("split", "dev") == "dev"]
    encoder = load_encoder()
    found: list[Example] = []
    for titled in (True, False):
        index = _index(corpus, encoder, titled=titled)
        number = {passage.document_id: at for at, passage in enumerate(index.passages)}
        ids = {row["id"]: _document(row, titled=titled).id for row in corpus}
        asked = [(q["question"], [number[ids[g]] for g in q["gold"]]) for q in dev]
        found += examples(index, asked, encoder)
    print(fit(found, seed=options.seed))


def _document(row: dict[str, Any], *, titled: bool) -> Document:
    return Document(str(row["id"]), row["text"], row["title"] if titled else "")


def _index(corpus: list[dict[str, Any]], encoder: SpanEncoder, *, titled: bool) -> RetrievalIndex:
    """Return the index of a corpus, each text one passage, without an extractor's names."""
    passages, wholes, parts = [], [], []
    for row in corpus:
        document = _document(row, titled=titled)
        for chunk in split(document, max_chars=len(document.text)):
            whole, sentences = encode_chunk(encoder, chunk, document)
            passages.append(Passage.of(chunk, document.title))
            wholes.append(whole)
            parts.append(sentences)
    return build_index(
        passages, passage_vectors=np.stack(wholes), sentence_vectors=np.concatenate(parts)
    )


if __name__ == "__main__":
    main()
