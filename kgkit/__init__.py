"""From texts to a knowledge graph that answers with citations.

The one package that users import. Everything in it is loaded on first use (the names are listed
in `__init__.pyi`), so that `import kgkit` takes milliseconds and never loads torch.
"""

import lazy_loader

__version__ = "0.1.0"

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]


def __getattr__(name: str) -> object:
    try:
        return _load(name)
    except ImportError as error:
        from kgkit.neighbours import hidden_package

        if (why := hidden_package()) is not None:
            raise ImportError(why) from error
        raise
