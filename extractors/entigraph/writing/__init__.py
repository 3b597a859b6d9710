"""How a corpus leaves the house: lines, messages, token blocks, splits, replay, a card."""

from extractors.entigraph.writing.blocks import pack
from extractors.entigraph.writing.card import describe
from extractors.entigraph.writing.files import read_texts, write_corpus, write_texts
from extractors.entigraph.writing.messages import messages
from extractors.entigraph.writing.replay import with_replay
from extractors.entigraph.writing.splitting import Split, split_by_document

__all__ = [
    "Split",
    "describe",
    "messages",
    "pack",
    "read_texts",
    "split_by_document",
    "with_replay",
    "write_corpus",
    "write_texts",
]
