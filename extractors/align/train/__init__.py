"""Learning the weights of alignment: ``python -m extractors.align.train --data DIR``."""
