"""Closed lists of English words that write numbers, months and currencies."""

from __future__ import annotations

from decimal import Decimal

__all__ = [
    "CURRENCIES",
    "FRACTIONS",
    "MAGNITUDES",
    "MONTHS",
    "ONES",
    "ORDINALS",
    "SIGNS",
    "TENS",
    "VULGAR",
]


def _list(text: str) -> list[str]:
    return text.split()


_MONTHS = _list(
    """
    january february march april may june july august september october november december
    """
)
#: Months, whole and cut short, in lower case.
MONTHS = {name: i for i, name in enumerate(_MONTHS, 1)}
MONTHS |= {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}

_ONES = _list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen
    """
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
#: Numbers below twenty, and tens.
ONES = {name: i for i, name in enumerate(_ONES)}
TENS = {name: 20 + 10 * i for i, name in enumerate(_TENS)}

#: Words that multiply what stands before them.
MAGNITUDES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}

_PARTS = _list("third fourth fifth sixth seventh eighth ninth tenth")
#: Parts of a whole, in the singular.
FRACTIONS = {name: Decimal(1) / n for n, name in enumerate(_PARTS, 3)}
FRACTIONS |= {"half": Decimal("0.5"), "quarter": Decimal("0.25")}

#: Fractions that are one character.
VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}

_ORDINALS = _list(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
)
#: Ordinals as centuries have them.
ORDINALS = {name: i for i, name in enumerate(_ORDINALS, 1)} | {"twenty-first": 21}

#: Signs of money before (or after) the number, by ISO 4217 code.
SIGNS = {
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
    "₴": "UAH",
}
#: Names of money after the number, in lower case and in the singular.
CURRENCIES = {
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "american dollar": "USD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "hong kong dollar": "HKD",
    "dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "british pound": "GBP",
    "swiss franc": "CHF",
    "french franc": "FRF",
    "deutschmark": "DEM",
    "german mark": "DEM",
    "swedish krona": "SEK",
    "swedish kronor": "SEK",
    "norwegian krone": "NOK",
    "norwegian kroner": "NOK",
    "danish krone": "DKK",
    "danish kroner": "DKK",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rupee": "INR",
    "indian rupee": "INR",
    "ruble": "RUB",
    "rouble": "RUB",
    "zloty": "PLN",
    "forint": "HUF",
    "mexican peso": "MXN",
    "turkish lira": "TRY",
    "south korean won": "KRW",
}
