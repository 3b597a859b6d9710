"""Cached calls of models, and the documents that they are about: they go with the last of them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from stores.ledger.sql import insert_new, pages
from stores.ledger.tables import CallOwnerRow, ModelCallRow

__all__ = ["Call", "forget_calls", "own_call", "read_call", "store_call"]

#: The model, a hash of the request, and the answer.
Call = tuple[str, str, str]


def store_call(connection: Connection, key: str, call: Call, document_id: str | None) -> None:
    """Keep a model's answer under `key`; the document it is about may come later."""
    model, request_hash, response = call
    row = {"key": key, "model": model, "request_hash": request_hash, "response": response}
    insert_new(connection, ModelCallRow, [row])
    own_call(connection, key, document_id)


def read_call(connection: Connection, key: str) -> str | None:
    """Return the answer kept under `key`, or None."""
    return connection.scalar(select(ModelCallRow.response).where(ModelCallRow.key == key))


def own_call(connection: Connection, key: str, document_id: str | None) -> None:
    """Note that a call is about a document too."""
    if document_id is not None:
        insert_new(connection, CallOwnerRow, [{"key": key, "document_id": document_id}])


def forget_calls(connection: Connection, document_id: str) -> None:
    """Erase the calls that are about this document and no other."""
    own = CallOwnerRow.document_id == document_id
    keys = list(connection.scalars(select(CallOwnerRow.key).where(own)))
    connection.execute(delete(CallOwnerRow).where(own))
    others = exists().where(CallOwnerRow.key == ModelCallRow.key)
    for page in pages(sorted(keys)):
        connection.execute(delete(ModelCallRow).where(ModelCallRow.key.in_(page), ~others))
