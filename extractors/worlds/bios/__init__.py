"""Worlds of people whose attributes come from declared value sets, so that what a model has learnt
of them can be counted in bits (bioS: "Physics of Language Models, part 3.3", arXiv 2404.05405)."""

from extractors.worlds.bios.sets import BIOS, SMALL, Attribute, NameSpace, gold_bits
from extractors.worlds.bios.world import Biography, BiosWorld, Telling

__all__ = [
    "BIOS",
    "SMALL",
    "Attribute",
    "Biography",
    "BiosWorld",
    "NameSpace",
    "Telling",
    "gold_bits",
]
