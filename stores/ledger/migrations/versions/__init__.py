"""Schema versions of the ledger, applied by alembic when a ledger is opened for writing."""

__all__: list[str] = []
