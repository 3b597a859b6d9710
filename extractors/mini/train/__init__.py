"""Training of the built-in extractor: ``python -m extractors.mini.train --data DIR``."""

__all__: list[str] = []
