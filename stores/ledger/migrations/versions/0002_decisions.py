"""Decisions get a log, an index of what they are about, and facts that can be withheld.

On PostgreSQL texts are compared by code point from here on, as Python and SQLite do, so that
everything is in the same order everywhere.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring version 1 to version 2."""
    connection = op.get_bind()
    query = sa.text("SELECT id, payload, withdrawn FROM decision ORDER BY seq")
    before = connection.execute(query).all()
    op.execute("ALTER TABLE decision DROP COLUMN seq")
    log = op.create_table(
        "decision_log",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        _text("decision_id"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        _text("who"),
        _text("at"),
        _refers("fk_decision_log_decision_id", cascade=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_log_decision_id", "decision_log", ["decision_id"])
    subject = op.create_table(
        "decision_subject",
        _text("decision_id"),
        _text("subject_id"),
        _refers("fk_decision_subject_decision_id", cascade=True),
        sa.PrimaryKeyConstraint("decision_id", "subject_id"),
    )
    op.create_index("ix_decision_subject_subject_id", "decision_subject", ["subject_id"])
    op.add_column(
        "fact", sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    nobody = {"who": "", "at": ""}
    made = [
        {"decision_id": id, "withdrawn": step, **nobody}
        for id, _, withdrawn in before
        for step in ([False, True] if withdrawn else [False])
    ]
    subjects = [
        {"decision_id": id, "subject_id": about}
        for id, payload, _ in before
        for about in sorted(set(json.loads(payload)))
    ]
    op.bulk_insert(log, made)
    op.bulk_insert(subject, subjects)
    if connection.dialect.name == "postgresql":
        _compare_by_code_point(connection)


def _compare_by_code_point(connection: sa.Connection) -> None:
    inspector = sa.inspect(connection)
    for table in sorted(inspector.get_table_names()):
        texts = [
            c["name"] for c in inspector.get_columns(table) if isinstance(c["type"], sa.String)
        ]
        changes = ", ".join(f'ALTER COLUMN "{name}" TYPE varchar COLLATE "C"' for name in texts)
        if changes and table != "alembic_version":
            op.execute(f'ALTER TABLE "{table}" {changes}')


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _refers(name: str, *, cascade: bool) -> sa.ForeignKeyConstraint:
    rule = "CASCADE" if cascade else None
    return sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=name, ondelete=rule)
