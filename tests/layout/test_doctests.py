"""The examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.layout.house import Module, modules

WITH_EXAMPLES = [module for module in modules() if ">>> " in module.text]


@pytest.mark.parametrize("module", WITH_EXAMPLES, ids=lambda m: m.name)
def test_examples_run(module: Module) -> None:
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    result = doctest.testmod(importlib.import_module(module.name), optionflags=options)
    assert result.attempted > 0
    assert result.failed == 0
