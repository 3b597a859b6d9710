"""Migrations make the tables of the models, keep what is there, and newer schemas are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, make_url, text

from kgkit.errors import StoreError
from stores.ledger import Ledger, database
from stores.ledger.tables import Base
from tests.stores.ledger.places import new_schema

#: One record of a ledger of each earlier version, and what it exported then.
VERSIONS = sorted(Path(__file__).with_name("versions").glob("*.json"))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where there is no ledger yet."""
    if request.param == "sqlite":
        return str(tmp_path / "a.db")
    return new_schema(request.getfixturevalue("postgres"))


def exported(ledger: Ledger) -> list[str]:
    """Return the export without the kinds of records that were added to it later."""
    added = ("form", "rejected")
    return [line for line in ledger.export() if json.loads(line)["kind"] not in added]


def url_of(address: str) -> str:
    return address if "://" in address else f"sqlite:///{address}"


def write_version(address: str, path: Path) -> None:
    """Make the ledger that was kept in a file, in the schema it had."""
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).with_name("migrations")))
    engine = create_engine(url_of(address))
    tables = MetaData()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, path.stem)
        tables.reflect(connection)
        for name, rows in json.loads(path.read_text(encoding="utf-8")).items():
            connection.execute(tables.tables[name].insert(), rows)
        if engine.dialect.name == "postgresql":
            for name in {"change", "decision_log"} & set(tables.tables):
                place = f"pg_get_serial_sequence('{name}', 'seq')"
                last = f"SELECT setval({place}, max(seq)) FROM {name}"
                connection.execute(text(last))
    engine.dispose()


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_an_earlier_ledger_exports_what_it_did(address: str, path: Path) -> None:
    write_version(address, path)
    expected = path.with_suffix(".export.jsonl").read_text(encoding="utf-8").splitlines()
    with Ledger.open(address) as ledger:
        assert exported(ledger) == expected
        assert ledger.cached_call("k") == "about a text"
        assert ledger.get_meta("encoder") == "one"
        merges = ledger.decisions("merge")
        assert [entry.withdrawn for entry in ledger.decision_log()].count(True) == 1
        for merge in merges:
            assert ledger.withdraw(merge.id)
            assert ledger.merge(*merge.about) == merge.id
        assert exported(ledger) == expected
        decision = ledger.reject_fact(next(ledger.facts()).id)
        assert ledger.withdraw(decision)
        assert exported(ledger) == expected


def test_every_earlier_version_is_tried() -> None:
    versions = Path(database.__file__).with_name("migrations") / "versions"
    made = [path.stem[:4] for path in sorted(versions.glob("0*.py"))]
    assert [path.stem for path in VERSIONS] == made[:-1]
    assert made[-1] == database.SCHEMA


def test_an_earlier_ledger_is_not_changed_by_reading(tmp_path: Path) -> None:
    write_version(str(tmp_path / "a.db"), VERSIONS[0])
    with pytest.raises(StoreError, match="open it once for writing"):
        Ledger.open(tmp_path / "a.db", read_only=True)


def test_the_migrated_schema_is_that_of_the_models(address: str) -> None:
    Ledger.open(address).close()
    engine = create_engine(url_of(address))
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
    with pytest.raises(StoreError, match="'mysql'"):
        Ledger.open("mysql+pymysql://host/db")
    with pytest.raises(StoreError):
        Ledger.open("no address://")


def test_messages_leave_out_the_password(postgres: str) -> None:
    wrong = make_url(postgres).set(database="no_such_database", password="hush")
    with pytest.raises(StoreError, match="no_such_database") as raised:
        Ledger.open(wrong.render_as_string(hide_password=False))
    assert "hush" not in str(raised.value)
