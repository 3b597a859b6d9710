"""General texts mixed in, so that a model does not forget what it knew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from extractors.entigraph.text import Text
from kgkit.errors import InputError

__all__ = ["with_replay"]


def with_replay(
    texts: Iterable[Text], replay: Iterable[str], *, share: float = 0.1, seed: int = 0
) -> Iterator[Text]:
    """Yield the texts with so many of `replay` between them that these are `share` of the tokens.

    Replayed texts have the form "replay"; they come in their order, and once they are at an end
    the texts go on alone. Raises `InputError` for a share outside [0, 1).

    >>> mixed = with_replay([Text.of("abcd" * 9, "x")] * 2, ["wxyz" * 9] * 9, share=0.5)
    >>> sum(text.form == "replay" for text in mixed)
    2
    """
    if not 0.0 <= share < 1.0:
        raise InputError(f"share={share} is no share; give one from 0 up to 1")
    rng = Random(f"{seed}/replay")
    general = iter(replay)
    own = mixed = 0
    for text in texts:
        own += text.tokens
        yield text
        owed = share / (1.0 - share) * own
        # Not at every chance, so that replayed texts come at irregular places.
        while mixed < owed and (rng.random() < 0.5 or mixed < owed / 2 or share >= 0.5):
            more = next(general, None)
            if more is None:
                break
            made = Text.of(more, "replay", generator="replay")
            mixed += made.tokens
            yield made
