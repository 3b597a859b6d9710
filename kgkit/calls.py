"""The ledger as a cache of calls, each erased with the last document that it is about."""

from __future__ import annotations

from stores.ledger import Ledger

__all__ = ["LedgerCalls"]


class LedgerCalls:
    """A `CallCache` that a graph keeps: `kgkit.lm("openai:MODEL", cache=kg.calls)`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, key: str, about: str) -> str | None:
        """Return what is kept under `key`, or None; from now on it is about this document too."""
        kept = self._ledger.cached_call(key)
        if kept is not None and about:
            self._ledger.own_call(key, about)
        return kept

    def put(self, key: str, model: str, reply: str, about: str) -> None:
        """Keep a model's reply under `key`."""
        self._ledger.store_call(key, model, key, reply, about or None)
