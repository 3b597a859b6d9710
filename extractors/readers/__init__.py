"""Files to documents: text, Markdown, HTML, PDF, Word, CSV and JSON, and formats of others."""

from __future__ import annotations

from extractors.readers.inputs import find_inputs
from extractors.readers.registry import formats, read

__all__ = ["find_inputs", "formats", "read"]
