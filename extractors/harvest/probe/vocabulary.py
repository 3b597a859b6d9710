"""The pieces of a model, and how names are written with them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractors.harvest.probe.base import Pieces

__all__ = ["Vocabulary"]

_ANCHOR = "a"
_SPACES = ("Ġ", "▁")
#: Signs that hold the parts of a name together, written without spaces.
_GLUE = re.compile(r"\s*([-'’/])\s*")
_CLOSE = re.compile(r"\s+([.,!?:;)])")


class Vocabulary:
    """The pieces of a fast tokenizer (package `tokenizers`), as they stand inside a sentence.

    A name's pieces are those that it gets after a space.

    >>> from tokenizers import Tokenizer, models, pre_tokenizers
    >>> pieces = {"[UNK]": 0, "new": 1, "##er": 2}
    >>> tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    >>> tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    >>> vocabulary = Vocabulary(tokenizer)
    >>> vocabulary.encode("newer"), vocabulary.decode((1, 2)), vocabulary.decode((1, 1))
    ((1, 2), 'newer', 'new new')
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        known = tokenizer.get_vocab(with_added_tokens=True)
        self.size = max(known.values()) + 1
        self.pieces = [""] * self.size
        for piece, number in known.items():
            self.pieces[number] = piece
        self.marker = self._marker()
        self._encoded: dict[str, Pieces] = {}
        self._decoded: dict[Pieces, str] = {}

    def _marker(self) -> str:
        """How a piece that begins a word is marked: "Ġ", "▁", or empty where "##" marks others."""
        counts = {sign: sum(p.startswith(sign) for p in self.pieces) for sign in _SPACES}
        most = max(_SPACES, key=lambda sign: counts[sign])
        return most if counts[most] else ""

    @cached_property
    def special(self) -> NDArray[np.bool_]:
        """Which pieces [vocabulary] are no text: special tokens and numbers without a piece."""
        none = np.array([not piece for piece in self.pieces])
        for number, added in self.tokenizer.get_added_tokens_decoder().items():
            none[number] |= added.special
        unknown = getattr(self.tokenizer.model, "unk_token", None)
        if unknown and (place := self.tokenizer.token_to_id(unknown)) is not None:
            none[place] = True
        return none

    @cached_property
    def begins(self) -> NDArray[np.bool_]:
        """Which pieces [vocabulary] begin a word; the others go on with one."""
        if self.marker:
            return np.array([piece.startswith(self.marker) for piece in self.pieces])
        return np.array([not piece.startswith("##") for piece in self.pieces])

    @cached_property
    def texts(self) -> list[str]:
        """The characters of each piece without its marker; empty for special ones."""
        found = []
        for number, piece in enumerate(self.pieces):
            if self.special[number]:
                found.append("")
            elif self.marker:
                found.append(self.tokenizer.decode([number], skip_special_tokens=False).strip())
            else:
                found.append(piece.removeprefix("##"))
        return found

    def encode(self, text: str) -> Pieces:
        """Return the pieces of a name as it stands after a space.

        Raises `InputError` for a name that has none, or with a piece the model does not know.
        """
        known = self._encoded.get(text)
        if known is not None:
            return known
        plain = text.strip()
        if self.marker:
            lead = self.tokenizer.encode(_ANCHOR, add_special_tokens=False).ids
            ids = self.tokenizer.encode(f"{_ANCHOR} {plain}", add_special_tokens=False).ids
            found = tuple(ids[len(lead) :]) if plain else ()
        else:
            found = tuple(self.tokenizer.encode(plain, add_special_tokens=False).ids)
        if not found or any(self.special[number] for number in found):
            raise InputError(
                f"the model cannot write the name {text!r} with its pieces; leave it out or choose "
                "a model that knows its letters"
            )
        self._encoded[text] = found
        return found

    def decode(self, pieces: Pieces) -> str:
        """Return the name that these pieces write."""
        known = self._decoded.get(pieces)
        if known is None:
            known = self._spelt(pieces)
            self._decoded[pieces] = known
        return known

    def _spelt(self, pieces: Pieces) -> str:
        if self.marker:
            return self.tokenizer.decode(list(pieces), skip_special_tokens=False).strip()
        words: list[str] = []
        for number in pieces:
            piece = self.pieces[number]
            if piece.startswith("##") and words:
                words[-1] += piece[2:]
            else:
                words.append(piece.removeprefix("##"))
        return _CLOSE.sub(r"\1", _GLUE.sub(r"\1", " ".join(words)))

    def spells(self, pieces: Pieces) -> bool:
        """Whether the tokenizer writes the name of these pieces with just these pieces."""
        try:
            return self.encode(self.decode(pieces)) == pieces
        except InputError:
            return False
