"""Every error that kgkit raises on purpose.

The tree::

    KgkitError
    ├── InputError            a value given by the caller is not usable
    │   ├── SchemaError       a schema or relation pattern cannot be read
    │   ├── ReadError         a file cannot be read as what it claims to be
    │   └── QueryError        a query has a syntax error or names unknown things
    ├── StoreError            a store cannot do what was asked
    │   ├── LockedError       another process holds the store
    │   ├── ReadOnlyError     a write was tried where only reading is allowed
    │   ├── ClosedError       the graph was closed, or the process forked
    │   └── QueryTimeout      a query ran longer than its ``timeout=``
    ├── ModelError            weights are missing, damaged or of another model
    │   └── CallError         a language model gave no reply (`kgkit.models.lm.failures`)
    │       ├── TransientError    but may give one if asked again
    │       └── BudgetError       since the budget would not hold; what was done is kept
    └── MissingExtra          an optional package is not installed

Catch `KgkitError` to catch them all. Messages state the value seen, what was expected and
the next step, in one sentence.
"""

from __future__ import annotations

__all__ = [
    "ClosedError",
    "InputError",
    "KgkitError",
    "LockedError",
    "MissingExtra",
    "ModelError",
    "QueryError",
    "QueryTimeout",
    "ReadError",
    "ReadOnlyError",
    "SchemaError",
    "StoreError",
]


class KgkitError(Exception):
    """The root of all errors that kgkit raises on purpose."""


class InputError(KgkitError):
    """A value given by the caller is not usable."""


class SchemaError(InputError):
    """A schema or relation pattern cannot be read."""


class ReadError(InputError):
    """A file cannot be read as what it claims to be."""


class QueryError(InputError):
    """A query has a syntax error or names something unknown."""


class StoreError(KgkitError):
    """A store cannot do what was asked."""


class LockedError(StoreError):
    """Another process holds the store; the message names it."""


class ReadOnlyError(StoreError):
    """A write was tried where only reading is allowed."""


class ClosedError(StoreError):
    """The graph was closed, or used in a process forked from the one that opened it."""


class QueryTimeout(StoreError):
    """A query ran longer than its ``timeout=`` seconds and was stopped."""


class ModelError(KgkitError):
    """Model weights are missing, damaged or belong to another model."""


class MissingExtra(KgkitError):
    """An optional package is not installed; the message is the line to run."""
