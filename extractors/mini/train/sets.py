"""The training sets and what is held out of each for watching the training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from extractors.mini.network import Inventory
from extractors.mini.train.conllu import read_entities, read_treebank
from extractors.mini.train.data import (
    Example,
    gap_examples,
    inventory,
    load_redocred,
    redocred_examples,
    treebank_examples,
)

__all__ = ["Sets", "load_sets"]

_HELD_OUT_DOCUMENTS, _HELD_OUT_PASSAGES = 40, 200


@dataclass(frozen=True, slots=True)
class Sets:
    """Examples to learn from; each of `spans` comes twice, with blanks everywhere and as printed.

    `held_out` has "trees" (EWT dev), "spans" (40 Re-DocRED documents), "pronouns" (200 passages).
    """

    labels: Inventory
    trees: list[Example]
    partial: list[Example]
    spans: list[tuple[Example, Example]]
    choices: list[Example]
    held_out: dict[str, list[Example]]


def load_sets(folder: Path, tokenizer: Tokenizer) -> Sets:
    """Read all sets from a folder with ud_english_ewt, uner_english_ewt, redocred and gap.

    Of Re-DocRED, the last 100 documents of dev are left for measuring.
    """
    (train,) = (folder / "ud_english_ewt").glob("en_ewt-ud-train*.conllu.gz")
    treebank = read_treebank(train)
    dev = read_treebank(folder / "ud_english_ewt" / "en_ewt-ud-dev.conllu.gz")
    entities = read_entities(folder / "uner_english_ewt" / "en_ewt-ud-dev.iob2.gz", dev)
    documents = load_redocred(folder / "redocred" / "dev_revised.json.gz")[:400]
    documents += load_redocred(folder / "redocred" / "test_revised_first400.json.gz")[:400]
    kept, aside = documents[:-_HELD_OUT_DOCUMENTS], documents[-_HELD_OUT_DOCUMENTS:]
    passages = gap_examples(folder / "gap" / "gap-development.tsv.gz", tokenizer)
    labels = inventory(treebank)
    return Sets(
        labels=labels,
        trees=treebank_examples(treebank, labels, tokenizer),
        partial=treebank_examples(entities, labels, tokenizer),
        spans=list(
            zip(
                redocred_examples(kept, tokenizer, printed=False),
                redocred_examples(kept, tokenizer, printed=True),
                strict=True,
            )
        ),
        choices=passages[:-_HELD_OUT_PASSAGES],
        held_out={
            "trees": treebank_examples(dev, labels, tokenizer),
            "spans": redocred_examples(aside, tokenizer, printed=True),
            "pronouns": passages[-_HELD_OUT_PASSAGES:],
        },
    )
