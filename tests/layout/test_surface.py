"""What a module shows: `__all__` is true, and everything in it is documented."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator

import kgkit
from kgkit import errors
from tests.layout.house import Module, definitions, exported, modules

#: A public array is documented with its shape: "[n, 384]", "(n,)", "scalar".
SHAPE = re.compile(r"[\[(]\s*(?:\d+|\w+)\s*(?:,\s*[\w*+ ]*)*[\])]|scalar")
ARRAY = re.compile(r"NDArray|ndarray|Tensor")


def public_objects(module: Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield the exported functions and classes, and the public methods of those classes."""
    shown = exported(module) or []
    for name, node in definitions(module):
        if name not in shown or not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        yield name, node
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                    yield f"{name}.{part.name}", part


def is_contract_met(node: ast.FunctionDef) -> bool:
    """Whether a method takes its documentation from the contract that it implements."""
    marks = (ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list)
    return any(mark in ("override", "overload", "setter") for mark in marks)


def hidden_or_lost(module: Module) -> list[str]:
    """Return in what way `__all__` is not what the module makes public."""
    public = {name for name, _ in definitions(module) if not name.startswith("_")}
    if module.path.stem in ("__init__", "__main__") and not public:
        return []
    if ".migrations" in module.name:
        return []  # alembic looks for names of its own there
    shown = exported(module)
    if shown is None:
        return [f"{module.name} has no __all__"]
    bound = public | {
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }
    hidden = [f"{module.name}.{n} is not in __all__" for n in sorted(public - set(shown))]
    lost = [f"{module.name}.{n} is not there" for n in sorted(set(shown) - bound)]
    twice = [f"{module.name}.{n} is in __all__ twice" for n in set(shown) if shown.count(n) > 1]
    return hidden + lost + sorted(twice)


def test_all_is_what_is_public() -> None:
    problems = [problem for module in modules() for problem in hidden_or_lost(module)]
    assert not problems, "\n".join(problems)


def test_modules_are_documented() -> None:
    bare = [m.name for m in modules() if m.text.strip() and not ast.get_docstring(m.tree)]
    assert not bare, "\n".join(bare)


def test_public_objects_are_documented() -> None:
    bare = [
        f"{module.name}.{name}"
        for module in modules()
        for name, node in public_objects(module)
        if not ast.get_docstring(node)
        and not (isinstance(node, ast.FunctionDef) and is_contract_met(node))
    ]
    assert not bare, "\n".join(bare)


def test_arrays_are_documented_with_shapes() -> None:
    shapeless = [
        f"{module.name}.{name}"
        for module in modules()
        for name, node in public_objects(module)
        if isinstance(node, ast.FunctionDef) and node.returns and not is_contract_met(node)
        if ARRAY.search(ast.unparse(node.returns))
        and not SHAPE.search(ast.get_docstring(node) or "")
    ]
    assert not shapeless, "\n".join(shapeless)


def test_raised_errors_are_documented() -> None:
    """A public function names each kgkit error that its own body raises."""
    silent = []
    for module in modules():
        for name, node in public_objects(module):
            if not isinstance(node, ast.FunctionDef) or is_contract_met(node):
                continue
            text = " ".join([ast.get_docstring(node) or "", ast.get_docstring(module.tree) or ""])
            raised = {
                ast.unparse(part.exc.func).rpartition(".")[2]
                for part in ast.walk(node)
                if isinstance(part, ast.Raise) and isinstance(part.exc, ast.Call)
            }
            unsaid = sorted(e for e in raised & set(errors.__all__) if e not in text)
            silent += [f"{module.name}.{name} raises {error}" for error in unsaid]
    assert not silent, "\n".join(silent)


def test_error_tree_is_drawn_in_full() -> None:
    drawn = errors.__doc__ or ""
    assert [name for name in errors.__all__ if name not in drawn] == []
    assert all(issubclass(getattr(errors, name), errors.KgkitError) for name in errors.__all__)


def test_the_front_door_opens() -> None:
    assert all(getattr(kgkit, name) is not None for name in kgkit.__all__)


def test_the_typed_stub_lists_what_the_facade_shows() -> None:
    stub = ast.parse(importlib.resources.files(kgkit).joinpath("__init__.pyi").read_text())
    listed = next(
        ast.literal_eval(node.value)
        for node in stub.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert sorted(listed) == sorted(kgkit.__all__)
