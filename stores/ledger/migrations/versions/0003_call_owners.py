"""A cached call is about any number of documents, which need not be there yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "revision", "upgrade"]

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring version 2 to version 3."""
    connection = op.get_bind()
    kept = sa.table("model_call", sa.column("key"), sa.column("document_id"))
    about = sa.select(kept).where(kept.c.document_id.is_not(None))
    before = [dict(row) for row in connection.execute(about).mappings()]
    text = _text_type(connection)
    owners = op.create_table(
        "call_owner",
        sa.Column("key", text, nullable=False),
        sa.Column("document_id", text, nullable=False),
        sa.PrimaryKeyConstraint("key", "document_id"),
    )
    op.create_index("ix_call_owner_document_id", "call_owner", ["document_id"])
    op.bulk_insert(owners, before)
    op.drop_index("ix_model_call_document_id", "model_call")
    with op.batch_alter_table("model_call") as table:
        table.drop_constraint("fk_model_call_document_id", type_="foreignkey")
        table.drop_column("document_id")


def _text_type(connection: sa.Connection) -> sa.String:
    # As in version 2: texts are compared by code point.
    return sa.String(collation="C") if connection.dialect.name == "postgresql" else sa.String()
