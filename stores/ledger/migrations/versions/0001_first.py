"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["down_revision", "revision", "upgrade"]

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of version 1."""
    op.create_table(
        "change",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        _text("kind"),
        _text("id"),
        _key("seq"),
        sqlite_autoincrement=True,
    )
    op.create_table("cluster", _text("key"), _text("root"), _key("key"))
    _index("cluster", "root")
    op.create_table(
        "decision",
        _text("id"),
        _text("kind"),
        _text("payload"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        _integer("seq"),
        _key("id"),
    )
    _index("decision", "kind")
    op.create_table("entity", _text("key"), _text("shown_id"), _key("key"))
    _index("entity", "shown_id")
    op.create_table(
        "fact",
        _text("id"),
        _text("shown_id"),
        _text("head_key"),
        _text("relation"),
        _text("tail_key", nullable=True),
        _text("literal", nullable=True),
        _text("qualifiers"),
        _text("polarity"),
        _text("modality"),
        _key("id"),
    )
    _index("fact", "head_key")
    _index("fact", "shown_id")
    _index("fact", "tail_key")
    op.create_table("meta", _text("key"), _text("value"), _key("key"))
    op.create_table(
        "run",
        _text("id"),
        _text("extractor"),
        _text("version"),
        _text("parameters"),
        _integer("seed"),
        _key("id"),
    )
    op.create_table(
        "document",
        _text("id"),
        _text("uri"),
        _text("title"),
        _text("text"),
        _text("media_type"),
        _text("metadata"),
        _text("run_id"),
        _refers(["run_id"], ["run.id"], "fk_document_run_id", cascade=False),
        _key("id"),
    )
    _index("document", "uri")
    op.create_table(
        "participant",
        _text("fact_id"),
        _text("entity_key"),
        _refers(["fact_id"], ["fact.id"], "fk_participant_fact_id"),
        _key("fact_id", "entity_key"),
    )
    _index("participant", "entity_key")
    op.create_table(
        "chunk",
        _text("id"),
        _text("document_id"),
        _integer("ordinal"),
        _integer("start"),
        _integer("end"),
        _text("sentences"),
        _refers(["document_id"], ["document.id"], "fk_chunk_document_id"),
        _key("id"),
    )
    _index("chunk", "document_id")
    op.create_table(
        "evidence",
        _text("fact_id"),
        _text("id"),
        _text("document_id", nullable=True),
        _text("kind"),
        _text("payload"),
        _text("surface"),
        _refers(["document_id"], ["document.id"], "fk_evidence_document_id"),
        _refers(["fact_id"], ["fact.id"], "fk_evidence_fact_id"),
        _key("fact_id", "id"),
    )
    _index("evidence", "document_id")
    op.create_table(
        "model_call",
        _text("key"),
        _text("model"),
        _text("request_hash"),
        _text("response"),
        _text("document_id", nullable=True),
        _refers(["document_id"], ["document.id"], "fk_model_call_document_id"),
        _key("key"),
    )
    _index("model_call", "document_id")
    op.create_table(
        "anchor",
        _text("fact_id"),
        _text("evidence_id"),
        _text("entity_key"),
        _text("name"),
        _text("type"),
        _text("aliases"),
        _refers(
            ["fact_id", "evidence_id"],
            ["evidence.fact_id", "evidence.id"],
            "fk_anchor_fact_id_evidence_id",
        ),
        _key("fact_id", "evidence_id", "entity_key"),
    )
    _index("anchor", "entity_key")
    op.create_table(
        "mention",
        _text("id"),
        _text("document_id"),
        _text("chunk_id"),
        _integer("start"),
        _integer("end"),
        _text("text"),
        _text("entity_key"),
        _text("name"),
        _text("type"),
        _text("kind"),
        sa.Column("score", sa.Double(), nullable=False),
        _refers(["chunk_id"], ["chunk.id"], "fk_mention_chunk_id"),
        _refers(["document_id"], ["document.id"], "fk_mention_document_id"),
        _key("id"),
    )
    _index("mention", "chunk_id")
    _index("mention", "document_id")
    _index("mention", "entity_key")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _key(*columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns)


def _refers(
    columns: list[str], to: list[str], name: str, *, cascade: bool = True
) -> sa.ForeignKeyConstraint:
    rule = "CASCADE" if cascade else None
    return sa.ForeignKeyConstraint(columns, to, name=name, ondelete=rule)


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])
