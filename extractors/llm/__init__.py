"""The extractor that asks a language model, and believes only what it finds in the text."""

from extractors.llm.believing import Reading
from extractors.llm.examples import Example
from extractors.llm.extractor import LMExtractor
from extractors.llm.rejections import Rejection

__all__ = ["Example", "LMExtractor", "Reading", "Rejection"]
