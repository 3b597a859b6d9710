"""The tables of the ledger as typed models.

Raw records are keyed by content hashes and never edited while they live. `entity.shown_id`,
`fact.shown_id`, `fact.withheld` and `cluster` are derived from them and the live decisions: the
id under which a key or a fact is shown now, and whether a fact is shown at all. Everything
taken from the text of a document hangs on its row and goes with it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "AnchorRow",
    "Base",
    "CallOwnerRow",
    "ChangeRow",
    "ChunkRow",
    "ClusterRow",
    "DecisionLogRow",
    "DecisionRow",
    "DecisionSubjectRow",
    "DocumentRow",
    "EntityRow",
    "EvidenceRow",
    "FactRow",
    "MentionRow",
    "MetaRow",
    "ModelCallRow",
    "ParticipantRow",
    "RunRow",
]

_DOCUMENT = "document.id"
_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The declarative base; names of constraints are fixed, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RunRow(Base):
    """One setting of an extractor: name, version, parameters (JSON) and seed."""

    __tablename__ = "run"
    id: Mapped[str] = mapped_column(primary_key=True)
    extractor: Mapped[str]
    version: Mapped[str]
    parameters: Mapped[str]
    seed: Mapped[int]


class DocumentRow(Base):
    """A document and the run that read it; `metadata_` is JSON."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    media_type: Mapped[str]
    metadata_: Mapped[str] = mapped_column("metadata")
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"))


class ChunkRow(Base):
    """A chunk, without its text; `sentences` is a JSON list of [start, end]."""

    __tablename__ = "chunk"
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey(_DOCUMENT, ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    sentences: Mapped[str]


class MentionRow(Base):
    """A mention with the name and type that its document gives the entity."""

    __tablename__ = "mention"
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey(_DOCUMENT, ondelete="CASCADE"), index=True)
    chunk_id: Mapped[str] = mapped_column(ForeignKey("chunk.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    entity_key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    type: Mapped[str]
    kind: Mapped[str]
    score: Mapped[float] = mapped_column(Double)


class EntityRow(Base):
    """A live identity key (one with a mention or an anchor) and the entity it is shown as."""

    __tablename__ = "entity"
    key: Mapped[str] = mapped_column(primary_key=True)
    shown_id: Mapped[str] = mapped_column(index=True)


class FactRow(Base):
    """What a fact says, in identity keys; `literal` and `qualifiers` are JSON."""

    __tablename__ = "fact"
    id: Mapped[str] = mapped_column(primary_key=True)
    shown_id: Mapped[str] = mapped_column(index=True)
    head_key: Mapped[str] = mapped_column(index=True)
    relation: Mapped[str]
    tail_key: Mapped[str | None] = mapped_column(index=True)
    literal: Mapped[str | None]
    qualifiers: Mapped[str]
    polarity: Mapped[str]
    modality: Mapped[str]
    withheld: Mapped[bool]


class ParticipantRow(Base):
    """An entity that a fact names in a qualifier."""

    __tablename__ = "participant"
    fact_id: Mapped[str] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    entity_key: Mapped[str] = mapped_column(primary_key=True, index=True)


class EvidenceRow(Base):
    """A piece of evidence; `surface` (JSON) holds the source's own words for the fact."""

    __tablename__ = "evidence"
    fact_id: Mapped[str] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str | None] = mapped_column(
        ForeignKey(_DOCUMENT, ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    payload: Mapped[str]
    surface: Mapped[str]


class AnchorRow(Base):
    """Name, type and aliases (JSON) of an entity that evidence brings without a mention."""

    __tablename__ = "anchor"
    __table_args__ = (
        ForeignKeyConstraint(
            ["fact_id", "evidence_id"], ["evidence.fact_id", "evidence.id"], ondelete="CASCADE"
        ),
        Index(None, "entity_key"),
    )
    fact_id: Mapped[str] = mapped_column(primary_key=True)
    evidence_id: Mapped[str] = mapped_column(primary_key=True)
    entity_key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    aliases: Mapped[str]


class DecisionRow(Base):
    """A decision of this kind (`stores.ledger.decisions`) on the ids of `payload` (JSON)."""

    __tablename__ = "decision"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str]
    withdrawn: Mapped[bool]


class DecisionLogRow(Base):
    """A decision was made or withdrawn, by whom and when; both may be empty."""

    __tablename__ = "decision_log"
    __table_args__ = ({"sqlite_autoincrement": True},)
    seq: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"), index=True)
    withdrawn: Mapped[bool]
    who: Mapped[str]
    at: Mapped[str]


class DecisionSubjectRow(Base):
    """An id that a decision is about: of a key, a fact or a piece of evidence."""

    __tablename__ = "decision_subject"
    decision_id: Mapped[str] = mapped_column(
        ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True
    )
    subject_id: Mapped[str] = mapped_column(primary_key=True, index=True)


class ClusterRow(Base):
    """A key that live merges join to others, whether it is live or not, under their least key."""

    __tablename__ = "cluster"
    key: Mapped[str] = mapped_column(primary_key=True)
    root: Mapped[str] = mapped_column(index=True)


class ModelCallRow(Base):
    """A cached answer of a model."""

    __tablename__ = "model_call"
    key: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str]
    request_hash: Mapped[str]
    response: Mapped[str]


class CallOwnerRow(Base):
    """A document that a cached answer is about; it may not have been added yet."""

    __tablename__ = "call_owner"
    key: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(primary_key=True, index=True)


class ChangeRow(Base):
    """The record `id` of this kind came, went or changed."""

    __tablename__ = "change"
    __table_args__ = ({"sqlite_autoincrement": True},)
    seq: Mapped[int] = mapped_column(_SEQUENCE, primary_key=True)
    kind: Mapped[str]
    id: Mapped[str]


class MetaRow(Base):
    """A setting of the whole ledger, such as the encoder of its vectors."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
