"""From texts to a knowledge graph that answers with citations.

The one package that users import. Everything in it is loaded on first use (the names are listed
in `__init__.pyi`), so that `import kgkit` takes milliseconds and never loads torch.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]
