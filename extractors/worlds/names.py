"""Names that nobody bears: made from parts, other ones for learning and for measuring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Literal

__all__ = ["Names", "Split"]

#: Names and templates to learn from, or those held out.
Split = Literal["train", "held_out"]


def _list(text: str) -> list[str]:
    return text.split()


_WOMEN = _list(
    """
    Adela Agathe Alma Bettina Branwen Carlotta Clodagh Dagny Delphine Edda Elowen Estelle Fenella
    Floriane Gisela Greta Hedwig Hilde Ilona Imogen Isaura Jacinta Jorunn Kerensa Liselotte Lorna
    Maribel Meret Nadine Noemi Odile Ottilie Perpetua Petra Roswitha Rowena Saskia Sidonie Tamsin
    Theda Ulrike Undine Verena Viveka Wilma Ysolde Zdenka Zelda
    """
)
_MEN = _list(
    """
    Alaric Anselm Bertil Bruno Caspar Conrad Dietmar Duncan Edvin Emeric Fabrice Ferdinand Gareth
    Gunnar Hamish Henrik Ignace Ivo Jarek Jerome Kasimir Klaus Lambert Leopold Magnus Milan Nils
    Norbert Oskar Osric Pascal Piers Quentin Ragnar Rupert Sandor Sigurd Tibor Tobias Ulf Urban
    Valentin Viktor Wendel Wolfram Xaver Yorick Zoltan
    """
)
_STEMS = _list(
    """
    Ald Bram Cald Dorn Eld Farn Gart Hald Ing Jor Kest Lind Marn Nor Ost Pell Quar Rav Sall Tarn
    Ulm Verr Wend Yarr Zell Brack Chad Drav Falk Grim Holt Kirn Lorr Mott Ned Orm Prin Roth Stav
    Thrax Varn Wick Aster Bell Corv Dunst Ester Garr
    """
)
_FAMILY = _list("sen ley mann ovic wick ford berg ander ini eau quist shaw stone hurst ward by")
_TOWN = _list("bury haven stead mouth field grad burg dale ton port holm minster ville wold")
_LAND = _list("ia land mark ovia onia aria")
_FIRM = ["Works", "Motors", "Instruments", "Foods", "Shipping", "Energy", "Textiles", "Optics"]
_ADJECTIVES = _list(
    """
    Silent Crooked Amber Distant Hollow Patient Scarlet Broken Winter Salt Paper Copper Second
    Hidden Quiet Burning
    """
)
_NOUNS = _list(
    """
    Harbour Orchard Ledger Lantern Mirror Ferry Garden Staircase Compass Bridge Archive Meadow
    Engine Window Almanac Tower
    """
)
_FIELDS = [
    "chemistry", "economics", "history", "linguistics", "geology", "philosophy", "mathematics",
    "music", "law", "physics", "botany", "architecture", "medicine", "astronomy",
]  # fmt: skip


class Names:
    """Draws names without drawing one twice; the parts of the two splits share nothing but
    fields of study."""

    def __init__(self, rng: Random, split: Split) -> None:
        self._rng = rng
        self._split = split
        self._used: set[str] = set()
        self._syllables = 1

    def person(self, *, woman: bool) -> tuple[str, str]:
        """Return a first and a family name."""
        first = self._half(_WOMEN if woman else _MEN)
        name = self._new(
            lambda: f"{self._rng.choice(first)} {self._stem()}{self._rng.choice(_FAMILY)}"
        )
        given, family = name.split()
        return given, family

    def city(self) -> str:
        """Return the name of a city."""
        return self._new(lambda: self._stem() + self._rng.choice(_TOWN))

    def country(self) -> str:
        """Return the name of a country."""
        return self._new(lambda: self._stem() + self._rng.choice(_LAND))

    def company(self) -> tuple[str, str]:
        """Return a company's full and short name."""
        short = self._new(
            lambda: self._stem() + self._rng.choice(["ex", "ico", "ar", "ane", "ora"])
        )
        return f"{short} {self._rng.choice(_FIRM)}", short

    def book(self) -> str:
        """Return the title of a book."""
        adjectives, nouns = self._half(_ADJECTIVES), self._half(_NOUNS)
        forms = ["The {a} {n}", "{a} {n}", "A {a} {n}", "The {n} of {s}"]
        return self._new(
            lambda: self._rng.choice(forms).format(
                a=self._rng.choice(adjectives),
                n=self._rng.choice(nouns),
                s=self._stem() + self._rng.choice(_TOWN),
            )
        )

    def award(self) -> str:
        """Return the name of a prize."""
        return self._new(lambda: f"{self._stem()}er {self._rng.choice(['Prize', 'Medal'])}")

    def field(self) -> str:
        """Return a field of study, which may come again."""
        return self._rng.choice(_FIELDS)

    def _stem(self) -> str:
        stems = [self._rng.choice(self._half(_STEMS)) for _ in range(self._syllables)]
        return "".join(stems).capitalize()

    def _half(self, parts: Sequence[str]) -> Sequence[str]:
        return parts[0 if self._split == "train" else 1 :: 2]

    def _new(self, draw: Callable[[], str]) -> str:
        """Return the first name drawn that is not in use; names grow when few are left."""
        self._syllables, tries = 1, 0
        while (name := draw()) in self._used:
            tries += 1
            self._syllables = 1 + tries // 20
        self._used.add(name)
        return name
