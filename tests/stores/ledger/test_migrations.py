"""Migrations make the tables of the models, and newer schemas are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from kgkit.errors import StoreError
from stores.ledger import Ledger
from stores.ledger.tables import Base


def test_the_migrated_schema_is_that_of_the_models(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "a.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "a.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="install a newer kgkit"):
        Ledger.open(tmp_path / "a.db")
    with pytest.raises(StoreError, match="9999"):
        Ledger.open(tmp_path / "a.db", read_only=True)


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(StoreError):
        Ledger.open("mysql+nothing://host/db")
