"""Currencies beside a number."""

from __future__ import annotations

import re

from extractors.values.lexicon import CURRENCIES, SIGNS

__all__ = ["coin_after", "currency_after", "currency_before"]

_CODES = "USD EUR GBP JPY CHF CAD AUD NZD CNY SEK NOK DKK INR RUB PLN CZK HUF BRL MXN KRW TRY ZAR"
_CODE = "|".join(_CODES.split())
_RUPEES = {"Rs": "INR", "Rs.": "INR"}
#: Coins: how many make one of what.
_COINS = {"cent": ("USD", 100), "euro cent": ("EUR", 100), "pence": ("GBP", 100)}
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?P<minus>(?<!\w)[-−])?(?:(?P<sign>{_SIGN})|(?P<code>{_CODE}|Rs\.?)(?=[\s\d]))\s?"
)
_NAMES = "|".join(re.escape(name) for name in sorted(CURRENCIES, key=len, reverse=True))
_AFTER = re.compile(
    rf"\s?(?:(?P<sign>[$€£¥₹₽₩₺₪₴])|(?P<code>{_CODE})\b|(?i:(?P<name>{_NAMES})s?)\b)"
)
#: Around "twenty pounds", what tells a weight from a sum.
_WEIGHING = re.compile(
    r"\b(?:weigh\w*|heav\w+|lighter|weight|lift\w*|gain\w*|lost|lb)\b", re.IGNORECASE
)
_COIN = re.compile(r"\s(?P<name>euro\scent|cent|pence)s?\b", re.IGNORECASE)
_POUNDS = re.compile(r"\s?pounds?\b", re.IGNORECASE)


def currency_before(text: str, start: int) -> tuple[str, bool, int] | None:
    """Return the ISO 4217 code that a sign or code at `start` means, whether a minus stands
    before it, and where it ends.

    >>> currency_before("US$3 million", 0)
    ('USD', False, 3)
    """
    match = _BEFORE.match(text, start)
    if match is None:
        return None
    code = match["code"]
    return _RUPEES.get(code, code) or SIGNS[match["sign"]], match["minus"] is not None, match.end()


def coin_after(text: str, start: int) -> tuple[str, int, int] | None:
    """Return the ISO 4217 code of the coins that the words from `start` on name, how many of them
    make one, and where the words end.

    >>> coin_after(" cents a share", 0)
    ('USD', 100, 6)
    """
    match = _COIN.match(text, start)
    if match is None:
        return None
    code, many = _COINS[" ".join(match["name"].lower().split())]
    return code, many, match.end()


def currency_after(text: str, start: int) -> tuple[str, int] | None:
    """Return the ISO 4217 code that the words from `start` on name, and where they end.

    "Pounds" are money unless the text around speaks of weight.

    >>> currency_after(" Swiss francs a day", 0)
    ('CHF', 13)
    """
    match = _AFTER.match(text, start)
    if match is not None:
        code = match["code"] or SIGNS.get(match["sign"] or "") or CURRENCIES[match["name"].lower()]
        return code, match.end()
    pounds = _POUNDS.match(text, start)
    if pounds is None or _WEIGHING.search(text, max(0, start - 60), pounds.end() + 20):
        return None
    return "GBP", pounds.end()
