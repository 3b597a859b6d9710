"""Where a value can begin: nearly every word of a text is passed over by its first word alone."""

from __future__ import annotations

import re

from extractors.values.lexicon import MAGNITUDES, MONTHS, ONES, ORDINALS, TENS

__all__ = ["may_open"]

#: A plain word that stands alone; what has digits, signs or letters of other scripts is read.
_PLAIN = re.compile(r"[A-Za-z]+(?![^\W_])(?!\$)")


def _words(text: str) -> list[str]:
    return text.split()


#: What the first word of a value says in lower case: numbers, months, days, periods, currencies.
_OPENERS = frozenset(
    [
        *MONTHS,
        *ONES,
        *TENS,
        *(word.partition("-")[0] for word in ORDINALS),
        *_words("minus half quarter noon midday midnight fiscal financial fy ad ce c ca rs"),
        *_words("usd eur gbp jpy chf cad aud nzd cny sek nok dkk inr rub pln czk huf brl mxn"),
        *_words("krw try zar"),
    ]
)
#: Words that say a value is not exact, which may be written together with it ("~", "approx20").
_ABOUT = ("about", "around", "approx", "roughly", "nearly", "almost", "circa", "some")

#: What has to follow an article: "a dozen", "an hour", "A.D. 30".
_AFTER_ARTICLE = re.compile(
    r"\.|[\s-](?:millenni|centur|decade|year|yr|month|fortnight|week|day|hour|hr|minute|min|second"
    rf"|sec|{'|'.join(MAGNITUDES)})",
    re.IGNORECASE,
)


def may_open(text: str, start: int) -> bool:
    """Return whether a value can be written from `start` on, where a word or a sign begins.

    >>> [may_open(t, 0) for t in ("people", "a dozen", "a man", "May 1920", "3 km")]
    [False, True, False, True, True]
    """
    plain = _PLAIN.match(text, start)
    if plain is None:
        return True
    word = plain.group().lower()
    if word in ("a", "an"):
        return _AFTER_ARTICLE.match(text, plain.end()) is not None
    return word in _OPENERS or word.startswith(_ABOUT)
