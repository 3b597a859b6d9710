"""Names of other packages that the facade shows."""

from __future__ import annotations

from extractors.readers import read
from reasoning.answers import Answer, Citation
from stores.rows import Rows

__all__ = ["Answer", "Citation", "Rows", "read"]
