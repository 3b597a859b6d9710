"""Dates, times, durations, numbers, quantities, money and percentages in running text.

Rules only: no model, no network. `find_values` gives each with its span and its canonical form;
units are canonicalised by pint.
"""

from extractors.values.finding import find_values
from extractors.values.found import FoundValue, is_approximate

__all__ = ["FoundValue", "find_values", "is_approximate"]
