"""Probes: masked, causal and encoder-decoder models behind one contract, asked row by row.

Nothing here loads torch before a probe is opened.
"""

from extractors.harvest.probe.base import Counted, Factor, Frame, Network, Probe, Row
from extractors.harvest.probe.registry import open_probe

__all__ = ["Counted", "Factor", "Frame", "Network", "Probe", "Row", "open_probe"]
